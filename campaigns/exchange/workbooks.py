"""The table of positions as a workbook for a spreadsheet program."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaigns.models import Claim
from campaigns.queries import documents
from campaigns.queries import positions as queries
from campaigns.queries.positions import Matrix
from crm.dutch.dates import long_date
from crm.exchange.sheets import Sheet, Value, workbook


def positions(matrix: Matrix) -> bytes:
    """Three sheets: the table with the seats behind each ask, a line for each position with its quote and source, and
    everything that was ever said, superseded and withdrawn ones too. One query more than the matrix took."""
    return workbook([_table(matrix), _statements(matrix), _everything(matrix)])


def _opening(matrix: Matrix) -> list[str]:
    """On top of every sheet: what this is, of which day, and what unknown means."""
    return [
        _("Positions: %(campaign)s") % {"campaign": matrix.campaign},
        _("As of %(day)s.") % {"day": long_date(matrix.on)},
        *([council] if (council := documents.council_in_words(matrix)) else []),
        queries.what_unknown_means(),
    ]


def _table(matrix: Matrix) -> Sheet:
    rows = [
        [
            str(row.speaker.organisation),
            row.speaker.seats,
            *("; ".join(words for words in (cell.words, cell.waiting_words) if words) for cell in row.cells),
        ]
        for row in matrix.rows
    ]
    total: list[Value] = []
    if matrix.term is not None:
        said = [" ".join(filter(None, [one.words, one.rest])) for one in matrix.supports]
        total = [_("The council together"), matrix.term.seats_total, *said]
    asks = [(str(ask), 28) for ask in matrix.asks]
    return Sheet(_("Table"), _opening(matrix), [(_("Party"), 30), (_("Seats"), 8), *asks], rows, total)


def _statements(matrix: Matrix) -> Sheet:
    columns = [
        (_("Ask"), 28), (_("Party"), 24), (_("Seats"), 8), (_("Position"), 16), (_("Quote"), 60), (_("Said on"), 14),
        (_("Said by"), 22), (_("Source"), 36), (_("Web page"), 30), (_("Remark"), 26),
    ]  # fmt: skip
    return Sheet(_("Positions"), _opening(matrix), columns, _stated(matrix))


def _stated(matrix: Matrix) -> Iterator[list[Value]]:
    for number, ask in enumerate(matrix.asks):
        for row in matrix.rows:
            for one in documents.statements(row, number):
                yield [
                    str(ask), one.party, one.seats, one.position, one.quote, one.said_on,
                    one.said_by or (one.party if one.quote else ""), one.source, one.source_url, one.note,
                ]  # fmt: skip


def _everything(matrix: Matrix) -> Sheet:
    columns = [
        (_("Ask"), 28), (_("Said by"), 24), (_("Position"), 16), (_("Quote"), 60), (_("Said on"), 14),
        (_("How they said it"), 24), (_("Source"), 36), (_("Web page"), 30), (_("Entered by"), 18),
        (_("Entered on"), 14), (_("Confirmed by"), 18), (_("Confirmed on"), 14), (_("Withdrawn because"), 30),
    ]  # fmt: skip
    return Sheet(_("Everything said"), _opening(matrix), columns, _said(matrix))


def _said(matrix: Matrix) -> Iterator[list[Value]]:
    claims = Claim.objects.filter(ask__campaign=matrix.campaign).select_related(
        "ask", "organisation", "entered_by", "confirmed_by"
    )
    for claim in claims.order_by("ask__number", "ask_id", "organisation__sort_name", "-said_on", "-pk"):
        yield [
            str(claim.ask), str(claim.organisation), str(claim.get_position_display()), claim.quote, claim.said_on,
            capfirst(str(claim.get_voice_display())), claim.source_words, claim.source_url,
            str(claim.entered_by or ""), _day(claim.entered_at), str(claim.confirmed_by or ""),
            _day(claim.confirmed_at), claim.withdrawn_because,
        ]  # fmt: skip


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(moment) if moment else None
