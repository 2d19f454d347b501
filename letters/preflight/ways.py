"""The ways to give somebody something in a letter: which verbs do, and with which words beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final


@dataclass(frozen=True)
class Way:
    """A way to give the reader something: the ``verb`` as "wij", "ik" and "ons bestuur" use it, what must stand
    ``beside`` it, and words ``to`` the reader.

    ``timed`` when it is a promise only with a moment, and ``early`` when that must come before what it is about: "wij
    schrijven u over de verkiezingen in maart" promises nothing. ``solemn`` when the verb itself says that we promise.
    """

    verb: str
    beside: str = ""
    to: str = "u|uw|jullie"
    timed: bool = True
    early: bool = False
    solemn: bool = False

    @property
    def infinitive(self) -> str:
        """The verb as it stands after "zullen"."""
        return self.verb.split()[0]

    @cached_property
    def needs(self) -> tuple[re.Pattern[str], ...]:
        """What must all be found in the clause: "op de hoogte", and "langs" or "langs te komen"."""
        joined = rf"(?=(?:\s?te\s?)?{self.infinitive}|(?![\w-]))"
        beside = (rf"(?<![\w-])(?:{self.beside}){joined}",) if self.beside else ()
        return tuple(
            re.compile(one, re.IGNORECASE) for one in (rf"(?<![\w-])(?:{self.to})(?![\w-])", *beside)
        )

    @cached_property
    def later(self) -> re.Pattern[str]:
        """The infinitive: "toesturen", "toe te sturen"."""
        before = r"(?:toe|op|na|langs|terug|mee|uit|aan|rond|bij|over)?(?:te)?"
        return re.compile(rf"(?<![\w-]){before}{self.infinitive}(?![\w-])", re.IGNORECASE)


_FOR_YOU: Final = r"voor\s+(?:u|jullie)"
WAYS: Final = (
    Way("beloven beloof belooft", solemn=True, timed=False),
    Way("garanderen garandeer garandeert", solemn=True, timed=False),
    Way("zeggen zeg zegt", "toe", solemn=True, timed=False),
    Way("sturen stuur stuurt", "toe|op|na(?!\\s+\\w)", timed=False),
    Way("zenden zend zendt", "toe|op|na(?!\\s+\\w)", timed=False),
    Way("doen doe doet", "toekomen", timed=False),
    Way("laten laat laat", "weten", timed=False),
    Way("houden houd houdt", r"op\s+de\s+hoogte|geïnformeerd", timed=False),
    Way("komen kom komt", r"terug(?!\s+van)", r"u|jullie|hier(?:op)?|daar(?:op)?|er(?:op)?|op", timed=False),
    Way("nemen neem neemt", "contact", timed=False),
    Way("nemen neem neemt", "mee", "uw|deze|die|dit|dat", timed=False),
    Way("bellen bel belt", timed=False),
    Way("mailen mail mailt", timed=False),
    Way("koppelen koppel koppelt", "terug", timed=False),
    Way("zoeken zoek zoekt", "uit", "u|uw|dit|dat", timed=False),
    Way("gaan ga gaat", r"na(?=\s*(?:[,.;]|$))", _FOR_YOU, timed=False),
    Way("leggen leg legt", r"voor(?=\s*(?:[,.;]|$|aan))", "uw", timed=False),
    Way("organiseren organiseer organiseert", to=_FOR_YOU, timed=False),
    Way("verzorgen verzorg verzorgt", to=_FOR_YOU, timed=False),
    Way("maken maak maakt", to=_FOR_YOU, timed=False),
    Way("regelen regel regelt", to=_FOR_YOU, timed=False),
    Way("organiseren organiseer organiseert"),
    Way("verzorgen verzorg verzorgt"),
    Way("maken maak maakt"),
    Way("regelen regel regelt"),
    Way("plannen plan plant"),
    Way("zorgen zorg zorgt", to=_FOR_YOU),
    Way("komen kom komt", r"langs|bij\s+(?:u|uw|jullie)|naar\s+(?:u|uw|jullie)|op\s+bezoek"),
    Way("nemen neem neemt", "mee"),
    Way("zijn ben is", r"(?:te\s+gast|aanwezig)(?!\s+geweest)"),
    Way("bezoeken bezoek bezoekt"),
    Way("bieden bied biedt", "aan"),
    Way("overhandigen overhandig overhandigt"),
    Way("reiken reik reikt", "uit"),
    Way("verstrekken verstrek verstrekt"),
    Way("leveren lever levert"),
    Way("bezorgen bezorg bezorgt"),
    Way("brengen breng brengt"),
    Way("presenteren presenteer presenteert"),
    Way("tonen toon toont", to="u|jullie"),
    Way("laten laat laat", "zien|horen"),
    Way("lichten licht licht", "toe"),
    Way("leiden leid leidt", "rond"),
    Way("praten praat praat", "bij|met"),
    Way("voeren voer voert"),
    Way("bespreken bespreek bespreekt"),
    Way("beantwoorden beantwoord beantwoordt", to="u|uw|jullie|de|deze|die"),
    Way("antwoorden antwoord antwoordt"),
    Way("reageren reageer reageert", to="u|uw|jullie|hierop|daarop"),
    Way("stellen stel stelt", r"op\s+de\s+hoogte|beschikbaar|in\s+kennis"),
    Way("ontvangen ontvang ontvangt", to=r"(?:ontvangen|wij|we)\s+u"),
    Way("sturen stuur stuurt", early=True),
    Way("zenden zend zendt", early=True),
    Way("geven geef geeft", early=True),
    Way("delen deel deelt", "mee|met", early=True),
    Way("bevestigen bevestig bevestigt", early=True),
    Way("melden meld meldt", early=True),
    Way("berichten bericht bericht", early=True),
    Way("informeren informeer informeert", early=True),
    Way("schrijven schrijf schrijft", early=True),
    Way("vertellen vertel vertelt", early=True),
    Way("benaderen benader benadert", early=True),
    Way("nodigen nodig nodigt", "uit", early=True),
)
