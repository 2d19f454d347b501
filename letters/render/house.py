"""What every template shares: the press itself, and values made ready for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from crm.dutch.dates import HERE, clock, long_date
from crm.typesetting.errors import TypesettingError
from crm.typesetting.typst import Typesetter

PRESS = Typesetter(Path(__file__).parent)

# Longer than any Dutch word in use; such a run would stick out of a page, or out of a column.
_LONG_RUN = re.compile(r"\S{61,}")
_LONG_RUN_IN_COLUMN = re.compile(r"\S{37,}")
_LONG_PIECE = re.compile(r"[^\u200b]{37,}")
_BLANKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


class LetterError(TypesettingError):
    """The values do not make a letter; ``str()`` is Dutch advice for the writer."""


def running(text: str) -> str:
    """The text as it runs on in a paragraph: white space single, endless words with places to break."""
    return _breakable(_BLANKS.sub(" ", text), _LONG_RUN)


def line(text: str) -> str:
    """The text as one line across the page, without blanks around it."""
    return running(text).strip()


def cell(text: str) -> str:
    """The text as it stands in a narrow column: one run of words, without blanks around it."""
    return _breakable(_BLANKS.sub(" ", text).strip(), _LONG_RUN_IN_COLUMN)


def lines(texts: Iterable[str]) -> list[str]:
    """The lines of a column, blanks inside as they are; a line break in a text makes another line."""
    return [
        _breakable(part.strip(), _LONG_RUN_IN_COLUMN)
        for text in texts
        for part in text.splitlines()
        if part.strip()
    ]


def moment_in_words(moment: datetime) -> str:
    """``29 juli 2025, 20.14 uur``, on the clocks of Amsterdam; ``moment`` is aware."""
    return f"{long_date(moment.astimezone(HERE).date())}, {clock(moment)}"


def counted(number: int, one: str, many: str) -> str:
    """``1 bladzijde``, ``2 bladzijden``."""
    return f"{number} {one if number == 1 else many}"


def _breakable(text: str, long_run: re.Pattern[str]) -> str:
    """The text with invisible places to break in endless words: after a dot or slash, else anywhere."""

    def chunks(match: re.Match[str]) -> str:
        return re.sub(r".{18}(?=.)", "\\g<0>\u200b", match[0])

    def broken(match: re.Match[str]) -> str:
        return _LONG_PIECE.sub(chunks, re.sub(r"[./@_](?=.)", "\\g<0>\u200b", match[0]))

    return long_run.sub(broken, text)
