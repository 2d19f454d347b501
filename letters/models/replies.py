"""What we wrote back within a thread: the letter to one recipient and all that followed it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models import FrozenFile, OutgoingMessage

from .answers import Answer
from .recipients import Recipient


class Reply(models.Model):
    """One row per message that we wrote back within a thread; a draft as long as it has no outgoing message.

    Personal data: the address, and what was written; kept as long as the letter.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="replies")
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    to_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(_("e-mail address"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    outgoing = models.OneToOneField(
        OutgoingMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="reply"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    handed_over_at = models.DateTimeField(null=True, blank=True)
    expects_answer = models.BooleanField(_("we wait for their answer after this"), default=True)
    is_reminder = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(outgoing=None), name="one_draft_reply_a_thread"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class ReplyFile(models.Model):
    """One row per file that goes along with a reply."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(FrozenFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("file with a reply")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
