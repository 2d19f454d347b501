"""The people who work here: members of the committee, editors, readers."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """One row per person who can sign in. Personal data: name, e-mail address; kept while the account exists."""

    absent_until_on = models.DateField(_("absent until"), null=True, blank=True)
    stand_in = models.ForeignKey(
        "self",
        verbose_name=_("stand-in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stands_in_for",
        help_text=_("Decides for you while you are away."),
    )
    wants_monday_mail = models.BooleanField(_("gets the Monday mail"), default=True)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def is_absent(self, on: datetime.date | None = None) -> bool:
        """Whether this person is away on the given day (today by default)."""
        return self.absent_until_on is not None and self.absent_until_on > (on or timezone.localdate())

    @property
    def deputy(self) -> User | None:
        """Who decides while this person is away; None when nobody does, or that one is away as well."""
        found = self.stand_in
        return found if found is not None and found.is_active and not found.is_absent() else None

    @property
    def initials(self) -> str:
        """Two letters to stand for a face."""
        words = str(self).split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
