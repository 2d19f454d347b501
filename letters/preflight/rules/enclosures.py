"""Enclosures that the text speaks of, and that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Final

from crm.checking.findings import Finding, Severity
from crm.checking.passages import Span
from letters.preflight.documents import Named, named_in
from letters.preflight.draft import OWN_SPOT, Draft

_YOU: Final = r"(?:u|jullie|je)"
_US: Final = r"(?:wij|we|ik)"
_RECEIVE: Final = r"(?:ontvang(?:t|en)?|tref(?:t|fen)|vind(?:t|en)|krijg(?:t|en))"
_SEND: Final = r"(?:stu(?:ur|ren)|zend(?:en)?|bied(?:en)?|doen?|overhandig(?:en)?|geven?|geef|voeg(?:en)?)"
_GIVES: Final = rf"(?:{_RECEIVE}\s+{_YOU}|{_YOU}\s+{_RECEIVE}|{_SEND}\s+(?:{_US}|{_YOU})|{_US}\s+{_SEND})"
_WORD: Final = r"\s+[^\s.,;:!?]+"
# Hierbij by itself says nothing: "hierbij nodigen wij u uit", "hierbij vindt een gesprek plaats".
_HIERBIJ: Final = re.compile(
    rf"(?<![\w-])(?:{_GIVES}(?:{_WORD}){{0,4}}?\s+hierbij"
    rf"|(?:hierbij|(?:met|bij)\s+deze\s+(?:brief|mail|e-mail))(?:{_WORD}){{0,2}}?\s+{_GIVES})(?![\w-])",
    re.IGNORECASE,
)
_WITH_THIS: Final = re.compile(
    r"(?<![\w-])(?:(?P<before_noun>bijgevoegde|bijgaande|meegestuurde|hierbij\s+gevoegde)"
    r"|bijgevoegd|bijgaand|bijgesloten|ingesloten|meegezonden|hierbij\s+gevoegd)(?![\w-])",
    re.IGNORECASE,
)
# Between "bijgaande" and the noun it belongs to.
_ADJECTIVES: Final = re.compile(r"\s*(?:[^\W\d_]+e\s+){0,2}", re.IGNORECASE)
_BIJLAGE: Final = re.compile(
    r"(?<![\w-])(?:(?P<see>zie)(?:\s+(?:de|onze))?|(?:in|als|met)(?:\s+(?:de|onze|een))?)\s+bijlagen?(?![\w-])",
    re.IGNORECASE,
)
_ALONG: Final = re.compile(
    rf"(?<![\w-])(?:{_SEND}\s+(?:{_US}|{_YOU})|{_US}\s+{_SEND})(?:{_WORD}){{1,12}}?\s+(?:mee|bij)(?=\s*(?:[.,;!?)]|$))",
    re.IGNORECASE,
)
_LETTER: Final = r"(?:brief|mail|e-mail|bericht|schrijven)"
_NOT_OURS: Final = re.compile(
    r"(?<![\w-])(?:(?:niet|geen)\s+(?:\w+\s+)?(?:bij|mee|in)(?:ge\w+|lagen?)|door\s+u"
    rf"|uw\s+(?:\w+\s+)?(?:bij\w+|{_LETTER})"
    # Of another paper: "bijlage 3 van de nota", not "de bijlage bij deze brief".
    r"|bijlagen?(?:\s+(?:\d{1,3}|[a-z]|[ivx]+))?\s+(?:bij|van|uit|achter|in)\s+"
    rf"(?!(?:deze|dit|onze|ons)\s+{_LETTER})(?:de|het|een|dit|dat|deze|die|ons|onze|uw|hun|zijn|haar|jullie)"
    # Of an earlier letter.
    rf"|(?:vorige|eerdere|vroegere|laatste)\s+{_LETTER}|{_LETTER}\s+(?:van|d\.d\.)\s+\d{{1,2}}"
    # An island is "ingesloten door water", a street "ligt ingesloten".
    r"|ingesloten\s+(?:door|tussen|lig\w+)|(?:lig|raak|voel)\w*\s+(?:\w+\s+){0,3}ingesloten)(?![\w-])",
    re.IGNORECASE,
)
# What was sent or found before now is no part of this letter.
_PAST: Final = re.compile(
    r"(?<![\w-])(?:(?:na|toe|mee|op)?(?:stuurde|zond|ontving|kreeg|vond|trof)(?:en)?|ontvingen|kregen|troffen)(?![\w-])",
    re.IGNORECASE,
)
_BETWEEN_US: Final = re.compile(
    r"(?<![\w-])(?:u|uw|jullie|je|wij|we|ik|ons|onze|mijn)(?![\w-])", re.IGNORECASE
)
_LATER: Final = re.compile(
    r"(?<![\w-])(?:zal|zullen|later|zodra|volgt|volgen|binnenkort|t\.z\.t\.)(?![\w-])", re.IGNORECASE
)
# The letter itself is what these give.
_LETTER_ITSELF: Final = frozenset({"uitnodiging", "uitnodigingen", "toelichting", "samenvatting"})
_AND: Final = re.compile(r"\s*(?:,|en|alsmede|evenals|plus|,\s*en)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mention:
    """``sure``: that it goes with this letter; else it may well be another paper's enclosure."""

    named: Named
    span: Span
    sure: bool = True


def check(draft: Draft) -> Iterator[Finding]:
    """``enclosure_missing`` for each document that the text says is enclosed and that is not among the enclosures.

    It blocks. It only asks when something else is enclosed under a title that does not tell, and when the enclosure
    may well be that of another paper.
    """
    mentions: list[_Mention] = []
    for passage in chain.from_iterable(draft.texts):
        for sentence in passage.sentences:
            mentions += _mentions(sentence)
    attached = [note.title for note in draft.enclosures if note.attached]
    specific = [mention for mention in mentions if not mention.named.is_general]
    unclaimed = [title for title in attached if not any(mention.named.fits(title) for mention in specific)]
    told: set[str] = set()
    # "Zie de bijlage" is about the same paper as the sentence that names it.
    for mention in specific or mentions[:1]:
        named = mention.named
        is_told = named.noun in told if not named.year else f"{named.noun} {named.year}" in told
        if is_told or any(named.fits(title) for title in attached):
            continue
        told |= {named.noun, f"{named.noun} {named.year}"}
        yield _finding(draft, mention, unclaimed, attached)


def _finding(draft: Draft, mention: _Mention, unclaimed: list[str], attached: list[str]) -> Finding:
    named = mention.named
    severity = Severity.BLOCK
    other_year = next((title for title in unclaimed if named.contradicts(title)), "")
    if other_year:
        advice = f'Je noemt {named.definite} {named.year}, maar bijgevoegd is "{other_year}". Voeg het goede stuk toe.'
    elif unclaimed:
        severity = Severity.WARN
        advice = (
            f'Je noemt {named.definite}. Bijgevoegd is "{unclaimed[0]}". Is dat het? Voeg het anders toe.'
        )
    elif any(note.promised and not note.attached and named.fits(note.title) for note in draft.enclosures):
        advice = f"Je schrijft dat {named.definite} erbij zit, maar op je lijst komt dat later. Voeg het toe."
    elif attached:
        advice = f"Je noemt een bijlage die er niet bij zit. Voeg {named.definite} toe."
    elif not mention.sure:
        severity = Severity.WARN
        advice = (
            "Je noemt een bijlage, en er zit niets bij. Hoort die bij deze brief? Voeg die dan toe. "
            "Zo niet, laat het zo."
        )
    else:
        advice = f"Je noemt een bijlage, maar er zit niets bij. Voeg {named.definite} toe."
    span = mention.span
    quote = " ".join(span.text.split())
    # What one alone is told about is mended in their own words as often as among the enclosures.
    spot = span.spot if span.spot.startswith(OWN_SPOT) else "enclosures"
    return Finding("enclosure_missing", severity, (quote,), advice, spot, span.line)


def _mentions(sentence: Span) -> Iterator[_Mention]:
    text = sentence.passage.readable[sentence.start : sentence.end]
    if found := _HIERBIJ.search(text):
        yield from _named_by(sentence, text, found, is_general=False)
    elif _NOT_OURS.search(text):
        return
    elif found := _WITH_THIS.search(text):
        yield from _with_this(sentence, text, found)
    elif _LATER.search(text):
        return
    elif found := _BIJLAGE.search(text):
        gives = found["see"] or re.search(_GIVES, text, re.IGNORECASE)
        if gives or not _PAST.search(text):
            sure = bool(gives or _BETWEEN_US.search(text))
            for mention in _named_by(sentence, text, found, is_general=True):
                yield replace(mention, sure=sure)
    elif found := _ALONG.search(text):
        yield from _named_by(sentence, text, found, is_general=False)


def _with_this(sentence: Span, text: str, sign: re.Match[str]) -> Iterator[_Mention]:
    """What is "bijgevoegd", as far as that is a paper: "bijgaande ontwikkelingen" go along with nothing."""
    if sign["before_noun"]:
        noun = _ADJECTIVES.match(text, sign.end())
        at = noun.end() if noun else sign.end()
        papers = [named for named in named_in(text) if named.start <= at < named.end]
        if papers:
            yield from _named_by(sentence, text, sign, is_general=False)
        elif not sign[0].lower().startswith("bijgaand"):
            span = Span(sentence.passage, sentence.start + sign.start(), sentence.start + sign.end())
            yield _Mention(_ANY, span, sure=False)
        return
    gives = re.search(_GIVES, text, re.IGNORECASE)
    is_general = bool(gives) or sign[0].lower() == "bijgevoegd"
    yield from _named_by(sentence, text, sign, is_general=is_general, sure=bool(gives))


def _named_by(
    sentence: Span, text: str, sign: re.Match[str], *, is_general: bool, sure: bool = True
) -> Iterator[_Mention]:
    """The documents that the sign is about: the first one named in or after it, else the last before it.

    ``is_general``: a sign without any document is about an enclosure all the same, ``sure`` or not.
    """
    start, end = sign.span()

    def mention(named: Named, first: int, last: int, *, sure: bool = True) -> _Mention:
        return _Mention(named, Span(sentence.passage, sentence.start + first, sentence.start + last), sure)

    documents = [named for named in named_in(text) if named.noun not in _LETTER_ITSELF]
    others = [named for named in documents if not named.is_general]
    after = [named for named in others if named.start >= start or named.end > end]
    before = [named for named in others if named not in after]
    in_brackets = text[start - 1 : start] == "("
    if after and not (before and in_brackets):
        yield mention(after[0], min(start, after[0].start), max(end, after[0].end))
        for one, two in pairwise(after):
            if not _AND.fullmatch(text[one.end : two.start]):
                break
            yield mention(two, two.start, two.end)
    elif before:
        closed = text[end : end + 1] == ")"
        yield mention(before[-1], before[-1].start, end + closed)
    elif is_general:
        general = next((named for named in documents if named.is_general), _ANY)
        yield mention(general, start, end, sure=sure)


_ANY: Final = Named("bijlage", "de", "", "", 0, 0, is_new=False, is_plural=False)
