"""Promises: what a letter promises its readers, and those without a date: "in het najaar", "zodra het er is"."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from crm.checking.findings import Finding, Severity
from crm.checking.passages import Passage, Span
from crm.dutch.dates import MONTHS, WEEKDAYS, parse_date
from crm.dutch.folding import fold
from letters.preflight.documents import Named, named_in
from letters.preflight.draft import Draft
from letters.preflight.giving import is_promise, is_to_reader
from letters.preflight.moments import VAGUE

_DATE: Final = re.compile(
    rf"(?<![\w-])(?:{'|'.join(MONTHS)}|(?:{'|'.join(WEEKDAYS)})\s+\d|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}}|week\s+\d"
    r"|(?:over|binnen)\s+(?:een|één|twee|drie|vier|vijf|zes|\d+)\s+(?:dag(?:en)?|we(?:ek|ken)|maand(?:en)?)"
    r"|morgen|overmorgen|(?:deze|volgende|komende)\s+(?:week|maand))(?![\w-])",
    re.IGNORECASE,
)
_WHOLE_DATE: Final = re.compile(
    rf"(?<![\w-])(?:\d{{1,2}}\s+(?:{'|'.join(MONTHS)})\s+\d{{4}}|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}})(?![\w-])",
    re.IGNORECASE,
)
_MONTH: Final = re.compile(
    rf"(?<![\w-])(?P<month>{'|'.join(MONTHS)})(?:\s+(?P<year>20\d\d))?(?![\w-])", re.IGNORECASE
)

_NOT_GIVEN: Final = re.compile(r"(?<![\w-])(?:uw|hun|haar|zijn|over)\s+(?:\w+e\s+)?$", re.IGNORECASE)
# "Wij sturen het u toe", "zodra die er is", "dan krijgt u een exemplaar".
_IT: Final = re.compile(
    r"(?<![\w-])(?:exemplaar|u\s+(?:het|die|dit|dat|deze|ze)"
    r"|(?:het|die|dit|dat|deze|ze)\s+(?:u|wij|we|ik|er|toe|dan|ook|is|zijn|wordt|worden|verschijnt|verschijnen|klaar|af"
    r"|beschikbaar|gereed|krijgt|ontvangt|(?:sturen|mailen|geven|brengen|krijgen|hebben)))(?![\w-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Promise:
    """What is promised in one sentence, or in several about the same thing. ``vague`` are the words that should have
    been a date, ``dated`` says whether any sentence names one."""

    named: Named | None
    sentences: list[Span] = field(default_factory=list)
    vague: list[Span] = field(default_factory=list)
    dated: bool = False

    @property
    def words(self) -> str:
        """What is promised, as one would put it on a list: "Rapport", else the whole sentence."""
        words = self.named.noun if self.named else " ".join(self.sentences[0].text.split())
        return words[:1].upper() + words[1:]

    @property
    def quote(self) -> str:
        """The sentence it is made in: the first that speaks to the reader, else the first."""
        said = [" ".join(sentence.text.split()) for sentence in self.sentences]
        return next((text for text in said if is_to_reader(text)), said[0])

    def due_on(self, after: datetime.date) -> datetime.date | None:
        """The day before which it should have happened: the one it names, or the last one of a month that it names,
        the first such month that is not over on ``after``. None when it names neither."""
        days = [day for sentence in self.sentences if (day := _day_in(sentence.text, after))]
        return max(days, default=None)

    def is_about(self, title: str) -> bool:
        """Whether an enclosure with this title is what is promised."""
        if self.named and self.named.fits(title):
            return True
        return any(fold(title) in fold(sentence.text) for sentence in self.sentences if fold(title))


def check(draft: Draft) -> Iterator[Finding]:
    """``promise_without_date``, one for each thing promised, with all the words that should have been a date.

    Silent when a sentence about the same thing names a month or day, when somebody minds it (``guarded_promises``),
    and when it is among the enclosures as promised for later, unless nobody minds that. It is ``about`` that enclosure,
    else the thing promised, or the sentence when that names nothing.
    """
    guarded = [fold(words) for words in draft.guarded_promises if fold(words)]
    later = [note.title for note in draft.enclosures if note.promised and not note.unminded]
    unminded = [note.title for note in draft.enclosures if note.unminded]
    for promise in found_in(draft):
        named = promise.named
        if promise.dated or not promise.vague or (named and any(named.fits(title) for title in later)):
            continue
        if any(
            words in fold(s.text) or fold(s.text) in words for s in promise.sentences for words in guarded
        ):
            continue
        what = "iets" if named is None else named.noun if named.is_plural else f"een {named.noun}"
        advice = f"Je belooft {what} zonder datum. Noem een maand, of kies wie het bewaakt."
        quotes = tuple(dict.fromkeys(" ".join(span.text.split()) for span in promise.vague))
        first = promise.vague[0]
        about = next((title for title in unminded if promise.is_about(title)), promise.words)
        yield Finding(
            "promise_without_date", Severity.WARN, quotes, advice, first.spot, first.line, about=about
        )


def found_in(draft: Draft) -> list[Promise]:
    """All that a letter promises, in its order; last what it promises in the words for one recipient alone."""
    promises: list[Promise] = []
    by_noun: dict[str, Promise] = {}
    for passage in chain.from_iterable(draft.texts):
        for sentence in passage.sentences:
            text = passage.readable[sentence.start : sentence.end]
            named = _given(text)
            if not is_promise(text, named):
                continue
            promise = by_noun.get(named.noun) if named else _just_before(promises, passage, text)
            if promise is None:
                promise = Promise(named)
                promises.append(promise)
                if named:
                    by_noun[named.noun] = promise
            promise.sentences.append(sentence)
            promise.dated |= _DATE.search(text) is not None
            promise.vague += [
                Span(passage, sentence.start + found.start(), sentence.start + found.end())
                for found in VAGUE.finditer(text)
            ]
    return promises


def _day_in(text: str, after: datetime.date) -> datetime.date | None:
    for found in _WHOLE_DATE.finditer(text):
        try:
            return parse_date(found[0])
        except ValueError:
            # 31 februari: the last look says so, if anybody does.
            continue
    named = _MONTH.search(text)
    if named is None:
        return None
    month = MONTHS.index(named["month"].lower()) + 1
    year = int(named["year"]) if named["year"] else after.year + (month < after.month)
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _given(text: str) -> Named | None:
    """The document that a sentence gives: not what it is about, nor one of the reader."""
    return next(
        (one for one in named_in(text) if not one.is_general and not _NOT_GIVEN.search(text[: one.start])),
        None,
    )


def _just_before(promises: list[Promise], passage: Passage, text: str) -> Promise | None:
    """The promise of the same paragraph that "het" is about, when a sentence names nothing itself."""
    if not promises or not promises[-1].named or not _IT.search(text):
        return None
    return promises[-1] if promises[-1].sentences[-1].passage is passage else None
