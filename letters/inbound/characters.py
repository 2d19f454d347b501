"""Bytes of mail as text that is safe to store and to show: character sets, control and direction characters."""

from __future__ import annotations

import codecs
import re
from typing import Final

# What the makers of mail programs mean by these names: the WHATWG Encoding Standard, section 4.2.
_MEANT: Final = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
}
# Codecs of Python that are no character sets of mail; some take quadratic time.
_NO_CHARSETS: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "utf-7"}
)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# Characters that turn the direction of what follows: with one before "fdp.exe", a name ends in "exe.pdf" on screen.
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKS: Final = re.compile("[\u061c\u200b\u200e\u200f]")


def text(data: bytes, charset: str = "", *, is_cut: bool = False) -> tuple[str, bool]:
    """The text, and whether its own character set told how to read it; otherwise UTF-8, else Windows-1252.

    ``is_cut``: the data may end in the middle of a character.
    """
    named = _codec(charset)
    for codec in dict.fromkeys([named, "utf-8"]):
        if codec:
            try:
                decoded = codecs.getincrementaldecoder(codec)("strict").decode(data, final=not is_cut)
            except (UnicodeError, ValueError):
                continue
            return decoded, codec == named or not charset
    return data.decode("cp1252", "replace"), False


def clean(value: str) -> str:
    """Lines that end in "\\n", without control characters and without characters that turn the direction."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return _TURNS.sub("", _CONTROLS.sub("", value))


def one_line(value: str, most: int = 500) -> str:
    """A single line of at most ``most`` characters, with nothing invisible that misleads."""
    return _MARKS.sub("", clean(" ".join(value[: 4 * most].split()))).strip()[:most]


def turns_direction(value: str) -> bool:
    """Whether the text holds characters that make it read differently from what it is."""
    return bool(_TURNS.search(value))


def _codec(charset: str) -> str:
    name = charset.strip().lower()
    name = _MEANT.get(name, name)
    try:
        found = codecs.lookup(name) if name.isascii() and name else None
    except (LookupError, ValueError):
        return ""
    if found is None or found.name in _NO_CHARSETS:
        return ""
    # Python also calls compression and rot13 codecs; those do not make text of bytes.
    return found.name if getattr(found, "_is_text_encoding", True) else ""
