"""Who delivers mail at this moment, as each worker says of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

# A worker writes several times in this time; when none did, the screens say that nobody delivers mail.
ALIVE_FOR: Final = timedelta(minutes=1)


class MailWorkerQuerySet(models.QuerySet["MailWorker"]):
    """Asked by the clock of the database, which all machines share."""

    def alive(self) -> MailWorkerQuerySet:
        """The workers that wrote lately."""
        return self.filter(seen_at__gte=Now() - ALIVE_FOR)

    def silent_for(self, silence: timedelta) -> MailWorkerQuerySet:
        """The workers that have not written for so long."""
        return self.filter(seen_at__lt=Now() - silence)


class MailWorker(models.Model):
    """One row per process that delivers mail, as long as it does; its heartbeat. Holds no personal data."""

    name = models.CharField(max_length=100, unique=True)
    seen_at = models.DateTimeField()

    objects = MailWorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail worker")
        verbose_name_plural = _("mail workers")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name
