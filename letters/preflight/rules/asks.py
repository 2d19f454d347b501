"""Asks that a party can nod at and forget: attention, without a sentence to take over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from crm.checking.findings import Finding, Severity
from crm.checking.passages import Passage, Span
from letters.preflight.draft import Draft

_VAGUE: Final = re.compile(
    r"(?<![\w-])(?:(?:meer\s+|voldoende\s+|ruim\s+|extra\s+)?aandacht\s+(?:te\s+)?(?:besteden|schenken|geven|hebben|vragen)"
    r"|(?:meer\s+|voldoende\s+|extra\s+)?aandacht\s+(?:aan|voor)|rekening\s+(?:te\s+)?houden\s+met|oog\s+(?:te\s+)?(?:hebben|houden)\s+voor"
    r"|stil\s+te\s+staan\s+bij|(?:een\s+)?plek\s+te\s+geven|besteedt?\s+aandacht\s+aan)(?![\w-])",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"(?<![\w-])(?:beroep\s+op\s+(?:u|jullie|uw)|(?:vragen|verzoeken|roepen)\s+(?:wij\s+|we\s+)?(?:u|jullie|uw)|(?:wij|we)\s+(?:willen|zouden)\s+(?:u|jullie)"
    r"|(?:wilt|kunt|zoudt|zou)\s+u|hopen\s+(?:wij\s+|we\s+)?dat\s+(?:u|jullie|uw)|verzoek\s+aan\s+u|ons\s+verzoek|onze\s+oproep|onze\s+vraag"
    r"|graag\s+(?:zien|zagen)\s+(?:wij|we)|pleiten\s+(?:wij\s+|we\s+)?voor|vraagt?\s+u|verzoekt\s+u)(?![\w-])",
    re.IGNORECASE,
)
_OFFERS_TEXT: Final = re.compile(
    r"(?<![\w-])(?:tekstvoorstel(?:len)?|voorbeeldtekst|voorbeeldzin|(?:de\s+)?volgende\s+(?:zin|zinnen|tekst|passage|formulering|alinea)"
    r"|deze\s+(?:zin|tekst|passage|formulering)\s+(?:op\s+te\s+nemen|over\s+te\s+nemen)|bijvoorbeeld\s+zo|als\s+volgt)(?![\w-])",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"(?<!\w)[“\"‘'„](?P<sentence>[A-Z][^“”\"‘„]{25,600}?)[”\"’'](?!\w)")
# A quotation this long is a sentence and no title.
_SENTENCE_WORDS: Final = 7


def check(draft: Draft) -> Iterator[Finding]:
    """``ask_without_sentence`` when the reader is asked for attention and no sentence is offered anywhere.

    One for what all get, and one for each who gets such an ask alone.
    """
    if any(_offers_sentence(passage.readable) for passage in draft.body):
        return
    for passages in draft.texts:
        if not any(_offers_sentence(passage.readable) for passage in passages):
            yield from _without_sentence(passages)


def offered_sentence(paragraphs: Iterable[str]) -> str:
    """The first sentence that the reader can take over as it is: one in quotes, or what follows where one is announced;
    empty when there is none."""
    announced = ""
    for text in paragraphs:
        if found := next((f for f in _QUOTED.finditer(text) if _is_sentence(f["sentence"])), None):
            return found["sentence"]
        offer = _OFFERS_TEXT.search(text) if not announced else None
        _before, colon, after = text[offer.end() :].partition(":") if offer else ("", "", "")
        if colon and _is_sentence(after):
            announced = after.strip()
    return announced


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _SENTENCE_WORDS


def _without_sentence(passages: Sequence[Passage]) -> Iterator[Finding]:
    vague: list[Span] = []
    for passage in passages:
        for sentence in passage.sentences:
            if _ASKS.search(passage.readable, sentence.start, sentence.end):
                found = _VAGUE.finditer(passage.readable, sentence.start, sentence.end)
                vague += [Span(passage, *match.span()) for match in found]
    if vague:
        quotes = tuple(dict.fromkeys(" ".join(span.text.split()) for span in vague))
        advice = "Geef een zin die de partij kan overnemen."
        yield Finding("ask_without_sentence", Severity.TIP, quotes, advice, vague[0].spot, vague[0].line)


def _offers_sentence(text: str) -> bool:
    if _OFFERS_TEXT.search(text):
        return True
    return any(_is_sentence(found["sentence"]) for found in _QUOTED.finditer(text))
