"""Publications of ours: planned, or there as a file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models import FrozenFile


class Publication(models.Model):
    """One row per report or other publication; without a file it is still to come."""

    title = models.CharField(_("title"), max_length=200)
    planned_on = models.DateField(_("expected on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    file = models.ForeignKey(
        FrozenFile, verbose_name=_("file"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        # What is still to come stands first, in every database.
        ordering = [models.F("published_on").desc(nulls_first=True), "title"]

    def __str__(self) -> str:
        return self.title
