"""Taking passages out of a text for a copy that everybody may see: what goes is nowhere in what stays."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

# What is found in a public copy in the Netherlands where something was taken out (Wet open overheid).
MARK: Final = "[weggelakt]"
SHORTEST: Final = 2
MOST_SUGGESTED: Final = 20
# Marks that look the same to who types them.
_SAME_MARKS: Final = ("'’‘ʼ`´", '"“”„')
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ADDRESS: Final = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE: Final = re.compile(r"(?<![\w.])(?:\+31|0031|\(?0)(?:[ ()-]{0,2}[0-9]){9}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Blackened:
    """The texts without the passages, in how many places those stood, and which of them stood nowhere."""

    texts: tuple[str, ...]
    places: int
    missing: tuple[str, ...]


def black_out(texts: Sequence[str], passages: Sequence[str]) -> Blackened:
    """Take these passages out of the texts, wherever they stand, whatever the capitals and the line breaks in them."""
    patterns = {passage: _pattern(passage) for passage in passages}
    left, places, found = [], 0, set()
    for text in map(_plain, texts):
        # All are looked for in the text as it was: what overlaps goes as a whole.
        spans = []
        for passage, pattern in patterns.items():
            here = [match.span() for match in pattern.finditer(text)]
            spans += here
            if here:
                found.add(passage)
        merged = _merged(spans)
        places += len(merged)
        left.append(_without(text, merged))
    return Blackened(tuple(left), places, tuple(one for one in patterns if one not in found))


def suggested(text: str) -> list[str]:
    """What most often has to go: e-mail addresses and telephone numbers."""
    plain = _plain(text)
    return list(dict.fromkeys([*_ADDRESS.findall(plain), *_PHONE.findall(plain)]))[:MOST_SUGGESTED]


def passages(typed: str) -> list[str]:
    """The passages in what somebody typed, one on each line; a mark of quotation by itself is no word."""
    lines = (" ".join(word for word in one.split() if word.strip(">")) for one in _plain(typed).splitlines())
    return [line for line in lines if line]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], MARK]
        at = end
    return "".join([*pieces, text[at:]])


def _pattern(passage: str) -> re.Pattern[str]:
    words = r"[\s>]+".join(_typed(word) for word in passage.split())
    before = r"(?<!\w)" if passage[:1].isalnum() else ""
    after = r"(?!\w)" if passage[-1:].isalnum() else ""
    return re.compile(f"{before}{words}{after}", re.IGNORECASE)


def _typed(word: str) -> str:
    """A word as a pattern: a keyboard has straight quotes where a mail program makes curly ones."""
    pattern = re.escape(word)
    for marks in _SAME_MARKS:
        pattern = re.sub(f"[{marks}]", f"[{marks}]", pattern)
    return pattern


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
