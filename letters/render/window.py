"""Which addresses the window of an envelope shows whole: as wide and as high as in letter.typ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from fontTools.ttLib import TTFont

from crm.typesetting.fonts import SANS, faces, printable

_POINTS_PER_MM: Final = 72 / 25.4
# The window from its first to its last line, and the smallest type that letter.typ sets an address in.
_WIDTH: Final = 75 * _POINTS_PER_MM
_HEIGHT: Final = (82 - 52) * _POINTS_PER_MM
_SMALLEST: Final = 8
# Of the size of the type: the height of a capital, and the white between two lines.
_CAPITAL: Final = 0.66
_LEADING: Final = 0.5

MOST_LINES: Final = int((_HEIGHT / _SMALLEST + _LEADING) / (_CAPITAL + _LEADING))


def too_wide(address: Sequence[str]) -> tuple[str, ...]:
    """The lines of an address that are wider than the window even in the smallest type, and so are broken in two."""
    return tuple(line for line in _lines(address) if _width(line) > _WIDTH)


def too_many(address: Sequence[str]) -> bool:
    """Whether an address has more lines than the window shows in the smallest type."""
    return len(_lines(address)) > MOST_LINES


def _lines(address: Sequence[str]) -> list[str]:
    return [line for text in address for line in text.splitlines() if line.strip()]


def _width(text: str) -> float:
    widths = _widths()
    return _SMALLEST * sum(widths.get(ord(character), 0.0) for character in printable(text))


@cache
def _widths() -> dict[int, float]:
    """How wide each character is, of the size of the type; without kerning, which takes little off."""
    name = f"{SANS.replace(' ', '')}-Regular.ttf"
    (face,) = (path for path in faces() if path.name == name)
    with TTFont(face) as font:
        advances, units = font["hmtx"], font["head"].unitsPerEm
        return {code: advances[glyph][0] / units for code, glyph in font.getBestCmap().items()}
