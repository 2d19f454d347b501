"""Sentences in which we promise the reader something: what we do in their main clauses, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from letters.preflight.documents import Named
from letters.preflight.moments import DAY, EVENT, moment
from letters.preflight.ways import WAYS, Way

# What is offered is a promise only with a moment.
_OFFER: Final = re.compile(
    r"(?<![\w-])(?:graag|op\s+(?:uw\s+)?verzoek|desgewenst|eventueel|(?:zo|waar)\s+nodig)(?![\w-])",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"(?<![\w-])(?:niet(?!\s+(?:later\s+dan|alleen))|geen|nooit|niets|niemand|evenmin|misschien|wellicht|hopelijk"
    r"|(?<!snel\s)(?<!spoedig\s)(?<!gauw\s)(?<!goed\s)(?<!volledig\s)mogelijk)(?![\w-])",
    re.IGNORECASE,
)
# What the letter does by itself, or brings along.
_NOW: Final = re.compile(
    r"(?<![\w-])(?:hierbij|hiermee|bijgaande?|bijgevoegde?|ingesloten|hieronder|hierna|verderop|alvast|vandaag"
    r"|(?:in|als|bij)\s+(?:de\s+)?bijlagen?(?:\s+\d+)?"
    r"|(?<!na\s)(?:deze|dit)\s+(?:brief|mail|e-mail|bericht|schrijven|nieuwsbrief|weg))(?![\w-])",
    re.IGNORECASE,
)
_HABIT: Final = re.compile(
    r"(?<![\w-])(?:(?:elke?|iedere?)\s+(?:\w+\s+)?(?:dag|week|maand|jaar|kwartaal|keer|ochtend|middag|avond|\w*dag|voorjaar|najaar)"
    r"|altijd|vaak|regelmatig|meestal|doorgaans|soms|gewoonlijk|al\s+jaren"
    r"|jaarlijkse?|maandelijkse?|wekelijkse?|dagelijkse?)(?![\w-])",
    re.IGNORECASE,
)
_FROM_THEN_ON: Final = re.compile(r"(?<![\w-])(?:vanaf|voortaan|met\s+ingang\s+van)(?![\w-])", re.IGNORECASE)
# Before these stands when we do it, after them perhaps when something else is.
_SUBJECT_MATTER: Final = re.compile(
    rf"(?<![\w-])(?:over|uit|met\s+het\s+oog\s+op|voor\s+(?:de|het|een|onze?|uw)(?!\s+(?:\w+\s+)?(?:{EVENT}|\d)))(?![\w-])",
    re.IGNORECASE,
)

_FORMS: Final = {form for way in WAYS for form in way.verb.split()}
# With these the verb that tells comes later: "wij zullen u het rapport toesturen".
_AUXILIARIES: Final = frozenset(
    form
    for verb in (
        "zullen zal",
        "gaan ga gaat",
        "komen kom komt",
        "blijven blijf blijft",
        "verwachten verwacht",
    )
    for form in verb.split()
)
# These promise nothing, but for "wij kunnen u toezeggen".
_MODALS: Final = frozenset({"willen", "wil", "kunnen", "kan", "durven", "durf"})

_WE: Final = r"(?:wij|we|ik)"
_OURS: Final = (
    r"(?:(?:ons|onze)\s+(?:\w+\s+)?\w*(?:bestuur|voorzitter|secretaris|penningmeester|coördinator|netwerk|groep|commissie"
    r"|collega|medewerkers?|vrijwilligers?|bestuursl(?:id|eden)|team|secretariaat)"
    r"|iemand\s+van\s+ons|de\s+\w+\s+van\s+(?:ons|onze)\s+\w+|het\s+netwerk)"
)
_VERBS: Final = rf"(?:{'|'.join(sorted(_FORMS | _AUXILIARIES | _MODALS, key=len, reverse=True))})"
_AFTER_OUR_VERB: Final = (
    r"(?:u|uw|jullie|het|dit|dat|deze|die|de|hier\w*|daar\w*|er|dan|graag|in|op|voor|vóór|na|uiterlijk"
    r"|eind|begin)"
)
_SUBJECT: Final = re.compile(rf"(?<![\w-])(?:{_WE}|{_OURS})(?![\w-])", re.IGNORECASE)
_MAIN: Final = re.compile(
    # "Laten wij", "wij laten", and after one of those "en laten".
    rf"(?<![\w-])(?:(?P<first>{_VERBS})\s+(?:{_WE}|(?P<ours>{_OURS}))"
    rf"|(?:{_WE}|(?P<our>{_OURS}))\s+(?P<second>{_VERBS})(?!\s+{_WE}(?!\w))"
    rf"|(?:en|maar)\s+(?P<joined>{_VERBS})(?=\s+{_AFTER_OUR_VERB}(?!\w)))(?![\w-])",
    re.IGNORECASE,
)
_CLAUSE_BEGINS: Final = re.compile(r"(?:^|[^\w\s-]|(?<!\w)(?:en|maar|want|dus|ook))\s*$", re.IGNORECASE)
_MAY: Final = r"(?:willen|wil|kunnen|kan|mogen|mag|moeten|moet|zouden|zou)"
_WE_MAY: Final = re.compile(rf"(?<![\w-])(?:{_WE}\s+{_MAY}|{_MAY}\s+{_WE})(?![\w-])", re.IGNORECASE)
# Where a main clause may end and the next begin.
_CUT: Final = re.compile(
    r"[;:(–—]|,(?:\s+(?:en|maar|want|dus)(?!\w))?|(?<!\w)(?:maar|want|dus)(?!\w)"
    r"|(?<!\w)en(?=\s+(?:daarna|dan|in|op|voor|vóór|na|vervolgens|ook|hier\w*|daar\w*|zo|binnenkort|later|volgende|eind|begin"
    r"|graag|uiterlijk|dat|die)(?!\w))",
    re.IGNORECASE,
)
_NOUN: Final = (
    r"\w*(?:rapport|verslag|overzicht|onderzoek|plan|stuk|boek|programma|artikel|gesprek|bezoek|brochure|notitie"
    r"|lijst)(?:en|s)?"
)
_TIME_WORD: Final = (
    r"(?:in|op|voor|vóór|na|binnen|uiterlijk|eind|begin|volgende|binnenkort|graag|ook|zo|weten|toe|zodra)"
)
_SUBJECT_WORD: Final = (
    r"(?:wij|we|ik|u|uw|jullie|zij|ze|hij|het|de|een|er|ons|onze|deze|dit|die|dat|alle|veel|meer|elke?|bewoners"
    r"|mensen|buurten|leden)"
)
# What is said in a clause that hangs on the main one is not what we do. Some of these words open one only before
# certain others: "dat rapport sturen wij u" and "maart of april" have none.
_HANGING: Final = re.compile(
    r"(?<![\w-])(?:zodra|nadat|voordat|vóórdat|totdat|omdat|zodat|doordat|opdat|indien|als|wanneer|terwijl|hoewel|zolang"
    r"|tenzij|mits|aangezien|hoe|hoeveel|waarom|waar(?:in|op|mee|aan|uit|van|bij|door|voor|over|toe)?|wat|wie|welke?|toen"
    rf"|dat(?=\s+{_SUBJECT_WORD}(?!\w))|of(?=\s+(?:wij|we|ik|u|er|het|dit|dat|de)(?!\w))"
    rf"|(?<=,\s)(?:die|dat)|(?<=\w\s)die(?!\s+(?:{_NOUN}|{_TIME_WORD})(?!\w))"
    r"|om(?!\s+(?:\d|half|\w+\s+uur))(?=\s[^,;]{0,120}\bte\b))(?![\w-])"
    rf"[^,;:()–—]*?(?=[,;:()–—]|$|\s+{_VERBS}\s+(?:{_WE}|{_OURS})(?![\w-])"
    rf"|\s+(?:en|maar)\s+{_VERBS}\s+{_AFTER_OUR_VERB}(?!\w))",
    re.IGNORECASE,
)
# A condition that is not about what the reader would like is a moment: "als het rapport er is".
_THING: Final = (
    r"(?:de|het|er|alles|ons|onze|wij|we|dat|dit)\s+(?!.*(?<!\w)(?:u|uw|jullie|nodig|gewenst|behoefte|helpt|handig|schikt|past"
    r"|kan|interesse)(?!\w))\S+"
)
_UPON: Final = re.compile(
    rf"(?:zodra|wanneer|voordat|vóórdat)\s+(?!(?:u|je|jij|jullie)(?!\w))|nadat\s|als\s+{_THING}",
    re.IGNORECASE,
)
_SHOULD_IT: Final = re.compile(rf"\W*mocht(?:en)?\s+{_THING}", re.IGNORECASE)
_IF_YOU_LIKE: Final = re.compile(r"(?:als|indien|mits|zodra|wanneer|zolang|tenzij)\s", re.IGNORECASE)
# "Hebt u vragen, dan ..."
_IF_ASKED: Final = re.compile(
    r"\W*(?!(?:voor|van|aan|met|bij|naar|tot|door|over|op|namens|omdat|zoals|toen|aangezien)\s)\w+\s+u\s[^,]*,",
    re.IGNORECASE,
)
# Somebody else's words, or a sentence for the reader to take over; it may begin or end in another sentence.
_QUOTED: Final = re.compile(
    r"[“„«][^”»]*(?:[”»]|$)|\"[^\"]*(?:\"|$)|(?<!\w)‘(?![snt]\s)[^’]*(?:’|$)|^[^“„«”»]*[”»](?!.*[”»])|”[^”]*”"
)

_READER_GETS: Final = re.compile(
    r"(?<![\w-])(?:u|jullie)\s+(?:ontvangt|krijgt|hoort|ontvangen|krijgen|horen)(?![\w-])"
    r"|(?<=\w[\s,]|[\w,]\s)(?<![\w-])(?:ontvangt|krijgt|hoort|ontvangen|krijgen|horen)\s+(?:u|jullie)(?![\w-])"
    r"|(?<![\w-])(?:u|jullie)\s+(?:kunt|mag|kunnen|mogen)\s.*(?<!\w)(?:verwachten|tegemoet\s?zien|rekenen)(?![\w-])"
    r"|(?<=\w\s)(?:kunt|mag)\s+u\s.*(?<!\w)(?:verwachten|tegemoet\s?zien|rekenen)(?![\w-])"
    r"|(?<![\w-])(?:u\s+wordt|wordt\s+u|(?:wordt|worden)\s+(?:aan\s+|naar\s+)?u)\s.*(?<!\w)(?:(?:toe|op|na)?ge(?:stuurd|zonden)|gemaild"
    r"|gebeld|bezorgd|aangeboden|overhandigd|geïnformeerd|uitgenodigd|benaderd|bericht|verstrekt|gehouden)(?![\w-])"
    r"|(?<![\w-])(?:ons|onze)\s+(?:[\w-]+\s+)?(?:antwoord|reactie|voorstel(?:len)?|inbreng|bevindingen|uitkomsten|cijfers|advies)"
    r"(?![\w-]).*(?<!\w)(?:volgt|volgen|verschijnt|komt|komen)(?![\w-])"
    r"|(?<![\w-])(?:volgt|volgen|komt|komen)\s+(?:ons|onze)\s+(?:antwoord|reactie|voorstel(?:len)?|uitkomsten|cijfers)(?![\w-])",
    re.IGNORECASE,
)
# "Wij zorgen ervoor dat u het krijgt", "u kunt erop rekenen dat wij het sturen".
_WE_SEE_TO_IT: Final = re.compile(
    rf"(?<![\w-])(?:(?:{_WE}\s+zorg(?:en)?|zorg(?:en)?\s+{_WE}|en\s+zorg(?:en)?|{_WE}\s+(?:zullen|zal)\s[^,]{{0,40}}zorgen"
    rf"|(?:zullen|zal)\s+{_WE}\s[^,]{{0,40}}zorgen)(?:\s+er[^,]*?)?,?\s+dat\s+(?:u|jullie)\s[^,]*(?<!\w)"
    r"(?:krijgt|ontvangt|hoort|krijgen|ontvangen|horen)"
    rf"|u\s+(?:kunt|mag)\s[^,]*(?:rekenen|vertrouwen|aan)\s*,?\s+dat\s+{_WE}\s)",
    re.IGNORECASE,
)
_BY_US: Final = re.compile(
    r"(?<![\w-])(?:(?:van|door)\s+ons(?!\s+(?:alle|net)?(?:werk|lof|steun|gelijk))|toegestuurd|toegezonden)(?![\w-])"
    r"(?!.*(?:lof|steun|complimenten|gelijk|kritiek|dank|vertrouwen)(?![\w-]))",
    re.IGNORECASE,
)
_BY_OTHERS: Final = re.compile(
    r"(?<![\w-])(?:(?:van|door)\s+(?:(?:de|het|uw)\s+)?(?:gemeente|college|wethouder|griffie|raad|stadsdeel|burgemeester|provincie"
    r"|ministerie|rijk|partij|fractie))(?![\w-])",
    re.IGNORECASE,
)
_APPEARS: Final = re.compile(
    r"(?<![\w-])(?:verschijn(?:t|en)|publiceren\s+(?:wij|we)|(?:wij|we)\s+publiceren|(?:wordt|worden)\s.*gepubliceerd|volgt"
    r"|(?<!wij\s)(?<!we\s)volgen(?!\s+(?:wij|we)(?!\w))|(?:komt|komen)\s.*(?:uit|eraan)|(?:brengen|lanceren|presenteren)\s+(?:wij|we)"
    r"|(?:wij|we)\s+(?:brengen|lanceren|presenteren)|(?:is|zijn|komt|komen)\s.*(?:gereed|klaar|beschikbaar))(?![\w-])",
    re.IGNORECASE,
)
_YET: Final = re.compile(r"(?<![\w-])nog(?![\w-])", re.IGNORECASE)
_APART: Final = re.compile(r"[;:]|,?\s(?:maar|want|dus)\s|,\s+en\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence without what it quotes; in ``main`` the clauses that hang on others are blanks too, ``hanging`` has
    those, each with its place."""

    said: str
    main: str
    hanging: tuple[tuple[int, str], ...]

    @classmethod
    def read(cls, text: str) -> _Sentence:
        """Take a sentence apart."""
        said = _QUOTED.sub(_blank, " ".join(text.split()))
        hanging = tuple((found.start(), found[0]) for found in _HANGING.finditer(said))
        return cls(said, _HANGING.sub(_blank, said), hanging)

    def clauses(self) -> Iterator[_Clause]:
        """The main clauses in which we do something."""
        found = [match for match in _MAIN.finditer(self.main) if self._is_main(match)]
        starts = [
            self._start(match, before.end() if before else 0)
            for before, match in zip([None, *found], found, strict=False)
        ]
        for match, (start, end) in zip(found, pairwise([*starts, len(self.main)]), strict=True):
            yield _Clause(self, match, start, end)

    def within(self, start: int, end: int) -> list[str]:
        """The clauses that hang on what stands there."""
        return [text for place, text in self.hanging if start <= place < end]

    def _is_main(self, match: re.Match[str]) -> bool:
        before = self.main[: match.start()]
        if match["second"]:
            return _CLAUSE_BEGINS.search(before) is not None
        if match["joined"]:
            last = list(_SUBJECT.finditer(before))
            if not last or (last[-1][0].lower() in {"wij", "we"} and not match["joined"].endswith("n")):
                return False
            return not _WE_MAY.search(before, max(0, last[-1].start() - 12))
        # "Sturen wij u het niet, dan ...": a condition, or a question.
        return bool(before.strip(" \t\n,.“”\"'‘’•-") or self.within(0, match.start()))

    def _start(self, match: re.Match[str], after: int) -> int:
        if not match["first"]:
            return match.start()
        cuts = [cut.end() for cut in _CUT.finditer(self.main, after, match.start())]
        # Something stands before the verb: what it is about, when, or a clause.
        return next((cut for cut in reversed(cuts) if self.main[cut : match.start()].strip()), after)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A main clause in which we are the ones who do something."""

    sentence: _Sentence
    match: re.Match[str]
    start: int
    end: int

    def promises(self) -> bool:
        """Whether the reader will get something from us by it."""
        verb = next(self.match[name] for name in ("first", "second", "joined") if self.match[name]).lower()
        return any(self._is(way, verb) for way in WAYS)

    def _is(self, way: Way, verb: str) -> bool:
        words = self.sentence.main[self.start : self.end]
        waits = verb in _AUXILIARIES or (way.solemn and verb in _MODALS)
        if verb not in way.verb.split() and not (waits and way.later.search(words)):
            return False
        if way.solemn and self.sentence.main[self.match.end() : self.end].strip(" ,.!") == way.beside:
            # "Dat beloven wij.", "Wij zeggen toe dat ...".
            return not _NOT.search(words)
        if not all(need.search(words) for need in way.needs) or _NOT.search(words):
            return False
        if _NOW.search(words) and not way.solemn:
            return False
        if _HABIT.search(words) and not _FROM_THEN_ON.search(words):
            return False
        return not self._needs_moment(way, words) or self._has_moment(way, words)

    def _needs_moment(self, way: Way, words: str) -> bool:
        if way.solemn:
            return False
        if way.timed or self.match["ours"] or self.match["our"]:
            return True
        hanging = self.sentence.within(self.start, self.end)
        tells = way.beside == "weten" and any(re.match(r"dat\s", one, re.IGNORECASE) for one in hanging)
        this = way.infinitive in {"sturen", "zenden"} and re.search(r"(?<!\w)(?:dit|deze)\s", words)
        return bool(tells or this) or self._is_offer(words, hanging)

    def _is_offer(self, words: str, hanging: list[str]) -> bool:
        before = self.sentence.main[self.start : self.match.start()]
        return bool(
            _OFFER.search(words)
            or re.search(r"(?<!\w)dan\s*$", before, re.IGNORECASE)
            or any(_IF_YOU_LIKE.match(one) and not _UPON.match(one) for one in hanging)
            or _IF_ASKED.match(self.sentence.main[: self.match.start()])
        )

    def _has_moment(self, way: Way, words: str) -> bool:
        if any(_UPON.match(one) for one in self.sentence.within(self.start, self.end)):
            return True
        if _SHOULD_IT.match(self.sentence.main[: self.match.start()]):
            return True
        if way.infinitive == "nodigen":
            # "Op 12 maart" is when the reader is to come.
            words = re.sub(rf"(?<!\w)op\s+{DAY}", _blank, words, flags=re.IGNORECASE)
        if not way.early:
            return moment(words) is not None
        # "Over de verkiezingen in maart schrijven wij u": neither before the verb nor after it counts what comes then.
        verb = self.match.start() - self.start
        return any(_before_subject_matter(part) for part in (words[:verb], words[verb:]))


def is_to_reader(text: str) -> bool:
    """Whether the reader will get something from us by a sentence."""
    if "?" in text:
        return False
    sentence = _Sentence.read(text)
    return (
        any(clause.promises() for clause in sentence.clauses())
        or any(_reader_gets(words, when) for words, when in _parts(sentence))
        or (_WE_SEE_TO_IT.search(sentence.said) is not None and not _NOT.search(sentence.said))
    )


def is_promise(text: str, named: Named | None) -> bool:
    """Whether a sentence promises something: to the reader, or that the document it names will be there."""
    if is_to_reader(text):
        return True
    if named is None or "?" in text:
        return False
    return any(_APPEARS.search(words) and when for words, when in _parts(_Sentence.read(text)))


def _before_subject_matter(words: str) -> bool:
    about, found = _SUBJECT_MATTER.search(words), moment(words)
    return found is not None and (about is None or found <= about.start())


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _parts(sentence: _Sentence) -> Iterator[tuple[str, bool]]:
    """The parts of a sentence that tell what will happen, and whether they say when."""
    places = [0, *(cut.end() for cut in _APART.finditer(sentence.main)), len(sentence.main)]
    for start, end in pairwise(places):
        words = sentence.main[start:end]
        if any(shape.search(words) for shape in (_NOT, _NOW, _HABIT, _BY_OTHERS)):
            continue
        upon = any(_UPON.match(one) for one in sentence.within(start, end))
        yield words, upon or moment(words) is not None or _YET.search(words) is not None


def _reader_gets(words: str, when: bool) -> bool:
    if not _READER_GETS.search(words):
        return False
    return when or (_BY_US.search(words) is not None and not _OFFER.search(words))
