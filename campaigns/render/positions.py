"""Where the parties stand, on paper: a chapter for each ask, with every quote and its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crm.dutch.dates import long_date
from crm.typesetting.runs import cell, line
from crm.typesetting.typst import Typesetter

_PRESS = Typesetter(Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a table: who stands where. Without ``quote`` nothing is known.

    ``party`` is the row, ``said_by`` who said it when that is another; ``seats`` is None when nobody wrote them down.
    ``note`` says who confirmed it.
    """

    party: str
    seats: int | None
    position: str
    said_by: str = ""
    quote: str = ""
    said_on: date | None = None
    source: str = ""
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One ask with what was said about it. ``support`` are the seats behind it, in words; "" without a council."""

    title: str
    why: str
    proposed_text: str
    support: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The positions on the asks of a campaign, on the day on which this is made. ``council`` says whose seats count."""

    campaign: str
    council: str
    unknown_means: str
    chapters: tuple[Chapter, ...]
    made_on: date


def render(overview: Overview) -> bytes:
    """The positions as PDF/UA-1, the same bytes for the same values; raises ``TypesettingError``."""
    return _PRESS.pdf("positions.typ", _values(overview), dated_on=overview.made_on, mark_missing=True)


def _values(overview: Overview) -> dict[str, object]:
    title = f"Standpunten: {line(overview.campaign)}"
    made = f"Stand van {long_date(overview.made_on)}"
    return {
        "title": title,
        "footer": f"{title}. {made}.",
        "lead": [f"{made}."] + [line(text) for text in (overview.council, overview.unknown_means) if text],
        "chapters": [_chapter(chapter) for chapter in overview.chapters],
    }


def _chapter(chapter: Chapter) -> dict[str, object]:
    known = [one for one in chapter.statements if one.quote]
    unknown = [_with_seats(one) for one in chapter.statements if not one.quote]
    return {
        "title": line(chapter.title),
        "why": line(chapter.why),
        "proposed": line(chapter.proposed_text),
        "support": line(chapter.support),
        "rows": [_row(one) for one in known],
        "unknown": ", ".join(unknown),
    }


def _row(one: Statement) -> list[object]:
    who = [cell(one.party), cell(one.said_by)] if one.said_by else [cell(one.party)]
    day = long_date(one.said_on) if one.said_on else ""
    source = [text for text in (day, cell(one.source), cell(one.source_url), cell(one.note)) if text]
    return [
        who,
        "" if one.seats is None else str(one.seats),
        cell(one.position),
        f"“{cell(one.quote)}”",
        source,
    ]


def _with_seats(one: Statement) -> str:
    return line(f"{one.party} ({one.seats})" if one.seats else one.party)
