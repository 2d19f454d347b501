"""What passed between us outside letters: calls, meetings, notes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisations import Organisation
from .people import Person


class InteractionKind(models.TextChoices):
    """What sort of contact it was."""

    CALL = "call", _("phone call")
    MEETING = "meeting", _("meeting")
    EMAIL = "email", _("e-mail")
    ENCOUNTER = "encounter", _("encounter")
    NOTE = "note", _("note")


class Interaction(models.Model):
    """One row per contact that was written down. Personal data: what was said; kept as long as the organisation."""

    kind = models.CharField(_("kind"), max_length=10, choices=InteractionKind.choices)
    happened_at = models.DateTimeField(_("when"), default=timezone.now)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="interactions",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="interactions",
    )  # fmt: skip
    summary = models.CharField(_("in one sentence"), max_length=200)
    body = models.TextField(
        _("more"),
        blank=True,
        help_text=_("Anyone you write about may ask to read this. Write what you would say."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("contact moment")
        verbose_name_plural = _("contact moments")
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | models.Q(person__isnull=False),
                name="interaction_is_with_someone",
            )
        ]

    def __str__(self) -> str:
        return self.summary
