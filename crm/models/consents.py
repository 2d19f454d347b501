"""The consent ledger: who said yes or no to what, when, in answer to which words, and how we can prove it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .contact_points import Channel
from .people import Person


class WritingPurpose(models.TextChoices):
    """What we would write for."""

    LETTER = "letter", _("letter, reviewed one by one")
    NEWSLETTER = "newsletter", _("newsletter")
    INVITATION = "invitation", _("invitation")


class Decision(models.TextChoices):
    """What was said."""

    GRANTED = "granted", _("yes")
    WITHDRAWN = "withdrawn", _("no longer")
    OBJECTED = "objected", _("do not write")


class ConsentEntry(models.Model):
    """One row per decision; append-only, the newest per person, purpose and channel counts; a no wins everywhere.

    Personal data: e-mail address and proof. Kept while consent runs, and five years after as evidence.
    """

    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="consents",
    )
    address = models.CharField(_("address"), max_length=320, blank=True, db_index=True)
    purpose = models.CharField(_("purpose"), max_length=12, choices=WritingPurpose.choices)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices)
    wording = models.CharField(_("words it was asked in"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)
    proof = models.TextField(_("proof"), blank=True)
    decided_at = models.DateTimeField(_("when"), default=timezone.now)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-decided_at", "-pk"]
        default_permissions = ("add", "view")

    def __str__(self) -> str:
        return f"{self.person or self.address}: {self.get_decision_display()}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError("The consent ledger is append-only: write a new entry.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
