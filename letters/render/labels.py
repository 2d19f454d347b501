"""Address labels: sheets of A4 with three columns of eight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from letters.render.house import PRESS, LetterError, lines

PER_SHEET = 24


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of one address, and the number of the envelope it goes on."""

    number: int
    lines: tuple[str, ...]


def render_labels(
    labels: Sequence[Label], *, dated_on: date, start: int = 1, height: Literal[36, 37] = 37
) -> bytes:
    """One label per address, in the given order, as PDF/UA-1: the same bytes for the same values.

    ``start`` is the first label that is still on the sheet, 1 to 24, counted row by row; ``height`` is that of
    a label in millimetres (the sheets in shops are 70 x 36 or 70 x 37 mm). Long addresses get smaller type.

    :raises LetterError: without addresses, or with a start outside the sheet
    """
    if not labels:
        raise LetterError("Er zijn geen adressen om etiketten voor te maken. Kies eerst brieven per post.")
    if not 1 <= start <= PER_SHEET:
        raise LetterError(
            f"Een vel heeft {PER_SHEET} etiketten. Kies een getal van 1 tot en met {PER_SHEET}."
        )
    values = {
        "skip": start - 1,
        "height": height,
        "labels": [[str(label.number), lines(label.lines)] for label in labels],
    }
    return PRESS.pdf("labels.typ", values, dated_on=dated_on, mark_missing=True)
