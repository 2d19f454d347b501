"""Letters on paper that came back: photographed, and kept as one PDF."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.models import FrozenFile

from .recipients import Recipient


class Paper(models.Model):
    """One row per letter on paper that came back in a thread; its pages are one frozen PDF.

    Personal data: what somebody wrote to us, and who; kept as long as the letter it answers.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="papers")
    file = models.ForeignKey(FrozenFile, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField()
    came_on = models.DateField(_("came in on"))
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    filed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("letter on paper")
        verbose_name_plural = _("letters on paper")
        default_permissions = ()
        ordering = ["came_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "file"], name="paper_once_a_recipient")]

    def __str__(self) -> str:
        return f"{self.recipient} {self.came_on:%Y-%m-%d}"

    @property
    def moment(self) -> datetime.datetime:
        """When it came: the moment it was filed on that day, else noon, as nobody noted an hour."""
        if timezone.localdate(self.filed_at) == self.came_on:
            return self.filed_at
        return timezone.make_aware(datetime.datetime.combine(self.came_on, datetime.time(12)))
