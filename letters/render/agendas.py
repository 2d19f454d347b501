"""The paper for a meeting of the committee: large type, numbered, room to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from crm.dutch.dates import HERE, weekday_date
from letters.render.house import PRESS, line, moment_in_words, running


@dataclass(frozen=True, slots=True)
class Point:
    """One number: a sentence below the ``heading`` of its section, a quiet ``note``, and what was decided, or ""."""

    number: int
    heading: str
    words: str
    note: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper for one meeting of a network, made at ``made_at`` (aware); ``points`` in order."""

    network: str
    held_on: date
    made_at: datetime
    points: tuple[Point, ...]


def render_paper(paper: Paper) -> bytes:
    """The paper as PDF/UA-1, the same bytes for the same values; raises ``TypesettingError``."""
    title = f"Vergadering van {weekday_date(paper.held_on)}"
    values = {
        "title": title,
        "network": line(paper.network),
        "footer": f"{title}, gemaakt op {moment_in_words(paper.made_at)}",
        "sections": [
            {"heading": line(heading), "points": [_point(point) for point in points]}
            for heading, points in groupby(paper.points, key=lambda point: point.heading)
        ],
    }
    return PRESS.pdf("agenda.typ", values, dated_on=paper.made_at.astimezone(HERE).date(), mark_missing=True)


def _point(point: Point) -> dict[str, object]:
    return {
        "number": str(point.number),
        "words": line(point.words),
        "note": line(point.note),
        "result": [running(part) for part in point.result.splitlines() if part.strip()],
    }
