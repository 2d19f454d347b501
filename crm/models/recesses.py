"""Recesses: weeks in which nobody can be expected to answer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Recess(models.Model):
    """One row per recess, its first and its last day included. Holds no personal data."""

    name = models.CharField(_("name"), max_length=100, help_text=_("For example: summer recess 2026."))
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("recess")
        verbose_name_plural = _("recesses")
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="recess_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.name
