"""What is due for one person over all rooms, without what she settled for herself."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from crm.models import DueLine, User
from crm.registries import due
from crm.registries.due import Found, Line

# Who settled something gets an exact count up to this many lines of a room.
MOST = 500


def of(user: User, day: datetime.date, *, limit: int, without: Collection[str] = ()) -> Found:
    """The most urgent ``limit`` lines for a user on a day, over all rooms but ``without``, and how many there are."""
    settled = set(DueLine.objects.settled(user, day).values_list("url", "since", "urgency"))
    if not settled:
        return due.of(user, day, limit=limit, without=without)
    found = due.of(user, day, limit=MOST, without=without)
    lines = [line for line in found.lines if (line.url, line.since, line.urgency) not in settled]
    return Found(lines[:limit], found.total - len(found.lines) + len(lines))


def line_at(user: User, day: datetime.date, *, url: str, without: Collection[str] = ()) -> Line | None:
    """The line of a user that is settled at an address; None when nothing is due there."""
    return next((line for line in of(user, day, limit=MOST, without=without).lines if line.url == url), None)
