"""Text made ready for a page: white space single, and endless words with places to break."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Longer than any Dutch word in use; such a run would stick out of a page, or out of a column.
_LONG_RUN = re.compile(r"\S{61,}")
_LONG_RUN_IN_COLUMN = re.compile(r"\S{37,}")
_LONG_PIECE = re.compile(r"[^\u200b]{37,}")
_BLANKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


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


def _breakable(text: str, long_run: re.Pattern[str]) -> str:
    """The text with invisible places to break in endless words: after a dot or slash, else anywhere."""

    def chunks(match: re.Match[str]) -> str:
        return re.sub(r".{18}(?=.)", "\\g<0>\u200b", match[0])

    def broken(match: re.Match[str]) -> str:
        return _LONG_PIECE.sub(chunks, re.sub(r"[./@_](?=.)", "\\g<0>\u200b", match[0]))

    return long_run.sub(broken, text)
