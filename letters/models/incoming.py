"""What came in: every message once, where it was found, and to which letters it belongs."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.models import FrozenFile
from letters.inbound.personal import PERSONAL

from .recipients import Recipient


class IncomingState(models.TextChoices):
    """Where a message is on its way to the right letter. Process only: what it says stands elsewhere."""

    STORED = "stored", _("just in")
    PARKED = "parked", _("not placed")
    PLACED = "placed", _("placed")
    SET_ASIDE = "set_aside", _("set aside")


class IncomingKind(models.TextChoices):
    """What a message is, as ``letters.inbound.kinds`` recognises it; a person may say otherwise."""

    ANSWER = "answer", _("answer")
    ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")
    AUTO_REPLY = "auto_reply", _("automatic reply")
    INVITATION = "invitation", _("invitation")
    BOUNCE = "bounce", _("did not arrive")
    DELAY = "delay", _("arrives later")
    RECEIPT = "receipt", _("arrived")
    SPAM = "spam", _("spam")
    OWN = "own", _("written by us")


_OF_MACHINES_AND_US = {
    IncomingKind.AUTO_REPLY,
    IncomingKind.BOUNCE,
    IncomingKind.DELAY,
    IncomingKind.RECEIPT,
    IncomingKind.SPAM,
    IncomingKind.OWN,
}

# The problem of a message of which only the beginning was taken in.
CUT_OFF = "cut_off"

S = IncomingState

TRANSITIONS: dict[IncomingState, set[IncomingState]] = {
    S.STORED: {S.PARKED, S.PLACED, S.SET_ASIDE},
    S.PARKED: {S.PLACED, S.SET_ASIDE},
    S.PLACED: {S.PARKED, S.PLACED, S.SET_ASIDE},
    S.SET_ASIDE: {S.PARKED, S.PLACED},
}


class IncomingMessage(models.Model):
    """One row per distinct message; its bytes are kept as they came.

    Personal data: who wrote to us, and what. Kept as long as the letter it answers; what is set aside goes sooner.
    """

    raw = models.OneToOneField(FrozenFile, on_delete=models.PROTECT, related_name="incoming")
    state = models.CharField(
        _("state"), max_length=10, choices=IncomingState.choices, default=IncomingState.STORED
    )
    kind = models.CharField(_("kind"), max_length=16, choices=IncomingKind.choices, blank=True, default="")
    # Codes with parameters, for ``letters.inbound.wording``.
    kind_reasons = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)

    message_id = models.CharField(max_length=250, blank=True, db_index=True)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_address = models.CharField(max_length=320, blank=True, db_index=True)
    subject = models.CharField(max_length=300, blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    search_text = models.TextField(
        blank=True, default="", help_text="What they wrote, as letters.inbound.findable makes it."
    )
    has_attachments = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    recipients: models.ManyToManyField[Recipient, IncomingPlace] = models.ManyToManyField(
        Recipient, through="IncomingPlace", related_name="incoming"
    )

    class Meta:
        verbose_name = _("incoming message")
        verbose_name_plural = _("incoming messages")
        default_permissions = ("view", "change")
        ordering = ["-arrived_at", "-pk"]
        indexes = [models.Index(fields=["state", "-arrived_at", "-id"], name="incoming_by_state")]

    def __str__(self) -> str:
        return self.subject or str(_("(no subject)"))

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("letters:incoming_message", args=[self.pk])

    @property
    def moment(self) -> datetime.datetime:
        """When it was written; a clock that runs ahead of ours counts as the moment it came in."""
        return min(self.sent_at or self.arrived_at, self.arrived_at)

    @property
    def is_personal(self) -> bool:
        """Whether it is, or returns, mail to one of us: what that says is for nobody else."""
        return PERSONAL in self.problems

    @property
    def may_be_answer(self) -> bool:
        """Whether a person may say that it is an answer after all: what a program or we seem to have written."""
        return self.kind != IncomingKind.BOUNCE

    @property
    def says_something(self) -> bool:
        """Whether somebody of theirs speaks in it: not in what a mail server says, or we."""
        return self.kind not in _OF_MACHINES_AND_US

    @property
    def sender(self) -> str:
        """Who wrote it, as a person would say it."""
        return self.sender_name or self.sender_address


class IncomingPlace(models.Model):
    """One row per message and recipient of a letter to whom it belongs, and how we know."""

    message = models.ForeignKey(IncomingMessage, on_delete=models.CASCADE, related_name="places")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="places")
    reasons = models.JSONField(default=list, blank=True)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    placed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("place of a message")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "recipient"], name="message_once_a_recipient")
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.recipient}"


class IncomingGuess(models.Model):
    """One row per recipient to whom a message may belong, for a person to decide; the best has rank 1."""

    message = models.ForeignKey(IncomingMessage, on_delete=models.CASCADE, related_name="guesses")
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    is_likely = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("guess")
        default_permissions = ()
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["message", "recipient"], name="guess_once_a_recipient")
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.recipient}?"


class Sighting(models.Model):
    """One row per place where a message was found, so that the same one is never taken in twice.

    ``source`` is a mailbox and folder ("imap:INBOX"), "upload", "webhook" or "local"; ``uid`` its number there.
    """

    message = models.ForeignKey(IncomingMessage, on_delete=models.CASCADE, related_name="sightings")
    source = models.CharField(max_length=120)
    uidvalidity = models.PositiveBigIntegerField(default=0)
    uid = models.CharField(max_length=200)
    seen_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("sighting of a message")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "uidvalidity", "uid"], name="sighting_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.uid}"
