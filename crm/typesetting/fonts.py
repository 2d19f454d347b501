"""The typefaces everything is set in, and which characters they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.ttLib import TTFont

SANS = "Source Sans Pro"
SERIF = "Source Serif Pro"

_PACKAGES = {"font_source_sans_pro": "SourceSansPro", "font_source_serif_pro": "SourceSerifPro"}
_STYLES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")

_WORD_JOINER = 0x2060
_SOFT_BREAK = 0x200B
# What people paste and typefaces lack, in characters that look the same: Word's hyphen that does not
# break a line, and the Dutch ij as one character (the italics do not have it).
_LOOKALIKES: dict[int, str | None] = {
    0x2011: f"{chr(_WORD_JOINER)}-{chr(_WORD_JOINER)}",
    0x0132: "IJ",
    0x0133: "ij",
}
_LOOKALIKES |= dict.fromkeys((0x09, 0x0A, 0x0D, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x3000), " ")
# Marks without a shape; direction marks among them could show a name back to front.
_LOOKALIKES |= dict.fromkeys(
    (0x00AD, *range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)


def faces() -> tuple[Path, ...]:
    """The TrueType files in use: two families, each in three weights, upright and italic."""
    return tuple(
        Path(str(resources.files(package))) / "files" / f"{name}-{style}.ttf"
        for package, name in _PACKAGES.items()
        for style in _STYLES
    )


@contextmanager
def font_directory() -> Iterator[Path]:
    """A directory that holds just the typefaces in use, as long as the context lasts.

    The packages carry each face twice, as OTF and as TTF, and typst takes the one the file system lists
    first; so the same letter would have other bytes on another machine.
    """
    with TemporaryDirectory(prefix="spreekbuis-fonts-") as name:
        directory = Path(name)
        for face in faces():
            (directory / face.name).symlink_to(face)
        yield directory


def printable(text: str) -> str:
    """The text on one line and in characters the typefaces hold, where an equal-looking one exists."""
    return unicodedata.normalize("NFC", text).translate(_LOOKALIKES)


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters that cannot be printed, each once, in the order in which they occur."""
    return tuple(dict.fromkeys(char for char in printable(text) if ord(char) not in _glyphs()))


def marked(text: str) -> str:
    """The text with a question mark for every character that cannot be printed."""
    return "".join(char if ord(char) in _glyphs() else "?" for char in printable(text))


@cache
def _glyphs() -> frozenset[int]:
    coverage = []
    for face in faces():
        with TTFont(face, lazy=True) as font:
            coverage.append(frozenset(font.getBestCmap()))
    # A letter may come from another face than its neighbours, but an accent must stand in its letter's own.
    everywhere = frozenset.intersection(*coverage)
    letters = {
        code for code in frozenset.union(*coverage) if not unicodedata.category(chr(code)).startswith("M")
    }
    return everywhere | letters | {_WORD_JOINER, _SOFT_BREAK}
