"""Promises as a workbook for a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.dutch.dates import long_date
from crm.exchange.sheets import Sheet, Value, workbook
from letters.models import Commitment, CommitmentChange, CommitmentParty
from letters.queries import commitments


def promises(found: QuerySet[Any], *, title: str) -> bytes:
    """One sheet with a row for everybody that each promise concerns, in the order of the list; ``found`` as
    ``commitments.listed`` gives it, ``title`` says which list it is. The number of queries does not grow with it."""
    columns = [
        (_("Who promised"), 16), (_("What was promised"), 40), (_("In these words"), 60), (_("To or by whom"), 28),
        (_("Promised on"), 14), (_("Where it was said"), 40), (_("When it is due"), 32), (_("Before which day"), 14),
        (_("Which publication"), 28), (_("After what"), 28), (_("When that was"), 14), (_("How it stands"), 16),
        (_("Since when"), 14), (_("What shows it"), 40), (_("Entered by"), 22), (_("Who sees to it"), 22),
        (_("Noted by"), 22), (_("Noted on"), 14),
    ]  # fmt: skip
    opening = [f"{_('Promises')}: {title}", _("As of %(day)s.") % {"day": long_date(timezone.localdate())}]
    return workbook([Sheet(_("Promises"), opening, columns, _rows(found))])


def _rows(found: QuerySet[Any]) -> Iterator[list[Value]]:
    changes = CommitmentChange.objects.select_related("letter", "by")
    rows = found.select_related("letter", "message", "publication", "minded_by", "noted_by").prefetch_related(
        "parties__organisation", "parties__person", Prefetch("parties__changes", queryset=changes)
    )
    for one in rows:
        standing = commitments.standing(one, waiting=one.waiting)
        for party in one.parties.all():
            yield [
                capfirst(str(one.get_side_display())), one.words, one.quote, str(party), one.made_on, _said(one),
                capfirst(standing.words), one.due_on, str(one.publication or ""), one.event, one.event_on,
                *_stands(party), str(one.minded_by or ""), str(one.noted_by or ""), timezone.localdate(one.noted_at),
            ]  # fmt: skip


def _said(one: Commitment) -> str:
    if one.letter is not None:
        return f"{one.letter} ({one.letter.reference})"
    if one.message is not None:
        return _("mail of %(who)s: %(subject)s") % {"who": one.message.sender, "subject": one.message}
    return one.source


def _stands(party: CommitmentParty) -> list[Value]:
    """How it stands with somebody, since when, what shows that and who said so."""
    state = str(party.get_state_display())
    last = next(reversed(party.changes.all()), None)
    if last is None:
        return [state, None, "", ""]
    shows = f"{last.letter} ({last.letter.reference})" if last.letter else last.source
    return [state, timezone.localdate(last.at), shows, str(last.by or "")]
