"""Figures: where they come from, and whether the fact cabinet says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, takewhile
from typing import Final

from crm.checking.findings import Finding, Fix, Severity
from crm.checking.passages import Passage, Span
from crm.dutch import numbers
from crm.dutch.dates import long_date
from crm.dutch.numbers import Quantity
from letters.preflight.draft import Draft, FactNote
from letters.preflight.wording import listed

# Small numbers are counted on the spot, not looked up.
_SMALLEST: Final = 10
# Beyond these a figure with the same noun is about something else: "3 stadsdorpen" beside "36 stadsdorpen".
_LEAST_RATIO: Final = 0.5
_HAS_SOURCE: Final = re.compile(
    r"(?<![\w-])(?:daaruit|hieruit|waaruit|blijkt|blijken|bleek|volgens|aldus|bron|conform|gebaseerd\s+op|op\s+basis\s+van"
    r"|cbs|laat\s+zien|laten\s+zien|staat\s+in|telde\s+het|telden\s+onderzoekers)(?![\w-])|\([^()]*\b(?:19|20)\d\d\)",
    re.IGNORECASE,
)
# What is asked for or planned has no source yet.
_NO_CLAIM: Final = re.compile(
    r"(?<![\w-])(?:vragen|vraag|verzoeken|pleiten|stellen\s+voor|wilt\s+u|kunt\s+u|zouden|streven|hopen)(?![\w-])|\?",
    re.IGNORECASE,
)
# Measures, ages, periods: "200 meter", "65 jaar", "12 maanden".
_MEASURE: Final = re.compile(
    r"\s*(?:[-–]?jarigen?|jaar|jaren|maand(?:en)?|we(?:ek|ken)|dag(?:en)?|uur|uren|minu(?:ut|ten)|meter|kilometer|km|m2|m²"
    r"|graden|blz|bladzijden|pagina[’']?s|[+]|plus|tot\s+\d|zetels|stemmen)(?![\w-])",
    re.IGNORECASE,
)
_WORD_OR_SIGN: Final = re.compile(r"[^\W\d_][\w’'-]*|[^\w\s]")
_GENERAL: Final = frozenset(
    [
        "mensen",
        "personen",
        "keer",
        "maal",
        "procent",
        "euro",
        "per",
        "in",
        "van",
        "de",
        "het",
        "en",
        "die",
        "op",
        "te",
    ]
)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with the words behind it; ``start`` is where its hedge begins."""

    span: Span
    sentence: Span
    quantity: Quantity
    start: int
    nouns: tuple[Span, ...]

    @property
    def kinds(self) -> set[str]:
        """What it counts, to compare with another: "Amsterdammer" for Amsterdammers."""
        return {_stem(noun.text) for noun in self.nouns[:2]} - _GENERAL

    def written(self, kinds: set[str]) -> str:
        """From its hedge up to the noun that it shares with a fact: "ruim 12.000 actieve Amsterdammers"."""
        noun = next(noun for noun in self.nouns if _stem(noun.text) in kinds)
        return " ".join(self.span.passage.text[self.start : noun.end].split())


def check(draft: Draft) -> Iterator[Finding]:
    """``figure_without_source``, one for each text; ``figure_differs`` for each that the fact cabinet has otherwise."""
    facts = [(fact, fact_figure) for fact in draft.facts for fact_figure in _figures(Passage(fact.value))]
    texts = [[figure for passage in passages for figure in _figures(passage)] for passages in draft.texts]
    figures = [*chain.from_iterable(texts)]
    by_value: dict[Decimal, list[tuple[FactNote, _Figure]]] = {}
    for fact, fact_figure in facts:
        by_value.setdefault(fact_figure.quantity.value, []).append((fact, fact_figure))
    agreed = {
        fact.key
        for figure in figures
        for fact, fact_figure in by_value.get(figure.quantity.value, ())
        if numbers.same(figure.quantity, fact_figure.quantity)
    }
    unused = [(fact, fact_figure) for fact, fact_figure in facts if fact.key not in agreed]
    differing: dict[str, Finding] = {}
    for text in texts:
        loose: list[_Figure] = []
        for figure in text:
            known = by_value.get(figure.quantity.value, ())
            if any(numbers.same(figure.quantity, fact_figure.quantity) for _, fact_figure in known):
                continue
            other = next((pair for pair in unused if _differs(figure, pair[1])), None)
            if other is not None:
                finding = _differing(figure, *other)
                differing.setdefault(finding.quotes[0], finding)
            elif _needs_source(figure):
                loose.append(figure)
        if loose:
            yield _without_source(loose)
    yield from differing.values()


def _figures(passage: Passage) -> Iterator[_Figure]:
    for figure in passage.quantities:
        start, end = figure.span.start, figure.span.end
        hedge = r"\s+".join(re.escape(word) for word in figure.quantity.hedge.split()).replace("’", ".")
        before = re.search(rf"{hedge}\s*$", passage.readable[max(0, start - 40) : start], re.IGNORECASE)
        words = _WORD_OR_SIGN.finditer(passage.readable, end, min(end + 80, figure.sentence.end))
        nouns = [Span(passage, *word.span()) for word in takewhile(lambda word: word[0][0].isalpha(), words)]
        opening = start - len(before[0]) if before and figure.quantity.hedge else start
        yield _Figure(figure.span, figure.sentence, figure.quantity, opening, tuple(nouns[:3]))


def _needs_source(figure: _Figure) -> bool:
    quantity, passage = figure.quantity, figure.span.passage
    if not quantity.unit and (quantity.value < _SMALLEST or not (figure.nouns or quantity.hedge)):
        return False
    if not quantity.unit and _MEASURE.match(passage.readable, figure.span.end):
        return False
    sentence = figure.sentence.text
    return not (_HAS_SOURCE.search(sentence) or _NO_CLAIM.search(sentence))


def _without_source(figures: list[_Figure]) -> Finding:
    quotes = tuple(dict.fromkeys(figure.quantity.text for figure in figures))
    first = figures[0].span
    which = (
        f"Waar komt {quotes[0]} vandaan?"
        if len(quotes) == 1
        else f"Waar komen {listed(quotes, most=6)} vandaan?"
    )
    advice = f"{which} Zet het met de bron bij je feiten, of noem de bron."
    return Finding("figure_without_source", Severity.WARN, quotes, advice, first.spot, first.line)


def _differs(figure: _Figure, fact: _Figure) -> bool:
    """Whether the figure is about what the fact is about, and says something else."""
    one, other = figure.quantity, fact.quantity
    if one.unit != other.unit or not figure.kinds & fact.kinds or not other.value:
        return False
    ratio = one.value / other.value
    return bool(_LEAST_RATIO <= ratio <= 1 / _LEAST_RATIO)


def _stem(noun: str) -> str:
    noun = noun.lower()
    return noun if noun in _GENERAL else re.sub(r"(?:en|s)$", "", noun)


def _differing(figure: _Figure, fact: FactNote, fact_figure: _Figure) -> Finding:
    source = ", ".join(part for part in (fact.source, f"op {long_date(fact.as_of_on)}") if part)
    advice = f"In je feiten staat: {fact.value} ({source}). Neem dat over, of werk je feiten bij."
    written = figure.written(fact_figure.kinds)
    one, other = figure.quantity, fact_figure.quantity
    if one.value != other.value:
        right = written.replace(one.text, other.text, 1)
    else:
        right = f"{other.hedge} {written[written.index(one.text) :]}"
    fix = Fix(written, right)
    return Finding(
        "figure_differs", Severity.WARN, (written,), advice, figure.span.spot, figure.span.line, (fix,)
    )
