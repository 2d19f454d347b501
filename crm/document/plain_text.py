"""Plain text with hard line breaks, as people paste it, into paragraphs and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crm.document.characters import clean
from crm.document.tree import Block, ListBlock, Paragraph, Rule, Text

# Nobody wraps lines wider than this: a longer line is a whole paragraph.
_WIDEST_WRAP = 120
# So many lines that break off in the middle of a sentence tell that a text was wrapped, whatever was typed in it since.
_BROKEN_OFF = 3
# A line that ends well before the margin was ended on purpose.
_SHORT = 0.75

_DOT = re.compile(r"\s*[•●▪◦‣∙\uf0b7]\s*")
_DASH = re.compile(r"\s*[-*·–—−](?:\s+|$)")
_NUMBER = re.compile(r"\s*(\d{1,2})[.)]\s+(?=\S)")
_RULE = re.compile(r"\s*(?:-[- ]{2,}|_[_ ]{2,}|\*[* ]{2,}|=[= ]{2,})\s*")
_SENTENCE_END = re.compile(r"[.!?:…][”’\"')\]]*$")


def blocks_of(lines: Sequence[str]) -> tuple[Block, ...]:
    """The paragraphs and lists in these lines (as typed, with their indents; an empty line parts paragraphs).

    Lines of one paragraph are joined, and so is a list item or paragraph that an empty line cut in the middle of a
    sentence. Lines that open with • - * – become a list, 1. 2. 3. a numbered one, a row of dashes a rule.
    """
    reader = _Reader(lines, _margin(lines))
    for place in range(len(lines)):
        reader.read(place)
    reader.end_block()
    return tuple(reader.blocks)


def bullet_length(line: str) -> int:
    """How many characters the bullet at the start of the line takes with its spaces, 0 when there is none."""
    match = _DOT.match(line) or _DASH.match(line)
    return match.end() if match else 0


def _margin(lines: Sequence[str]) -> int:
    """The width at which the text was wrapped, 0 when it was not: then every line is a paragraph."""
    widths = [len(line.rstrip()) for line in lines if len(line.split()) > 1]
    wrapped = [width for width in widths if width <= _WIDEST_WRAP]
    if len(wrapped) == len(widths) or _broken_off(lines) >= _BROKEN_OFF:
        return max(wrapped, default=0)
    return 0


def _broken_off(lines: Sequence[str]) -> int:
    """How many lines go on in the next one, which opens in lower case."""
    return sum(
        len(line.split()) > 1 and not _ends_sentence(line.rstrip()) and after.strip()[:1].islower()
        for line, after in pairwise(lines)
    )


@dataclass
class _Reader:
    lines: Sequence[str]
    margin: int
    blocks: list[Block] = field(default_factory=list)
    # The paragraph or list item being read, line by line; items and their kind while in a list.
    parts: list[str] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=list)
    ordered: bool = False
    indent: int = 0
    after_empty: bool = False

    def read(self, place: int) -> None:
        line = self.lines[place]
        text = clean(line).strip()
        if not text:
            self.after_empty = True
            return
        item = self._item(place)
        if _RULE.fullmatch(line):
            self.end_block()
            self.blocks.append(Rule())
        elif item is not None:
            ordered, rest = item
            if not self.items or self.ordered != ordered:
                self.end_block()
            self.ordered, self.indent = ordered, _indent(line)
            self.parts = [rest] if rest else []
            self.items.append(self.parts)
        elif self._goes_on(line, text):
            self.parts.append(text)
        else:
            self.end_block()
            self.parts = [text]
        self.after_empty = False

    def end_block(self) -> None:
        if self.items:
            if filled := [(Text(" ".join(parts)),) for parts in self.items if parts]:
                self.blocks.append(ListBlock(self.ordered, tuple(filled)))
        elif self.parts:
            self.blocks.append(Paragraph((Text(" ".join(self.parts)),)))
        self.items, self.parts = [], []

    def _item(self, place: int) -> tuple[bool, str] | None:
        """Whether the list is ordered, and the text of the item, when the line opens one."""
        line = self.lines[place]
        if number := _NUMBER.match(line):
            expected = len(self.items) + 1 if self.items and self.ordered else 1
            if int(number[1]) == expected and not self._within_sentence(place, _NUMBER):
                return True, clean(line[number.end() :]).strip()
        if dot := _DOT.match(line):
            return False, clean(line[dot.end() :]).strip()
        if (dash := _DASH.match(line)) and not self._within_sentence(place, _DASH):
            return False, clean(line[dash.end() :]).strip()
        return None

    def _within_sentence(self, place: int, mark: re.Pattern[str]) -> bool:
        """Whether the mark that opens this line is part of a sentence that runs on from the line before."""
        runs_on = bool(self.parts) and not self.after_empty and not _ends_sentence(self.parts[-1])
        more = place + 1 < len(self.lines) and mark.match(self.lines[place + 1])
        return runs_on and not self.items and not more

    def _goes_on(self, line: str, text: str) -> bool:
        """Whether the line belongs to the paragraph or item before it."""
        if not self.parts:
            return bool(self.items)  # a bullet that stood alone on its line
        previous = self.parts[-1]
        if self.after_empty:
            cut = text[0].islower() and not _ends_sentence(previous)
            return cut and (bool(self.items) or (self.margin > 0 and self._reached_margin(previous, text)))
        if self.items and _indent(line) >= self.indent + 2:
            return True
        if not self.margin:
            return False
        return text[0].islower() or not _ends_sentence(previous) or self._reached_margin(previous, text)

    def _reached_margin(self, previous: str, text: str) -> bool:
        """Whether the line before was full: the first word of this one would hardly have fitted."""
        return len(previous) + 1 + len(text.split()[0]) > _SHORT * self.margin


def _ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
