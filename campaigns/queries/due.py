"""What is due in campaigns for one person, for ``crm.registries.due``."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.models import User
from crm.registries.due import Found, Line, Urgency

from . import positions


def to_confirm(user: User, day: datetime.date, limit: int) -> Found:
    """Positions that somebody else put down and that count once she confirms them: one line for all of them."""
    if not user.has_perm("campaigns.confirm_claim") or not positions.second_person_confirms():
        return Found((), 0)
    rows = positions.waiting(user)
    oldest = rows.first()
    if oldest is None:
        return Found((), 0)
    count = rows.count()
    words = ngettext(
        "%(count)d position waits for somebody to confirm it",
        "%(count)d positions wait for somebody to confirm them",
        count,
    )
    line = Line(
        words=words % {"count": count},
        url=reverse("campaigns:index"),
        urgency=Urgency.OF_US_ALL,
        since=timezone.localdate(oldest.entered_at),
        note=_("for all of us"),
    )
    return Found([line], 1)
