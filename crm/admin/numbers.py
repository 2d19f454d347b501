"""Numbers as a browser sends them: nothing of it can be trusted to be one."""

from __future__ import annotations

# The most digits that surely fit in the databases' largest whole number (2^63).
MOST_DIGITS = 18


def whole(text: str | None) -> int | None:
    """The number from 0 up that stands there; None when there is none that a database could hold."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def key(text: str | None) -> int:
    """The id that stands there; 0, which nothing has, when there is none."""
    return whole(text) or 0
