"""The cover sheet of a print batch: what is in it, in envelope order, to tick off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.dutch.dates import long_date
from letters.render.codes import qr
from letters.render.house import PRESS, cell, counted, line, lines


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One envelope: its number in the dispatch, who it is for, where it goes, and its pages with enclosures."""

    number: int
    addressee: str
    address_lines: tuple[str, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A print batch made on ``printed_on``; the rows stand in the order in which the letters come out.

    With ``duplex`` the batch has blank pages, so that each letter starts on a sheet of its own. ``scan_at`` is the
    address in the QR code beside the reference, "" for none.
    """

    subject: str
    reference: str
    printed_on: date
    rows: Sequence[CoverRow]
    duplex: bool = False
    scan_at: str = ""


def render_cover(cover: Cover) -> bytes:
    """The cover sheet as PDF/UA-1, the same bytes for the same values; raises ``TypesettingError``."""
    pages = sum(row.pages for row in cover.rows)
    title = f"Afdruklijst {line(cover.reference)}".strip()
    letters = counted(len(cover.rows), "brief", "brieven")
    values = {
        "title": title,
        "footer": f"{title}, {long_date(cover.printed_on)}",
        "reference": line(cover.reference),
        "qr": qr(cover.scan_at) if cover.scan_at else None,
        "facts": [
            ["Brief", line(cover.subject)],
            ["Kenmerk", line(cover.reference)],
            ["Gemaakt", long_date(cover.printed_on)],
            ["Inhoud", f"{letters}, {counted(pages, 'bladzijde', 'bladzijden')}, en deze lijst"],
        ],
        "steps": [
            f"Print alles {'dubbelzijdig' if cover.duplex else 'enkelzijdig'}, op ware grootte (100 %).",
            "De brieven komen uit de printer in de volgorde van deze lijst. Stop ze in die volgorde in een envelop.",
            "Zet een vinkje als de envelop dicht is en een postzegel heeft.",
            "Meld daarna in Spreekbuis welke brieven op de post zijn. Printen alleen telt nog niet als verzenden.",
        ],
        "rows": [
            {
                "number": str(row.number),
                "addressee": cell(row.addressee),
                "address": lines(row.address_lines),
                "pages": str(row.pages),
            }
            for row in cover.rows
        ],
    }
    return PRESS.pdf("covers.typ", values, dated_on=cover.printed_on, mark_missing=True)
