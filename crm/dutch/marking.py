"""Which words of a text are the ones that were typed, whatever the capitals, accents and punctuation."""

from __future__ import annotations

from collections.abc import Iterator

from crm.dutch import prefixes
from crm.dutch.folding import WHOLE_FROM, fold


def pieces(text: str, typed: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it was typed: ``[("Anna ", False), ("de Vries", True)]`` for "devries".

    What was typed as a whole goes before its words; a prefix alone (de, van) is no such word. Joined together the
    pieces are the text.
    """
    words = fold(typed).split()
    letters, begins = _letters(text)
    places = _places(letters, begins, ["".join(words)])
    if not places and len(words) > 1:
        places = _places(letters, begins, [word for word in words if word not in prefixes.FOLDED])
    return list(_cut(text, sorted(places)))


def _letters(text: str) -> tuple[list[tuple[str, int]], set[int]]:
    """The letters and digits of the text as they fold, each with its place, and which of them begin a word."""
    letters: list[tuple[str, int]] = []
    begins = set()
    before = ""
    for place, character in enumerate(text):
        folded = fold(character)
        seam = not before.isalnum() or (before.islower() and character.isupper())
        if folded and (seam or before.isdigit() != character.isdigit()):
            begins.add(len(letters))
        letters += [(letter, place) for letter in folded]
        before = character
    return letters, begins


def _places(letters: list[tuple[str, int]], begins: set[int], wanted: list[str]) -> set[int]:
    """The places in the text of every letter that belongs to something wanted; a short word only where one begins."""
    squeezed = "".join(letter for letter, _place in letters)
    found: set[int] = set()
    for word in filter(None, wanted):
        start = squeezed.find(word)
        while start >= 0:
            end = start + len(word)
            if len(word) >= WHOLE_FROM or start in begins:
                found.update(range(letters[start][1], letters[end - 1][1] + 1))
            start = squeezed.find(word, start + 1)
    return found


def _cut(text: str, places: list[int]) -> Iterator[tuple[str, bool]]:
    """The text cut where a marked stretch begins or ends."""
    marked = set(places)
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or (place in marked) != (start in marked):
            yield text[start:place], start in marked
            start = place


def around(text: str, typed: str, most: int = 120) -> str:
    """A piece of a text in one line, around the first of the words that were typed; its beginning without any."""
    line = " ".join(text.split())
    lower = line.lower()
    places = [place for word in typed.lower().split() if (place := lower.find(word)) >= 0]
    start = max(min(places, default=0) - most // 3, 0)
    start = line.rfind(" ", 0, start) + 1
    piece = line[start:]
    if len(piece) > most:
        piece = f"{piece[:most].rsplit(' ', 1)[0]} …"
    return f"… {piece}" if start else piece
