"""The outbox: one row per message, the truth about what left and what did not."""

from __future__ import annotations

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .frozen_files import FrozenFile


def new_reply_token() -> str:
    """Twelve lower-case characters that survive mail servers which fold case."""
    return secrets.token_hex(6)


class OutgoingState(models.TextChoices):
    """Where a message is. Process only: what the recipient did with it is stored with the letter."""

    FROZEN = "frozen", _("held")
    QUEUED = "queued", _("waiting")
    CLAIMED = "claimed", _("about to leave")
    IN_TRANSFER = "in_transfer", _("leaving")
    ACCEPTED = "accepted", _("sent")
    REFUSED = "refused", _("refused")
    UNCERTAIN = "uncertain", _("uncertain")
    DROPPED = "dropped", _("not sent")
    DELIVERED = "delivered", _("delivered")
    BOUNCED = "bounced", _("came back")


class StoppageProblem(models.TextChoices):
    """Why no message at all can leave."""

    UNREACHABLE = "unreachable", _("the mail server does not answer")
    CREDENTIALS = "credentials", _("the mail server does not accept our name and password")
    INSECURE = "insecure", _("the connection to the mail server is not safe")


S = OutgoingState

OPEN = {S.FROZEN, S.QUEUED, S.CLAIMED, S.IN_TRANSFER}
SENT = {S.ACCEPTED, S.DELIVERED, S.BOUNCED}
NEEDS_PERSON = {S.REFUSED, S.UNCERTAIN, S.BOUNCED}

# A row goes only along these lines; the database is asked to change "from" into "to" in one statement.
TRANSITIONS: dict[OutgoingState, set[OutgoingState]] = {
    S.FROZEN: {S.QUEUED, S.DROPPED},
    S.QUEUED: {S.CLAIMED, S.FROZEN, S.DROPPED},
    S.CLAIMED: {S.IN_TRANSFER, S.QUEUED, S.FROZEN, S.REFUSED},
    S.IN_TRANSFER: {S.ACCEPTED, S.QUEUED, S.REFUSED, S.UNCERTAIN},
    S.UNCERTAIN: {S.ACCEPTED, S.QUEUED, S.DROPPED, S.BOUNCED},
    S.ACCEPTED: {S.DELIVERED, S.BOUNCED},
    S.DELIVERED: {S.BOUNCED},
    S.REFUSED: {S.QUEUED, S.DROPPED},
    S.BOUNCED: set(),
    S.DROPPED: set(),
}


class OutgoingMessage(models.Model):
    """One row per message and recipient, unique on ``key``: the same letter to the same address exists once.

    Personal data: the address. Kept as long as the letter it belongs to, as proof of dispatch.
    """

    key = models.CharField(
        max_length=200, unique=True, help_text="Whose message this is, such as letter:12:email:9"
    )
    batch = models.CharField(max_length=100, db_index=True, help_text="What is paused and counted together.")
    state = models.CharField(max_length=12, choices=OutgoingState.choices, default=OutgoingState.FROZEN)

    envelope_from = models.CharField(max_length=320)
    envelope_to = models.CharField(max_length=320)
    message_id = models.CharField(max_length=255, unique=True)
    reply_token = models.CharField(max_length=24, unique=True, default=new_reply_token)
    raw = models.ForeignKey(FrozenFile, on_delete=models.PROTECT, related_name="+")
    to_archive = models.BooleanField(
        default=False,
        help_text="What we write to others: the archive gets a copy. Other mail is for one of us and holds links for "
        "her alone, so nobody else gets it.",
    )

    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # Rises with every claim: a worker that lost its lease can no longer change the row.
    fence = models.PositiveIntegerField(default=0)
    smtp_code = models.PositiveSmallIntegerField(null=True, blank=True)
    smtp_reply = models.TextField(blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        default_permissions = ("view",)
        permissions = [("send_outgoingmessage", _("Can send and hold mail, and settle what is uncertain"))]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], name="outgoing_due", condition=Q(state="queued")),
            models.Index(fields=["state", "lease_until"], name="outgoing_by_state"),
            models.Index(fields=["batch", "state"], name="outgoing_of_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.envelope_to}: {self.get_state_display()}"


class MailStoppage(models.Model):
    """One row while no mail can leave through a door; gone once a connection succeeds. Holds no personal data."""

    door = models.CharField(max_length=20, unique=True, default="smtp")
    problem = models.CharField(max_length=12, choices=StoppageProblem.choices)
    detail = models.TextField(blank=True, help_text="What the server or the network said.")
    since = models.DateTimeField()
    retry_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("mail stoppage")
        verbose_name_plural = _("mail stoppages")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.get_problem_display()


def new_message_id(domain: str) -> str:
    """A Message-ID that nobody else gives."""
    return f"<{uuid.uuid4().hex}@{domain}>"
