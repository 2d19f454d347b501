"""Finds what stands around the body of a Dutch letter: place and date, subject, salutation, closing, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# A letterhead and a signature block are short lines, and not many of them.
_LONGEST_LINE = 120
_LONGEST_HEAD = 25
_LONGEST_SIGN_OFF = 12

_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec"
)
_DAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
_DATED = re.compile(
    rf"(?:datum\s*[:–-]?\s*)?(?P<dated>(?:[’']?[^\W\d][\w’' .()-]{{1,40}}?,?\s+)?(?:(?:{_DAYS})\s+)?"
    rf"(?:\d{{1,2}}\s+(?:{_MONTHS})\.?\s+\d{{4}}|\d{{1,2}}([-/.])\d{{1,2}}\2\d{{4}}))\.?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:betreft|onderwerp|betr\.|re)\s*[:–]\s*(?P<subject>\S.*)", re.IGNORECASE)
_SALUTATION = re.compile(
    r"(?:(?:zeer |hoog)?geachte?|beste|lieve|waarde|hallo|hoi|dag|goede(?:ndag|morgen|middag|navond)) .{1,90}"
    r"|dames en heren.{,40}|l\.? ?s\.?,?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:met )?(?:heel |een )?(?:vriendelijke|hartelijke|warme|beste|collegiale|bestuurlijke) groet(?:en|jes)?\b.{,60}"
    r"|(?:met |veel |de |lieve )?groet(?:en|jes)?\b.{,30}"
    r"|m\.?v\.?g\.?,?"
    r"|(?:met )?(?:de meeste )?hoogacht(?:end|ing)\b.{,40}",
    re.IGNORECASE,
)
_AFTER_SIGN_OFF = re.compile(r"(?:bijlagen?|p\.?\s?s\.?|cc|c\.c\.)(?:\b|\W)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the body is (rows ``first`` up to ``last``) and what stood around it; "" and () for what was not there.

    ``dropped`` names, with its words, what stood there and has no place of its own.
    """

    first: int
    last: int
    dated: str = ""
    subject: str = ""
    salutation: str = ""
    closing: str = ""
    sign_off: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def find_frame(rows: Sequence[str]) -> Frame:
    """The frame of a letter; ``rows`` are its lines in clean characters, an empty one where paragraphs part."""
    salutation_at = _salutation_at(rows)
    dated = subject = salutation = ""
    dropped: list[str] = []
    first = 0
    for place, row in enumerate(rows):
        found_date, found_subject = _DATED.fullmatch(row), _SUBJECT.fullmatch(row)
        if place == salutation_at:
            salutation = row.rstrip(" ,:")
        elif found_date and not dated:
            dated = found_date["dated"]
        elif found_subject and not subject:
            subject = found_subject["subject"]
        elif row and place < salutation_at:
            dropped.append(f"boven de aanhef: “{row}”")
        elif row:
            break
        first = place + 1
    closing_at = _closing_at(rows, first)
    if closing_at is None:
        return Frame(first, len(rows), dated, subject, salutation, dropped=tuple(dropped))
    signed = [row for row in rows[closing_at + 1 :] if row]
    end = next((place for place, row in enumerate(signed) if _AFTER_SIGN_OFF.match(row)), len(signed))
    dropped += [f"onder de ondertekening: “{row}”" for row in signed[end:]]
    closing = rows[closing_at].rstrip(" ,")
    return Frame(first, closing_at, dated, subject, salutation, closing, tuple(signed[:end]), tuple(dropped))


def _salutation_at(rows: Sequence[str]) -> int:
    """The row of the salutation, -1 when there is none."""
    seen = 0
    for place, row in enumerate(rows):
        if len(row) > _LONGEST_LINE or seen > _LONGEST_HEAD:
            break
        seen += bool(row)
        alone = place + 1 >= len(rows) or not rows[place + 1]
        if _SALUTATION.fullmatch(row) and (
            row.endswith((",", ":")) or (alone and not row.endswith((".", "?")))
        ):
            return place
        if row.casefold().replace(" ", "") in {"l.s.", "l.s.,"}:
            return place
    return -1


def _closing_at(rows: Sequence[str], first: int) -> int | None:
    """The last row that closes a letter and has no more than a signature block and what follows it below it."""
    below = 0
    for place in range(len(rows) - 1, first - 1, -1):
        row = rows[place]
        if _CLOSING.fullmatch(row) and not _is_sentence(row) and below <= _LONGEST_SIGN_OFF:
            return place
        if _AFTER_SIGN_OFF.match(row):
            below = 0
        elif row:
            below += 1 if len(row) <= _LONGEST_LINE else _LONGEST_SIGN_OFF + 1
    return None


def _is_sentence(row: str) -> bool:
    return row.endswith(("?", ".")) and len(row.split()) > 4
