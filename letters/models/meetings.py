"""Talks that are planned: with whom, who of us goes, where and when."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.models import Interaction, Organisation, Person

from .recipients import Recipient


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions to the planned talks."""

    def standing(self) -> MeetingQuerySet:
        """Those that go on as planned."""
        return self.filter(called_off_at=None)

    def coming(self) -> MeetingQuerySet:
        """Those still to come and of today, the first one on top."""
        return (
            self.standing().filter(ends_at__gte=timezone.now(), interaction=None).order_by("starts_at", "pk")
        )

    def without_report(self) -> MeetingQuerySet:
        """Those that are over and of which nobody wrote down how it was; the longest ago on top."""
        return (
            self.standing().filter(ends_at__lt=timezone.now(), interaction=None).order_by("starts_at", "pk")
        )


class Meeting(models.Model):
    """One row per talk that was planned ("gesprek"), with an organisation, a person of it, or both.

    ``interaction`` is how it was, once somebody wrote that down. ``revision`` counts the changes, so that a calendar
    knows which file is the newest.

    Personal data: whom we meet, where, and who of us goes; kept as long as the organisation or the person.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="meetings",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="meetings",
    )  # fmt: skip
    recipient = models.ForeignKey(
        Recipient, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings",
        help_text="The thread that it came from.", editable=False,
    )  # fmt: skip
    starts_at = models.DateTimeField(_("when"))
    ends_at = models.DateTimeField(_("until"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    about = models.CharField(_("what about"), max_length=200)
    goers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("who of us goes"), blank=True, related_name="meetings"
    )
    questions = models.TextField(_("what we want to ask"), blank=True)
    interaction = models.OneToOneField(
        Interaction, null=True, blank=True, on_delete=models.SET_NULL, related_name="meeting", editable=False
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        editable=False,
    )  # fmt: skip
    planned_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveSmallIntegerField(default=0, editable=False)
    called_off_at = models.DateTimeField(null=True, blank=True, editable=False)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        editable=False,
    )  # fmt: skip

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned talk")
        verbose_name_plural = _("planned talks")
        default_permissions = ("add", "change", "view")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["starts_at"], name="meeting_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                name="meeting_is_with_someone",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.about

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("letters:meeting", args=[self.pk])

    @property
    def holder(self) -> Organisation | Person:
        """On whose dossier it stands first."""
        found = self.organisation or self.person
        assert found is not None
        return found

    @property
    def with_whom(self) -> str:
        """Whom we meet: the person and where she belongs, as far as that is known."""
        return ", ".join(str(one) for one in (self.person, self.organisation) if one is not None)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at < timezone.now()

    @property
    def day(self) -> datetime.date:
        """The day on which it begins, here."""
        return timezone.localdate(self.starts_at)
