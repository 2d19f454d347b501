"""Stretches of a text to be checked: their words and sentences, and where each stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from crm.dutch import numbers

# Nobody writes words or sentences longer than these; what is longer is cut, so that no check takes long over it.
_LONGEST_WORD: Final = 60
_LONGEST_SENTENCE: Final = 600
# A sentence with more figures than this is a table.
_MOST_FIGURES: Final = 25

_FIGURES: Final = re.compile("[0-9]+")
_UNREADABLE: Final = re.compile(
    rf"\S{{{_LONGEST_WORD},}}|(?:https?://|www\.)\S+|[\w.+-]*@[\w.-]+|\b[\w-]+\.(?:nl|org|com|net|eu|example)\b\S*"
    r"|[\x00-\x08\x0b-\x1f\x7f]",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ADDRESS: Final = re.compile(
    r"[^\s<>()\[\]@,;:]{1,64}@[^\s<>()\[\]@,;:]{1,100}\.\w{2,}|\b(?:https?://|www\.)\S"
)
_END: Final = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[•]?\s*[^\W_])")
# After these a full stop ends no sentence, nor after a single capital (J. de Vries).
_ABBREVIATION: Final = re.compile(
    r"(?<!\w)(?:(?-i:[A-Z])|[^\W\d_]\.[^\W\d_]|[a-z]\.[a-z]\.[a-z]|nr|nrs|blz|pag|art|ca|circa|ong|bijv|bv|mln|mld|resp|dhr|mevr|mw|drs"
    r"|ir|ing|mr|dr|prof|st|tel|enz|etc|jl|incl|excl|evt|vgl|jr|sr|wnd|i\.p\.v|i\.v\.m|n\.a\.v)\.\s+$",
    re.IGNORECASE,
)

_ENGLISH: Final = frozenset(
    {"the", "and", "for", "with", "their", "our", "this", "that", "are", "by", "you", "from"}
)
_DUTCH: Final = frozenset(
    {"de", "het", "een", "en", "van", "die", "dat", "voor", "met", "op", "te", "zijn", "aan"}
)


@dataclass(frozen=True, slots=True)
class Span:
    """A word or sentence of a passage: ``text`` is ``passage.text[start:end]``."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they are written."""
        return self.passage.text[self.start : self.end]

    @property
    def line(self) -> int | None:
        """The line of the file in which it begins."""
        return self.passage.line_at(self.start)

    @property
    def spot(self) -> str:
        """The place on screen."""
        return self.passage.spot


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a passage, and the sentence it stands in."""

    span: Span
    sentence: Span
    quantity: numbers.Quantity


@dataclass(frozen=True)
class Passage:
    """A paragraph, list item or other piece of text; ``spot`` names its place on screen, as in ``Finding``.

    ``word_lines`` has the line in the file for each of its words (what white space parts), () for no file.
    """

    text: str
    spot: str = ""
    word_lines: tuple[int, ...] = ()

    @cached_property
    def readable(self) -> str:
        """The text at the same length, with blanks for what is no language: addresses, endless words, controls."""
        return _UNREADABLE.sub(lambda found: " " * len(found[0]), self.text)

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The words in reading order: letters, with hyphens and apostrophes inside. No digits."""
        found = (match.span() for match in _WORD.finditer(self.readable))
        return tuple(Span(self, start, end) for start, end in found if self._stands_free(start, end))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences in reading order; very long ones are cut between words."""
        return tuple(self._sentences())

    @cached_property
    def quantities(self) -> tuple[Figure, ...]:
        """The figures in reading order, as ``crm.dutch.numbers`` finds them; none in rows of figures."""
        found = []
        for sentence in self.sentences:
            shown = self.readable[sentence.start : sentence.end]
            if len(_FIGURES.findall(shown)) <= _MOST_FIGURES:
                for quantity in numbers.find_quantities(shown):
                    start, end = sentence.start + quantity.start, sentence.start + quantity.end
                    found.append(Figure(Span(self, start, end), sentence, quantity))
        return tuple(found)

    @cached_property
    def is_dutch(self) -> bool:
        """False when its small words show that it is in another language, as far as we know that one."""
        small = [span.text.lower() for span in self.words if len(span.text) <= 5]
        foreign = sum(word in _ENGLISH for word in small)
        return foreign < 2 or foreign < sum(word in _DUTCH for word in small)

    @cached_property
    def has_address(self) -> bool:
        """Whether an e-mail or web address stands in it."""
        return _ADDRESS.search(self.text) is not None

    def line_at(self, place: int) -> int | None:
        """The line in the file of the word at this place in the text."""
        if not self.word_lines:
            return None
        index = max(0, bisect_right(self._word_starts, place) - 1)
        return self.word_lines[min(index, len(self.word_lines) - 1)]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [found.start() for found in re.finditer(r"\S+", self.text)]

    def _stands_free(self, start: int, end: int) -> bool:
        """Whether it is a whole word, not a piece of *D66*, *km/h* or *jeugd-*."""
        before, after = self.readable[max(0, start - 1) : start], self.readable[end : end + 1]
        return not (
            before.isdigit() or after.isdigit() or before in {"-", "/", "_"} or after in {"-", "/", "_"}
        ) or (not before and not after)

    def _sentences(self) -> Iterator[Span]:
        start = 0
        for found in _END.finditer(self.readable):
            if not self._ends_sentence(found):
                continue
            yield from self._pieces(start, found.end())
            start = found.end()
        yield from self._pieces(start, len(self.text))

    def _ends_sentence(self, found: re.Match[str]) -> bool:
        following = self.readable[found.end() : found.end() + 3].lstrip("\"'“‘([• ")
        if following[:1].islower():
            return False
        return not _ABBREVIATION.search(self.readable, max(0, found.start() - 12), found.end())

    def _pieces(self, start: int, end: int) -> Iterator[Span]:
        while end - start > _LONGEST_SENTENCE:
            cut = self.readable.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            cut = cut if cut > start else start + _LONGEST_SENTENCE
            yield from self._trimmed(start, cut)
            start = cut
        yield from self._trimmed(start, end)

    def _trimmed(self, start: int, end: int) -> Iterator[Span]:
        text = self.text[start:end]
        kept = text.strip()
        if kept:
            first = start + len(text) - len(text.lstrip())
            yield Span(self, first, first + len(kept))
