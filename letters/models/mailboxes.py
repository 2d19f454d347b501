"""How far each folder of the mailbox has been read, and what stands in the way."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

# The source of what was sent from a mail program; that of any other folder is "imap:" with its name.
SENT = "imap-sent"


class MailboxProblem(models.TextChoices):
    """Why the mailbox cannot be read."""

    UNREACHABLE = "unreachable", _("the mail server does not answer")
    NAME_UNKNOWN = "name_unknown", _("nobody knows a mail server of this name")
    CREDENTIALS = "credentials", _("the mail server does not accept our name and password")
    INSECURE = "insecure", _("the connection to the mail server is not safe")
    CERTIFICATE = "certificate", _("the certificate of the mail server is not right")
    FOLDER_GONE = "folder_gone", _("the folder is not there")
    CANNOT_MOVE = "cannot_move", _("what was read cannot be moved")


# These are about one folder; the others are about the connection, and so about all of them.
OF_A_FOLDER = {MailboxProblem.FOLDER_GONE, MailboxProblem.CANNOT_MOVE}


class MailboxFolder(models.Model):
    """One row per folder that is read. UIDs up to ``last_uid`` are in; they mean nothing once ``uidvalidity`` changes.

    Holds no personal data. ``problem`` is empty while reading goes well; else ``retry_at`` says when it is tried again.
    """

    source = models.CharField(max_length=120, unique=True)
    folder = models.CharField(max_length=200)
    uidvalidity = models.PositiveBigIntegerField(default=0)
    last_uid = models.PositiveBigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=12, choices=MailboxProblem.choices, blank=True, default="")
    detail = models.TextField(blank=True, help_text="What the server or the network said.")
    since = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    moving_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when somebody who reads this folder is moving what was read."
    )

    class Meta:
        verbose_name = _("mailbox folder")
        default_permissions = ()

    def __str__(self) -> str:
        return self.folder
