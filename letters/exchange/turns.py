"""Whose turn it is as a workbook for a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.dutch.dates import long_date
from crm.exchange.sheets import Sheet, Value, workbook
from letters.models import Recipient
from letters.queries import turns


def whose_turn(recipients: Iterable[Recipient], *, title: str) -> bytes:
    """One sheet with a row for each, in their order; ``title`` says which list it is. The number of queries does not
    grow with the list."""
    columns = [
        (_("Organisation or person"), 32), (_("Letter"), 44), (_("Reference"), 14), (_("Why"), 40),
        (_("Since when"), 14), (_("Weeks silent"), 12), (_("Who sees to it"), 22),
    ]  # fmt: skip
    opening = [
        f"{_('Whose turn it is')}: {title}",
        _("As of %(day)s.") % {"day": long_date(timezone.localdate())},
    ]
    return workbook([Sheet(_("Whose turn it is"), opening, columns, _rows(list(recipients)))])


def _rows(recipients: list[Recipient]) -> Iterator[list[Value]]:
    found = turns.of(recipients)
    for one in recipients:
        if turn := found.get(one.pk):
            minder = turn.answer.taken_up_by if turn.answer else None
            yield [
                one.name, str(one.letter), one.letter.reference, capfirst(turn.why), timezone.localdate(turn.since),
                turn.silent_weeks or None, str(minder or ""),
            ]  # fmt: skip
