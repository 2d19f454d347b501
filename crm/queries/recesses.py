"""Which days are in a recess: nobody is reminded then, and those days do not count as silence."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from crm.models import Recess

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """All recesses as ``spans`` that do not overlap, in order: the first day of each, and the day after its last."""

    spans: tuple[tuple[datetime.date, datetime.date], ...]

    def is_recess(self, day: datetime.date) -> bool:
        """Whether a day is in a recess."""
        return any(start <= day < after for start, after in self.spans)

    def paused_days(self, from_on: datetime.date, until: datetime.date) -> int:
        """How many days from one day until another, that one not included, are in a recess."""
        pauses = (min(after, until) - max(start, from_on) for start, after in self.spans)
        return sum(max(pause.days, 0) for pause in pauses)


def calendar() -> Calendar:
    """The recesses as they are set. One query."""
    spans: list[tuple[datetime.date, datetime.date]] = []
    for start, last in Recess.objects.order_by("from_on").values_list("from_on", "until_on"):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], last + DAY))
        else:
            spans.append((start, last + DAY))
    return Calendar(tuple(spans))


def current(day: datetime.date) -> Recess | None:
    """The recess that a day is in, the one that lasts longest; None when it is in none. One query."""
    found = Recess.objects.filter(from_on__lte=day, until_on__gte=day)
    return found.order_by("until_on").last()


def is_recess(day: datetime.date) -> bool:
    """Whether a day is in a recess. One query."""
    return calendar().is_recess(day)


def paused_days(from_on: datetime.date, until: datetime.date) -> int:
    """How many days from one day until another, that one not included, are in a recess. One query."""
    return calendar().paused_days(from_on, until)
