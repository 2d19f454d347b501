"""Saved segments: a filter with a name, looked up anew each time it is used."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SegmentSubject(models.TextChoices):
    """What the segment selects."""

    ORGANISATIONS = "organisations", _("organisations")
    PEOPLE = "people", _("people")


class AddressState(models.TextChoices):
    """What is to be mended about how we reach somebody; see ``crm.queries.contact_points``."""

    MISSING = "missing", _("without an address")
    STALE = "stale", _("not checked for long")


class Segment(models.Model):
    """One row per saved filter. ``criteria`` is a mapping from criterion to value, see crm/queries/segments.py."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    subject = models.CharField(
        max_length=15, choices=SegmentSubject.choices, default=SegmentSubject.ORGANISATIONS
    )
    criteria = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_segment_of_a_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page in the back office."""
        return reverse("crm:segment", args=[self.pk])
