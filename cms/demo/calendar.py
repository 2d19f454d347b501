"""The demo's own calendar, so that nothing in it grows overdue."""

from __future__ import annotations

import datetime
from typing import Final

from django.utils.timezone import make_aware

# The day of the seed letter.
DEMO_DAY: Final = datetime.date(2025, 7, 29)


def day(days_ago: int) -> datetime.date:
    """The day so many days before the demo's today."""
    return DEMO_DAY - datetime.timedelta(days=days_ago)


def moment(days_ago: int, *, hour: int = 10) -> datetime.datetime:
    """That day at a whole hour on the clocks of the installation."""
    return make_aware(datetime.datetime.combine(day(days_ago), datetime.time(hour)))
