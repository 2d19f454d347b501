"""Workbooks for a spreadsheet program (XLSX), from plain values. The only importer of openpyxl."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a cell holds at most.
_MOST: Final = 32_767
_BOLD: Final = Font(bold=True)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")

# What XML cannot hold: control characters, and two that are none.
_NO_TEXT: Final = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ud800-\udfff\ufffe\uffff]")

Value = str | int | datetime.date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines above the table (the first is its name), columns as (heading, width in characters), rows, and a
    last row that adds up, if any."""

    title: str
    opening: Sequence[str]
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]
    total: Sequence[Value] = ()


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as one file. Text never becomes a formula, and what no cell can hold is left out of it."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.opening):
        _put(page, [line], bold=number == 0)
    if sheet.opening:
        _put(page, [])
    _put(page, [heading for heading, _width in sheet.columns], bold=True)
    # The headings of the columns stay in sight.
    page.freeze_panes = f"B{page.max_row + 1}"
    for number, (_heading, width) in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.rows:
        _put(page, row)
    if sheet.total:
        _put(page, sheet.total, bold=True)


def _put(page: Worksheet, values: Iterable[Value], *, bold: bool = False) -> None:
    """One row below the others."""
    cells = [_cell(page, value) for value in values]
    for cell in cells:
        if bold:
            cell.font = _BOLD
    page.append(cells)


def _cell(page: Worksheet, value: Value) -> Cell:
    """A cell that holds just this value: text never becomes a formula, also not when somebody opens the cell and closes
    it again (CWE-1236)."""
    if isinstance(value, datetime.date):
        cell = Cell(page, value=value)
        cell.number_format = "DD-MM-YYYY"
    elif isinstance(value, str):
        text = _NO_TEXT.sub("", value)[:_MOST]
        cell = Cell(page, value=text)
        cell.data_type = "s"
        # A spreadsheet program looks past what is blank before it.
        cell.quotePrefix = text.startswith(("\t", "\r")) or text.lstrip().startswith(("=", "+", "-", "@"))
    else:
        cell = Cell(page, value=value)
    # The lines above the table run on over the columns beside them.
    if page.freeze_panes is not None:
        cell.alignment = _WRAPPED
    return cell
