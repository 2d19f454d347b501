"""Periodic work as it ran: who does it now, and how the last time ended."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodicRun(models.Model):
    """One row per piece of periodic work, so that several machines do not do it twice. Holds no personal data."""

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(
        blank=True, help_text="The error that ended the last run; empty when it went well."
    )

    class Meta:
        verbose_name = _("periodic work")
        verbose_name_plural = _("periodic work")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name
