"""What somebody of us will do: the action list."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def end_of_week(day: datetime.date) -> datetime.date:
    """The Sunday of the week that a day is in."""
    return day + datetime.timedelta(days=6 - day.weekday())


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Questions to the action list."""

    def open(self) -> FollowUpQuerySet:
        """What is still to be done."""
        return self.filter(done_at=None, dropped_at=None)

    def ended(self) -> FollowUpQuerySet:
        """What was done, and what need not be; the last one first."""
        ended = self.filter(Q(done_at__isnull=False) | Q(dropped_at__isnull=False))
        return ended.order_by(Coalesce("done_at", "dropped_at").desc(), "-pk")

    def about(self, record: models.Model) -> FollowUpQuerySet:
        """What is about one record."""
        return self.filter(subject_type=ContentType.objects.get_for_model(record), subject_id=record.pk)

    def overdue(self, on: datetime.date) -> FollowUpQuerySet:
        """What should have been done before a day."""
        return self.open().filter(due_on__lt=on)

    def due_by(self, day: datetime.date) -> FollowUpQuerySet:
        """What is to be done on that day at the latest, the overdue included."""
        return self.open().filter(due_on__lte=day)

    def by_day(self) -> FollowUpQuerySet:
        """What is due first stands first; what has no day comes last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


class FollowUp(models.Model):
    """One row per thing that somebody will do. Without an owner it is of us all; without a day it has no hurry.

    ``subject`` is a record of any room that ``crm.registries.subjects`` knows, or none. Overdue is computed.
    Personal data: who does what, and what is said in ``words`` about others; kept as long as what it is about.
    """

    words = models.CharField(_("what has to be done"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who does it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="follow_ups",
    )
    due_on = models.DateField(_("by which day"), null=True, blank=True)
    subject_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.CASCADE, related_name="+", editable=False
    )
    subject_id = models.BigIntegerField(null=True, blank=True, editable=False)
    subject = GenericForeignKey("subject_type", "subject_id")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    dropped_because = models.CharField(_("why it is not needed"), max_length=300, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        default_permissions = ("add", "change", "view")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                name="follow_up_of_owner",
                condition=Q(done_at=None, dropped_at=None),
            ),
            models.Index(fields=["subject_type", "subject_id"], name="follow_up_of_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None), name="follow_up_done_or_dropped"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_because="")
                | (Q(dropped_at__isnull=False) & ~Q(dropped_because="")),
                name="follow_up_dropped_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(subject_type=None, subject_id=None)
                | Q(subject_type__isnull=False, subject_id__isnull=False),
                name="follow_up_subject_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and self.dropped_at is None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done before today."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def is_due_this_week(self) -> bool:
        """Whether it is to be done this week, from today on."""
        today = timezone.localdate()
        return self.is_open and self.due_on is not None and today <= self.due_on <= end_of_week(today)
