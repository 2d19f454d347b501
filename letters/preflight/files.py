"""A letter in a file as the rules want it: text or DOCX, with the line in the file for every word of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from crm.document.characters import clean
from crm.document.importing import from_upload
from crm.document.lines import to_lines
from crm.document.uploads import decode, is_zip
from letters.preflight.draft import Draft

# How many words may have been left out between two that follow each other.
_GAP: Final = 12
# A passage is looked for by its first words, at so many places at most.
_OPENING: Final = 3
_PLACES: Final = 200
_BULLETS: Final = "•●▪◦‣∙·*-–—−"


def read(name: str, data: bytes, own_words: Sequence[str] = ()) -> Draft:
    """The letter in a file; raises ``crm.document.uploads.UploadError``, in Dutch, for what cannot be read.

    Of a file it is not known who gets it, what is enclosed and under which letterhead: no rule asks for those. The
    findings for a text have lines, those for a DOCX have none.
    """
    letter = from_upload(name, data)
    lines = to_lines(letter.document)
    sign_off = "\n".join(letter.sign_off)
    passages = [letter.subject, letter.salutation, *(line.text for line in lines), letter.closing, sign_off]
    return Draft(
        subject=letter.subject,
        salutation=letter.salutation,
        lines=lines,
        closing=letter.closing,
        sign_off=sign_off,
        own_words=tuple(own_words),
        word_lines=() if is_zip(data) else _word_lines(passages, decode(data)),
    )


def _word_lines(passages: Sequence[str], text: str) -> tuple[tuple[int, ...], ...]:
    """For each passage the line in the file of each of its words: the passages stand there in this order."""
    words: list[str] = []
    lines: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        for word in clean(line).split():
            words.append(word.lstrip(_BULLETS) or word)
            lines.append(number)
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word, []).append(place)
    found = []
    place = 0
    for passage in passages:
        wanted = [word.lstrip(_BULLETS) or word for word in passage.split()]
        place = _opening(wanted, words, places, place)
        numbers = []
        for word in wanted:
            place = _next(word, words, place)
            numbers.append(lines[min(place, len(lines) - 1)])
            place += place < len(words) and _same(words[place], word)
        found.append(tuple(numbers))
    return tuple(found)


def _opening(wanted: Sequence[str], words: Sequence[str], places: dict[str, list[int]], place: int) -> int:
    """Where the passage begins: the first place from here on where its first words stand, else here."""
    if not wanted:
        return place
    at = places.get(wanted[0], [])
    first = bisect_left(at, place)
    opening = list(wanted[:_OPENING])
    for candidate in at[first : first + _PLACES]:
        if all(
            _same(*pair) for pair in zip(words[candidate : candidate + len(opening)], opening, strict=False)
        ):
            return candidate
    return place


def _next(word: str, words: Sequence[str], place: int) -> int:
    """Where the word stands, when that is near; else here."""
    for candidate in range(place, min(place + _GAP, len(words))):
        if _same(words[candidate], word):
            return candidate
    return place


def _same(written: str, word: str) -> bool:
    """Whether it is the same word; the comma after a salutation may be gone."""
    return written == word or written.rstrip(",:") == word
