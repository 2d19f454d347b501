"""The action list as a workbook for a spreadsheet program."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.dates import long_date
from crm.exchange.sheets import Sheet, Value, workbook
from crm.models import FollowUp
from crm.queries import follow_ups


def action_list(rows: Iterable[FollowUp], *, title: str) -> bytes:
    """One sheet with a row for each, in their order; ``title`` says which list it is. The number of queries does not
    grow with the list."""
    today = timezone.localdate()
    columns = [
        (_("What has to be done"), 48), (_("Who does it"), 22), (_("By which day"), 14), (_("How it stands"), 16),
        (_("What it is about"), 40), (_("Put on the list by"), 22), (_("Put on the list on"), 14),
        (_("Settled by"), 22), (_("Settled on"), 14), (_("Why it is not needed"), 36),
    ]  # fmt: skip
    opening = [f"{_('Action list')}: {title}", _("As of %(day)s.") % {"day": long_date(today)}]
    return workbook([Sheet(_("Action list"), opening, columns, _rows(rows))])


def _rows(rows: Iterable[FollowUp]) -> Iterator[list[Value]]:
    for row in follow_ups.with_subjects(rows):
        one = row.follow_up
        yield [
            one.words,
            str(one.owner or _("for all of us")),
            one.due_on,
            _state(one),
            row.subject.words if row.subject else _("it is no longer there") if row.is_gone else "",
            str(one.created_by or ""),
            timezone.localdate(one.created_at),
            str(one.done_by or one.dropped_by or ""),
            _day(one.done_at or one.dropped_at),
            one.dropped_because,
        ]


def _state(follow_up: FollowUp) -> str:
    if follow_up.done_at is not None:
        return _("done")
    if follow_up.dropped_at is not None:
        return _("not needed")
    return _("too late") if follow_up.is_overdue else _("to do")


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(moment) if moment else None
