"""What every template shares: the press itself, and values made ready for it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from crm.dutch.dates import HERE, clock, long_date
from crm.typesetting.errors import TypesettingError
from crm.typesetting.runs import cell, line, lines, running
from crm.typesetting.typst import Typesetter

__all__ = ["PRESS", "LetterError", "cell", "counted", "line", "lines", "moment_in_words", "running"]

PRESS = Typesetter(Path(__file__).parent)


class LetterError(TypesettingError):
    """The values do not make a letter; ``str()`` is Dutch advice for the writer."""


def moment_in_words(moment: datetime) -> str:
    """``29 juli 2025, 20.14 uur``, on the clocks of Amsterdam; ``moment`` is aware."""
    return f"{long_date(moment.astimezone(HERE).date())}, {clock(moment)}"


def counted(number: int, one: str, many: str) -> str:
    """``1 bladzijde``, ``2 bladzijden``."""
    return f"{number} {one if number == 1 else many}"
