"""The table of positions as a workbook for a spreadsheet program (XLSX). The only importer of openpyxl."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.models import Claim
from campaigns.queries import documents
from campaigns.queries import positions as queries
from campaigns.queries.positions import Matrix
from crm.dutch.dates import long_date

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a cell holds at most.
_MOST: Final = 32_767
_BOLD: Final = Font(bold=True)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")

Value = str | int | datetime.date | None


def positions(matrix: Matrix) -> bytes:
    """Three sheets: the table with the seats behind each ask, a line for each position with its quote and source, and
    everything that was ever said, superseded and withdrawn ones too. One query more than the matrix took."""
    book = Workbook()
    book.remove(book.active)
    _table(book.create_sheet(_("Table")), matrix)
    _statements(book.create_sheet(_("Positions")), matrix)
    _everything(book.create_sheet(_("Everything said")), matrix)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _opening(sheet: Worksheet, matrix: Matrix) -> None:
    """On top of every sheet: what this is, of which day, and what unknown means."""
    _put(sheet, [_("Positions: %(campaign)s") % {"campaign": matrix.campaign}], bold=True)
    _put(sheet, [_("As of %(day)s.") % {"day": long_date(matrix.on)}])
    if council := documents.council_in_words(matrix):
        _put(sheet, [council])
    _put(sheet, [queries.what_unknown_means()])
    _put(sheet, [])


def _table(sheet: Worksheet, matrix: Matrix) -> None:
    _opening(sheet, matrix)
    _head(
        sheet, [_("Party"), _("Seats"), *(str(ask) for ask in matrix.asks)], [30, 8, *[28] * len(matrix.asks)]
    )
    for row in matrix.rows:
        cells = [
            "; ".join(words for words in (cell.words, cell.waiting_words) if words) for cell in row.cells
        ]
        _put(sheet, [str(row.speaker.organisation), row.speaker.seats, *cells])
    if matrix.term is not None:
        _put(
            sheet,
            [_("Seats behind it"), matrix.term.seats_total, *(one.words for one in matrix.supports)],
            bold=True,
        )


def _statements(sheet: Worksheet, matrix: Matrix) -> None:
    _opening(sheet, matrix)
    headings = [
        _("Ask"), _("Party"), _("Seats"), _("Position"), _("Quote"), _("Said on"), _("Said by"), _("Source"),
        _("Web page"), _("Remark"),
    ]  # fmt: skip
    _head(sheet, headings, [28, 24, 8, 16, 60, 14, 22, 36, 30, 26])
    for number, ask in enumerate(matrix.asks):
        for row in matrix.rows:
            for one in documents.statements(row, number):
                values = [
                    str(ask), one.party, one.seats, one.position, one.quote, one.said_on,
                    one.said_by or (one.party if one.quote else ""), one.source, one.source_url, one.note,
                ]  # fmt: skip
                _put(sheet, values)


def _everything(sheet: Worksheet, matrix: Matrix) -> None:
    _opening(sheet, matrix)
    headings = [
        _("Ask"), _("Said by"), _("Position"), _("Quote"), _("Said on"), _("How they said it"), _("Source"),
        _("Web page"), _("Entered by"), _("Entered on"), _("Confirmed by"), _("Confirmed on"), _("Withdrawn because"),
    ]  # fmt: skip
    _head(sheet, headings, [28, 24, 16, 60, 14, 24, 36, 30, 18, 14, 18, 14, 30])
    claims = Claim.objects.filter(ask__campaign=matrix.campaign).select_related(
        "ask", "organisation", "entered_by", "confirmed_by"
    )
    for claim in claims.order_by("ask__number", "ask_id", "organisation__sort_name", "-said_on", "-pk"):
        values: list[Value] = [
            str(claim.ask), str(claim.organisation), str(claim.get_position_display()), claim.quote, claim.said_on,
            capfirst(str(claim.get_voice_display())), claim.source_words, claim.source_url,
            str(claim.entered_by or ""), _day(claim.entered_at), str(claim.confirmed_by or ""),
            _day(claim.confirmed_at), claim.withdrawn_because,
        ]  # fmt: skip
        _put(sheet, values)


def _head(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int]) -> None:
    """The headings of the columns; they stay in sight."""
    _put(sheet, headings, bold=True)
    sheet.freeze_panes = f"B{sheet.max_row + 1}"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _put(sheet: Worksheet, values: Iterable[Value], *, bold: bool = False) -> None:
    """One row below the others."""
    cells = [_cell(sheet, value) for value in values]
    for cell in cells:
        if bold:
            cell.font = _BOLD
    sheet.append(cells)


def _cell(sheet: Worksheet, value: Value) -> Cell:
    """A cell that holds just this value: text never becomes a formula, also not when somebody opens the cell and closes
    it again (CWE-1236)."""
    if isinstance(value, datetime.date):
        cell = Cell(sheet, value=value)
        cell.number_format = "DD-MM-YYYY"
    elif isinstance(value, str):
        cell = Cell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:_MOST])
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell = Cell(sheet, value=value)
    # The lines above the table run on over the columns beside them.
    if sheet.freeze_panes is not None:
        cell.alignment = _WRAPPED
    return cell


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(moment) if moment else None
