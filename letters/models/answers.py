"""What they answered to a letter, as somebody of us read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .incoming import IncomingPlace
from .papers import Paper
from .recipients import Recipient
from .talks import Talk

# Where an answer came from: exactly one of these is there.
SOURCES = ("place", "talk", "paper")
# What an answer can amount to, by the field that says so; several may hold at once.
MEANINGS = {
    "is_real": _("Real answer"),
    "acknowledges": _("Only an acknowledgement"),
    "asks": _("They ask us something"),
    "invites": _("Invites us to talk"),
    "declines": _("Declines"),
    "refers": _("Referred to somebody else"),
}
# Those after which it is our turn.
OURS = ("asks", "invites", "refers")
# Those that settle what we wrote about, when nothing is asked of us.
SETTLING = ("is_real", "declines")


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Questions to the answers."""

    def waiting(self) -> AnswerQuerySet:
        """Those after which it is our turn: nobody read them yet, or they want something and nothing was done."""
        wants = Q(judged_at=None)
        for name in OURS:
            wants |= Q(**{name: True})
        return self.filter(wants, settled_at=None)

    def with_source(self) -> AnswerQuerySet:
        """With what tells where each came from, and from whom."""
        return self.select_related("place__message", "talk__interaction__person", "paper", "recipient")


class Answer(models.Model):
    """One row per thing that a recipient of a letter answered. What it amounts to is an outcome and says nothing about
    whose turn it is: that is computed, in ``letters.queries.turns``. It came in a message (``place``), in a ``talk`` or
    on ``paper``.

    Personal data: what somebody answered, by reference to where it stands; kept as long as the letter.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="answers")
    place = models.OneToOneField(
        IncomingPlace, null=True, blank=True, on_delete=models.CASCADE, related_name="answer"
    )
    talk = models.OneToOneField(Talk, null=True, blank=True, on_delete=models.CASCADE, related_name="answer")
    paper = models.OneToOneField(
        Paper, null=True, blank=True, on_delete=models.CASCADE, related_name="answer"
    )
    came_at = models.DateTimeField()
    is_real = models.BooleanField(MEANINGS["is_real"], default=False)
    acknowledges = models.BooleanField(MEANINGS["acknowledges"], default=False)
    asks = models.BooleanField(MEANINGS["asks"], default=False)
    invites = models.BooleanField(MEANINGS["invites"], default=False)
    declines = models.BooleanField(MEANINGS["declines"], default=False)
    refers = models.BooleanField(MEANINGS["refers"], default=False)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="answers_taken_up",
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        default_permissions = ()
        ordering = ["came_at", "pk"]
        indexes = [
            models.Index(fields=["recipient", "came_at"], name="answer_of_recipient"),
            models.Index(fields=["came_at"], name="answer_to_settle", condition=Q(settled_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=False, talk=None, paper=None)
                | Q(place=None, talk__isnull=False, paper=None)
                | Q(place=None, talk=None, paper__isnull=False),
                name="answer_has_one_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.came_at:%Y-%m-%d}"

    @property
    def sender(self) -> str:
        """Who answered, as a person would say it."""
        if self.place is not None:
            return self.place.message.sender
        return self.talk.with_whom if self.talk is not None else self.recipient.name

    @property
    def meanings(self) -> list[str]:
        """What it amounts to, by the names in ``MEANINGS``."""
        return [name for name in MEANINGS if getattr(self, name)]

    @property
    def is_waiting(self) -> bool:
        """Whether it is our turn because of this answer."""
        return self.settled_at is None and (
            self.judged_at is None or any(getattr(self, name) for name in OURS)
        )
