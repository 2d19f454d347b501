"""Campaigns: what we want to reach together, in a period."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.models import Level, Theme


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Questions to the campaigns."""

    def not_over_on(self, day: datetime.date) -> CampaignQuerySet:
        """Those that run on a day, or are still to begin."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


class Campaign(models.Model):
    """One row per campaign; what we ask for in it stands in ``Ask``. Holds no personal data."""

    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("what it is for"), blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("up to and including"), null=True, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, blank=True, default="")
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="campaigns")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = [F("from_on").desc(nulls_first=True), "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="one_campaign_of_a_name",
                violation_error_message=_(
                    "There is a campaign with this name already. Give this one another name."
                ),
            ),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="campaign_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its table of positions in the back office."""
        return reverse("campaigns:matrix", args=[self.pk])
