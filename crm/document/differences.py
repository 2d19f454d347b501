"""What changed between two versions of a text, told per paragraph and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from crm.document.mail import text_of
from crm.document.normal import normalise
from crm.document.tree import Block, Document, Heading, Inline, ListBlock, Paragraph, Rule

# A line keeps at least this share of its words when it counts as rewritten, not as one gone and another come.
_KIN = 0.4
# Beyond these sizes comparing costs more than anyone gains by it: then the old stands whole beside the new.
_MOST_WORD_PAIRS = 4_000_000
_MOST_LINE_PAIRS = 200_000

_WORD = re.compile(r"\s*(?:\w+(?:[.,'’-]\w+)*|[^\w\s])\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that was kept, removed or added."""

    kind: Literal["kept", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line (paragraph, heading, list item or rule) that differs, with ``parts`` in reading order.

    ``kind``: *added*, *removed*, *changed* (its words), *formatted* (same words; bold, a break, a heading, a list,
    the source of a fact), *moved* (elsewhere, and perhaps changed on the way). ``number`` is that of its paragraph in
    the new text, of a removed line in the old; ``old_number`` in the old text, None when added; ``item`` is the
    place in its list from 1, None outside lists. A rule has no text. An address behind a word shows as
    "word (https://…)".
    """

    kind: Literal["added", "removed", "changed", "formatted", "moved"]
    number: int
    old_number: int | None
    item: int | None
    parts: tuple[Part, ...]


def number_paragraphs(document: Document) -> tuple[tuple[int, Block], ...]:
    """Every block with the number of its paragraph ("alinea") as a reader counts: paragraphs and lists, from 1.

    A heading or rule does not count: it has the number of the paragraph that follows.
    """
    numbered: list[tuple[int, Block]] = []
    number = 1
    for block in document.blocks:
        numbered.append((number, block))
        number += isinstance(block, Paragraph | ListBlock)
    return tuple(numbered)


def compare(old: Document, new: Document) -> tuple[Change, ...]:
    """What an approver must look at again, in the order of the new text, removed lines where they stood.

    Empty exactly when the trees are equal in normal form. Kept and added parts of a line together are its new text.
    """
    old, new = normalise(old), normalise(new)
    if old == new:
        return ()
    before, after = list(_lines(old)), list(_lines(new))
    matcher = SequenceMatcher(
        None,
        [line.same for line in before],
        [line.same for line in after],
        autojunk=len(before) * len(after) > _MOST_LINE_PAIRS,
    )
    stretches = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    pairs = _pairs(before, after, [(range(a, b), range(c, d)) for _, a, b, c, d in stretches])
    partners = {j: (i, moved) for i, j, moved in pairs}
    gone = {i for i, _, _ in pairs}
    changes: list[Change] = []
    for _, a, b, c, d in stretches:
        changes += [_removed(before[i]) for i in range(a, b) if i not in gone]
        for j in range(c, d):
            if j in partners:
                i, moved = partners[j]
                changes.append(_changed(before[i], after[j], moved))
            else:
                changes.append(_added(after[j]))
    return tuple(changes) or _regrouped(old, new)


class _Line(NamedTuple):
    """A line to compare: ``same`` is everything that counts about it."""

    number: int
    item: int | None
    kind: str
    text: str
    pieces: tuple[str, ...]  # words and signs with the space around them: together the text
    words: tuple[str, ...]
    same: tuple[str, tuple[Inline, ...]]


class _Pair(NamedTuple):
    old: int
    new: int
    moved: bool


def _lines(document: Document) -> Iterator[_Line]:
    def line(number: int, item: int | None, kind: str, children: tuple[Inline, ...]) -> _Line:
        text = text_of(children)
        pieces = tuple(_WORD.findall(text))
        words = tuple(piece.strip() for piece in pieces)
        return _Line(number, item, kind, text, pieces, words, (kind, children))

    for number, block in number_paragraphs(document):
        match block:
            case Paragraph(children):
                yield line(number, None, "p", children)
            case Heading(level, children):
                yield line(number, None, f"h{level}", children)
            case ListBlock(ordered, items):
                for place, item in enumerate(items, start=1):
                    yield line(number, place, "ol" if ordered else "ul", item)
            case Rule():
                yield line(number, None, "hr", ())


def _pairs(before: list[_Line], after: list[_Line], stretches: list[tuple[range, range]]) -> list[_Pair]:
    """Which old line became which new one: the most alike first, each line once."""
    old_place = {i: place for place, (olds, _) in enumerate(stretches) for i in olds}
    new_place = {j: place for place, (_, news) in enumerate(stretches) for j in news}
    likeness: dict[tuple[int, int], float] = {}
    if len(old_place) * len(new_place) <= _MOST_LINE_PAIRS:
        for i, j in product(old_place, new_place):
            near = old_place[i] == new_place[j]
            score = _likeness(before[i], after[j])
            if score >= _KIN:
                # Of two equally alike, the one that stayed in its place wins.
                likeness[i, j] = score + 0.1 * near
    for olds, news in stretches:
        # A single line in the place of a single line is that line rewritten, however much of it.
        if len(olds) == len(news) == 1 and before[olds[0]].kind == after[news[0]].kind:
            likeness.setdefault((olds[0], news[0]), 0.0)
    pairs: list[_Pair] = []
    used_old: set[int] = set()
    used_new: set[int] = set()
    for i, j in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append(_Pair(i, j, moved=old_place[i] != new_place[j]))
    return pairs


def _likeness(old: _Line, new: _Line) -> float:
    if (old.kind == "hr") != (new.kind == "hr"):
        return 0.0
    return Indel.normalized_similarity(old.words, new.words)


def _added(line: _Line) -> Change:
    return Change("added", line.number, None, line.item, _stretch("added", line.text))


def _removed(line: _Line) -> Change:
    return Change("removed", line.number, line.number, line.item, _stretch("removed", line.text))


def _changed(old: _Line, new: _Line, moved: bool) -> Change:
    kind: Literal["moved", "formatted", "changed"] = "changed"
    if moved:
        kind = "moved"
    elif old.words == new.words:
        kind = "formatted"
    return Change(kind, new.number, old.number, new.item, _parts(old, new))


def _stretch(kind: Literal["kept", "removed", "added"], text: str) -> tuple[Part, ...]:
    return (Part(kind, text),) if text else ()


def _parts(old: _Line, new: _Line) -> tuple[Part, ...]:
    if len(old.words) * len(new.words) > _MOST_WORD_PAIRS:
        return _stretch("removed", old.text) + _stretch("added", new.text)
    parts: tuple[Part, ...] = ()
    for tag, a, b, c, d in SequenceMatcher(None, old.words, new.words, autojunk=False).get_opcodes():
        was, now = "".join(old.pieces[a:b]), "".join(new.pieces[c:d])
        parts += (
            _stretch("kept", now) if tag == "equal" else _stretch("removed", was) + _stretch("added", now)
        )
    return parts


def _regrouped(old: Document, new: Document) -> tuple[Change, ...]:
    """The same lines in other lists: the first block that is not what it was."""
    pairs = zip(number_paragraphs(old), number_paragraphs(new), strict=False)
    (was, _), (number, block) = next((before, after) for before, after in pairs if before != after)
    text = "\n".join(line.text for line in _lines(Document((block,))))
    return (Change("formatted", number, was, None, _stretch("kept", text)),)
