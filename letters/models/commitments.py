"""What was promised: by us in a letter, or by them, and how it stands with everyone it concerns."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Publication
from crm.models import Organisation, Person

from .incoming import IncomingMessage
from .letters import Letter
from .recipients import Recipient


class Side(models.TextChoices):
    """Who promised."""

    OURS = "ours", _("we promised")
    THEIRS = "theirs", _("they promised")


class CommitmentState(models.TextChoices):
    """What became of a promise, for one of those it concerns. Whether it is late is computed."""

    OPEN = "open", _("open")
    KEPT = "kept", _("kept")
    PARTLY = "partly", _("kept in part")
    LAPSED = "lapsed", _("lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")


# There is still something to come.
PENDING = {CommitmentState.OPEN, CommitmentState.PARTLY}


class Commitment(models.Model):
    """One row per promise ("toezegging"): the sentence it was made in, where that stands, and what it waits for.

    One of ours in a letter is owed to nobody until that letter leaves; then to everybody it went to.

    Personal data: what somebody promised, in their words; kept as long as the letter or message it stands in.
    """

    side = models.CharField(max_length=6, choices=Side.choices)
    words = models.CharField(_("what was promised"), max_length=200)
    quote = models.TextField(_("in these words"))
    made_on = models.DateField(_("promised on"))
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments",
        help_text="The letter of ours in which it stands.",
    )  # fmt: skip
    message = models.ForeignKey(
        IncomingMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments",
        help_text="The message of theirs in which it stands.",
    )  # fmt: skip
    source = models.CharField(_("where it was said"), max_length=300, blank=True)
    due_on = models.DateField(_("before which day"), null=True, blank=True)
    publication = models.ForeignKey(
        Publication, verbose_name=_("which publication"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="commitments",
    )  # fmt: skip
    event = models.CharField(_("after what"), max_length=200, blank=True)
    event_on = models.DateField(_("when that was"), null=True, blank=True)
    minded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who sees to it"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="commitments_minded",
    )  # fmt: skip
    kept_by = models.ManyToManyField(
        Letter, blank=True, related_name="keeps", help_text="Letters with which it is kept, once they arrive."
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(letter__isnull=False) | Q(message__isnull=False) | ~Q(source=""),
                name="commitment_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class CommitmentParty(models.Model):
    """One row per organisation or person that a promise is owed to, or that owes it to us, with how it stands.

    Personal data: whom a promise concerns; kept as long as the promise.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="parties")
    recipient = models.ForeignKey(
        Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="commitment_parties",
        help_text="The thread in which it was made.",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="commitment_parties",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="commitment_parties",
    )  # fmt: skip
    state = models.CharField(
        _("how it stands"), max_length=9, choices=CommitmentState.choices, default=CommitmentState.OPEN
    )

    class Meta:
        verbose_name = _("party to a promise")
        verbose_name_plural = _("parties to a promise")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                name="commitment_party_is_someone",
            ),
            models.UniqueConstraint(
                fields=["commitment", "organisation"],
                condition=Q(person__isnull=True),
                name="organisation_once_a_commitment",
            ),
            models.UniqueConstraint(
                fields=["commitment", "person"],
                condition=Q(person__isnull=False),
                name="person_once_a_commitment",
            ),
        ]
        indexes = [models.Index(fields=["state", "commitment"], name="commitment_parties_by_state")]

    def __str__(self) -> str:
        return str(self.holder)

    @property
    def holder(self) -> Organisation | Person:
        """Whom it concerns."""
        found = self.person or self.organisation
        assert found is not None
        return found


class CommitmentChange(models.Model):
    """One row per change of how a promise stands with somebody, with what shows it; never altered afterwards."""

    party = models.ForeignKey(CommitmentParty, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=9, choices=CommitmentState.choices)
    source = models.CharField(_("what shows it"), max_length=300, blank=True)
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The letter with which we kept it.",
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of a promise")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(letter__isnull=False) | ~Q(source=""), name="commitment_change_has_a_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.state}"
