"""To whom a letter goes: a dated snapshot, one row per recipient, gaps included."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models import Channel, ContactPoint, Organisation, Person

from .letters import Letter


class Recipient(models.Model):
    """One row per recipient of a letter. Without a contact point it is a gap, and stays visible as one.

    Personal data: whom a letter was for; kept as long as the letter.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="recipients")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="letters_received",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="letters_received",
    )  # fmt: skip
    name = models.CharField(max_length=200, help_text="The name it had on the day of the snapshot.")
    contact_point = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    channel = models.CharField(_("by"), max_length=5, choices=Channel.choices, blank=True, default="")
    salutation = models.CharField(
        _("salutation"),
        max_length=150,
        blank=True,
        help_text=_("Only if it should differ from what the rules make of it."),
    )
    own_paragraph = models.TextField(_("a paragraph for this recipient alone"), blank=True)
    given_up_because = models.TextField(
        blank=True,
        help_text="Why it is left at that when the letter did not arrive; empty while somebody may act.",
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody said that nothing more is to come of it."
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    frozen_words = models.JSONField(
        default=dict,
        blank=True,
        help_text="How the letter speaks to it and of it, from the moment it is made ready; empty before.",
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        default_permissions = ()
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False), name="recipient_is_someone"
            ),
            models.UniqueConstraint(
                fields=["letter", "organisation"],
                condition=Q(person__isnull=True),
                name="organisation_once_a_letter",
            ),
            models.UniqueConstraint(
                fields=["letter", "person"], condition=Q(person__isnull=False), name="person_once_a_letter"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def holder(self) -> Organisation | Person:
        """Whom it is: the person, else the organisation."""
        found = self.person or self.organisation
        assert found is not None
        return found
