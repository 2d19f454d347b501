"""Mailings: an issue of the newsletter to its readers, fixed as it was approved, and how far its sending is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .subscribers import NewsletterGroup


class MailingState(models.TextChoices):
    """Where a mailing is."""

    DRAFT = "draft", _("is being written")
    ASKED = "asked", _("waits for approval")
    APPROVED = "approved", _("approved")
    SENDING = "sending", _("is being sent")
    SCHEDULED = "scheduled", _("is sent later")
    SENT = "sent", _("sent")
    STOPPED = "stopped", _("stopped, look at it")


S = MailingState
# From where to where; a newsletter that changes is put before the committee anew.
TRANSITIONS = {
    S.DRAFT: {S.ASKED},
    S.ASKED: {S.ASKED, S.APPROVED, S.DRAFT},
    S.APPROVED: {S.ASKED, S.SENDING, S.DRAFT},
    S.SENDING: {S.SCHEDULED, S.SENT, S.STOPPED},
    S.SCHEDULED: {S.SENT, S.STOPPED, S.APPROVED},
    S.STOPPED: {S.SENDING, S.APPROVED, S.SENT},
    S.SENT: set(),
}
# Nothing of it can change any more.
LEAVING = {S.SENDING, S.SCHEDULED, S.SENT, S.STOPPED}


class Problem(models.TextChoices):
    """Why a mailing stopped; nothing was sent unless it says so."""

    NOT_CONNECTED = "not_connected", _("There is no connection with Mailchimp. Look at its settings.")
    BAD_KEY = "bad_key", _("Mailchimp does not accept the key. Look at its settings.")
    NO_AUDIENCE = "no_audience", _("The list of readers is not at Mailchimp any more. Look at its settings.")
    NO_GROUP = (
        "no_group",
        _("This group of readers is not at Mailchimp yet. Bring the readers up to date first."),
    )
    REFUSED = "refused", _("Mailchimp refused the newsletter.")
    NOT_READY = "not_ready", _("Mailchimp says that something is missing.")
    DIFFERS = "differs", _("What stands at Mailchimp is not what was approved, so it was not sent.")
    UNCLEAR = (
        "unclear",
        _("Mailchimp did not answer, and it is not clear whether it was sent. Nothing is sent twice."),
    )
    CANCELLED = "cancelled", _("It was stopped at Mailchimp.")
    NO_READERS = "no_readers", _("There is nobody to send it to.")


class Mailing(models.Model):
    """One row per issue and audience: there is never a second. ``content_hash`` is that of what was approved, which
    the texts here are; ``remote_title`` finds it at the mail service, whatever went wrong on the way.

    Personal data: none of readers; who approved and sent stands on the timeline.
    """

    page = models.ForeignKey("campaigns.NewsletterPage", on_delete=models.PROTECT, related_name="mailings")
    group = models.ForeignKey(
        NewsletterGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="mailings"
    )
    state = models.CharField(max_length=10, choices=MailingState.choices, default=MailingState.DRAFT)
    subject = models.CharField(max_length=150)
    preheader = models.CharField(max_length=150, blank=True)
    sender_name = models.CharField(max_length=100)
    reply_to = models.EmailField()
    html = models.TextField()
    text = models.TextField()
    content_hash = models.CharField(max_length=64)
    # What goes on the site once it is let go.
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    backend = models.CharField(max_length=10, blank=True)
    remote_title = models.CharField(max_length=100, unique=True)
    remote_id = models.CharField(max_length=50, blank=True)
    # What stands at the mail service was read back and is this.
    uploaded_hash = models.CharField(max_length=64, blank=True)
    recipients = models.PositiveIntegerField(null=True, blank=True)
    scheduled_for = models.DateTimeField(null=True, blank=True)
    # Until then one worker is at it.
    taken_until = models.DateTimeField(null=True, blank=True)
    # From here on it may have left, whatever we heard.
    let_go_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    problem = models.CharField(max_length=15, choices=Problem.choices, blank=True)
    problem_details = models.TextField(blank=True)
    problem_since = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        default_permissions = ("view",)
        permissions = [
            ("write_mailing", _("Can put a newsletter before the committee")),
            ("approve_mailing", _("Can approve a newsletter")),
            ("send_mailing", _("Can send an approved newsletter")),
        ]
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["page", "group"], name="one_mailing_per_issue_and_group"),
            models.UniqueConstraint(
                fields=["page"], condition=Q(group=None), name="one_mailing_per_issue_to_all"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class TrialMail(models.Model):
    """One row per time that a newsletter was sent to a few to look at. Personal data: their addresses, for a year."""

    page = models.ForeignKey("campaigns.NewsletterPage", on_delete=models.CASCADE, related_name="trials")
    content_hash = models.CharField(max_length=64)
    addresses = models.TextField()
    # What is sent, until it was: the fields of a mailing by their names.
    content = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=15, choices=Problem.choices, blank=True)
    problem_details = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("trial mail")
        default_permissions = ()
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.addresses
