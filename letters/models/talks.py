"""Calls and talks about a letter: a contact moment that belongs to a thread."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models import Interaction

from .recipients import Recipient


class Talk(models.Model):
    """One row per contact moment that was about a letter to one recipient.

    Holds no personal data itself: what was said stands with the contact moment, and goes when that goes.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="talks")
    interaction = models.OneToOneField(Interaction, on_delete=models.CASCADE, related_name="talk")
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("talk about a letter")
        verbose_name_plural = _("talks about letters")
        default_permissions = ()
        ordering = ["interaction__happened_at", "pk"]

    def __str__(self) -> str:
        return str(self.interaction)

    @property
    def with_whom(self) -> str:
        """Whom we spoke, as a person would say it."""
        return str(self.interaction.person or self.recipient.name)
