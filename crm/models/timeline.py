"""What happened, as code and parameters: the audit trail and the timeline of every record."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.registries import timeline


class TimelineEntryQuerySet(models.QuerySet["TimelineEntry"]):
    """Questions to the timeline."""

    def about(self, subject: models.Model) -> TimelineEntryQuerySet:
        """The entries about one record, newest first."""
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
        ).order_by("-happened_at", "-pk")


class TimelineEntry(models.Model):
    """One row per event and record it concerns; rows of one event share ``event``.

    Holds the names that stand in ``parameters``; they go when the record they are about is erased.
    """

    event = models.UUIDField(default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=80)
    parameters = models.JSONField(default=dict)
    happened_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")

    objects = TimelineEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline entries")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "-happened_at", "-id"], name="timeline_of_subject"
            ),
            models.Index(fields=["-happened_at", "-id"], name="timeline_newest"),
        ]

    def __str__(self) -> str:
        return timeline.sentence(self.code, self.parameters, by=str(self.by) if self.by else "")

    @classmethod
    def row(cls, *, subject: models.Model, **values: Any) -> TimelineEntry:
        """An unsaved entry about a record."""
        return cls(
            subject_type=ContentType.objects.get_for_model(subject, for_concrete_model=True),
            subject_id=subject.pk,
            **values,
        )
