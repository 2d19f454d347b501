"""Planned talks, and how they were, as a workbook for a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.dates import clock, long_date
from crm.exchange.sheets import Sheet, Value, workbook
from letters.models import Meeting
from letters.models.meetings import MeetingQuerySet
from letters.queries import meetings


def talks(lists: Iterable[tuple[str, MeetingQuerySet]]) -> bytes:
    """One sheet with a row for each talk of these lists, under the name of its list."""
    columns = [
        (_("Which list"), 16), (_("Day"), 14), (_("Time"), 12), (_("Organisation"), 28), (_("Person"), 24),
        (_("What about"), 40), (_("Where"), 28), (_("Who of us goes"), 28), (_("What we want to ask"), 40),
        (_("How it was"), 40), (_("More"), 60), (_("Written down by"), 22),
    ]  # fmt: skip
    opening = [_("Talks"), _("As of %(day)s.") % {"day": long_date(timezone.localdate())}]
    return workbook([Sheet(_("Talks"), opening, columns, _rows(lists))])


def _rows(lists: Iterable[tuple[str, MeetingQuerySet]]) -> Iterator[list[Value]]:
    for words, rows in lists:
        for one in meetings.listed(rows).select_related("interaction__by"):
            yield [words, *_row(one)]


def _row(one: Meeting) -> list[Value]:
    said = one.interaction
    return [
        one.day, clock(timezone.localtime(one.starts_at)), str(one.organisation or ""), str(one.person or ""),
        one.about, one.place, meetings.who_goes(one), one.questions, said.summary if said else "",
        said.body if said else "", str(said.by or "") if said else "",
    ]  # fmt: skip
