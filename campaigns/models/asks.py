"""Asks: what we ask of the parties, each with a sentence that they can take over."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .campaigns import Campaign


class Ask(models.Model):
    """One row per thing that a campaign asks for. ``proposed_text`` can be pasted into a programme as it is.

    Holds no personal data.
    """

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.PROTECT, related_name="asks"
    )
    title = models.CharField(_("ask"), max_length=120)
    why = models.TextField(_("why"), blank=True)
    proposed_text = models.TextField(_("sentence to take over"), blank=True)
    number = models.PositiveSmallIntegerField(_("place in the row"), editable=False)

    class Meta:
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        ordering = ["campaign_id", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                "campaign",
                Lower("title"),
                name="ask_once_a_campaign",
                violation_error_message=_(
                    "This campaign asks that already. Change the ask that stands there."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it stands among the asks of its campaign."""
        return f"{reverse('campaigns:asks', args=[self.campaign_id])}#vraag-{self.pk}"
