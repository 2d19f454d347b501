"""What readers did with a newsletter, as far as the mail service counts it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .mailings import Mailing


class Result(models.Model):
    """One row per mailing that left, with the newest numbers of addresses. No personal data: nobody is named.

    ``opens`` is None when nobody counts them; programs that open mail by themselves make that number unsure.
    """

    mailing = models.OneToOneField(Mailing, on_delete=models.CASCADE, related_name="result")
    sent = models.PositiveIntegerField(default=0)
    hard_bounces = models.PositiveIntegerField(default=0)
    soft_bounces = models.PositiveIntegerField(default=0)
    unsubscribed = models.PositiveIntegerField(default=0)
    complaints = models.PositiveIntegerField(default=0)
    readers_clicked = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    opens = models.PositiveIntegerField(null=True, blank=True)
    fetched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("result of a newsletter")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.mailing)

    @property
    def delivered(self) -> int:
        """At how many addresses it arrived, as far as nobody said otherwise."""
        return max(0, self.sent - self.hard_bounces - self.soft_bounces)

    @property
    def clicked_share(self) -> int:
        """How many of a hundred readers followed a link."""
        return round(100 * self.readers_clicked / self.delivered) if self.delivered else 0


class ResultLink(models.Model):
    """One row per link of a mailing that was followed: how often in all, and by how many readers."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="links")
    url = models.TextField()
    total = models.PositiveIntegerField()
    readers = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("followed link")
        default_permissions = ()
        ordering = ["-readers", "-total", "url"]

    def __str__(self) -> str:
        return self.url
