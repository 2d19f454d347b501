"""Words that are nearly one of our own: "stadsdopen" for "stadsdorpen"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from crm.checking import dictionary
from crm.checking.findings import Finding, Fix, Severity
from crm.checking.passages import Passage, Span

_SHORTEST: Final = 5
# A word the text itself uses this often, and that is right, counts as one of its own.
_OFTEN: Final = 3
_SHORTEST_FROM_TEXT: Final = 7
_LONG: Final = 9
# A text with more than this is not being proofread yet; the bounds keep hostile texts cheap.
_MOST_FINDINGS: Final = 40
_MOST_WORDS: Final = 6_000
_MOST_TARGETS: Final = 2_000

_ENDINGS: Final = frozenset({"", "'s", "jes", "je", "ers", "er", "en", "ën", "se", "s", "n", "e", "r", "rs"})


@dataclass
class _Use:
    """How a word stands in the text, capitals aside."""

    first: Span
    forms: dict[str, int] = field(default_factory=dict)
    in_sentence: bool = False

    @property
    def count(self) -> int:
        return sum(self.forms.values())


def find(passages: Sequence[Passage], own_words: Iterable[str] = ()) -> tuple[Finding, ...]:
    """One warning (``near_miss``) for each word that is nearly one of ours, in reading order.

    Ours are the words of ``own_words`` (names of several words are taken apart) and those the text itself uses often.
    What the dictionary lists, and what is a form of an own word, is left alone; a compound that the dictionary merely
    allows is not when it has exactly our letters in another order ("stadsdrop").
    """
    uses = _uses(passages)
    own = _own(own_words)
    forms = {form for word in own for form in _forms(word)} - own.keys()
    often = {
        word
        for word, use in uses.items()
        if use.count >= _OFTEN and len(word) >= _SHORTEST_FROM_TEXT and dictionary.knows(word)
    }
    targets = [*own, *sorted(forms), *sorted(often, key=lambda word: -uses[word].count)][:_MOST_TARGETS]
    findings: list[Finding] = []
    for word, use in list(uses.items())[:_MOST_WORDS]:
        if len(word) < _SHORTEST or word in own or len(findings) == _MOST_FINDINGS:
            continue
        for target, distance, _ in process.extract(
            word, targets, scorer=OSA.distance, score_cutoff=2, limit=5
        ):
            if target in own or (target in forms and dictionary.knows(target)):
                near = distance == 1 or (distance == 2 and len(target) >= _LONG)
            else:
                # Only a small letter shows that a word is no name, and names may well resemble a word.
                near = (
                    target in often and distance == 1 and use.in_sentence and uses[target].count > use.count
                )
            if near and not _are_forms(word, target) and not _is_right(word, use, target):
                findings.append(_finding(use, own.get(target, target)))
                break
    return tuple(findings)


def _uses(passages: Sequence[Passage]) -> dict[str, _Use]:
    uses: dict[str, _Use] = {}
    for passage in passages:
        for span in passage.words if passage.is_dutch else ():
            word = _folded(span.text)
            use = uses.setdefault(word, _Use(span))
            use.forms[span.text] = use.forms.get(span.text, 0) + 1
            use.in_sentence |= span.text[0].islower() or _opens_sentence(span)
    return uses


def _own(own_words: Iterable[str]) -> dict[str, str]:
    """Our words, each with the capitals it is written with."""
    words = (span.text for name in own_words for span in Passage(name).words)
    return {_folded(word): word for word in words if len(word) >= _SHORTEST}


def _forms(word: str) -> Iterator[str]:
    """What may be other forms of an own word: stadsdorp, stadsdorpje for stadsdorpen."""
    roots = {word, *(word.removesuffix(ending) for ending in ("en", "s") if word.endswith(ending))}
    for root in roots:
        yield from (root + ending for ending in ("", "en", "s", "n", "je", "jes", "e"))


def _is_right(word: str, use: _Use, target: str) -> bool:
    written = use.first.text
    if dictionary.lists(word) or dictionary.lists(written):
        return True
    same_letters = sorted(word) == sorted(target)
    return not same_letters and (dictionary.knows(word) or dictionary.knows(written))


def _finding(use: _Use, wanted: str) -> Finding:
    fixes = tuple(Fix(form, _cased(wanted, form), count) for form, count in use.forms.items())
    advice = f'Bedoel je "{fixes[0].new}"?'
    first = use.first
    return Finding("near_miss", Severity.WARN, (first.text,), advice, first.spot, first.line, fixes)


def _cased(wanted: str, form: str) -> str:
    """A name keeps its own capitals, another word follows the form it replaces."""
    if wanted != wanted.lower() and not wanted[1:].islower():
        return wanted
    return wanted[:1].upper() + wanted[1:] if form[:1].isupper() else wanted[:1].lower() + wanted[1:]


def _are_forms(one: str, other: str) -> bool:
    """Whether the two differ in their ending only."""
    shared = Prefix.similarity(one, other)
    return one[shared:] in _ENDINGS and other[shared:] in _ENDINGS


def _folded(word: str) -> str:
    return word.lower().replace("’", "'")


def _opens_sentence(span: Span) -> bool:
    before = span.passage.text[max(0, span.start - 4) : span.start].strip(" \n\t\"'“‘(")
    return not before or before[-1] in ".!?:•"
