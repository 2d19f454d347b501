"""The kinds of documents that letters speak of: which words name them, and their article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from crm.dutch.folding import fold

_DE: Final = (
    "agenda|bijlage|brochure|begroting|enquête|evaluatie|factuur|flyer|folder|foto|gids|handleiding|handreiking|infographic"
    "|jaarrekening|kaart|krant|leidraad|lijst|nieuwsbrief|nota|notitie|plattegrond|poster|presentatie|publicatie"
    "|rapportage|samenvatting|tekening|toelichting|uitgave|uitnodiging"
)
_HET: Final = (
    "artikel|boek|boekje|document|dossier|formulier|magazine|manifest|memo|onderzoek|overzicht|pamflet|plan"
    "|programma|rapport|schema|stuk|tijdschrift|verslag"
)
_YEAR: Final = r"(?:19|20)[0-9]{2}(?:[-–/](?:19|20)?[0-9]{2})?"
_TITLE: Final = r"[‘’“\"'](?P<title>[^‘’”\"']{2,80})[’”\"']"
DOCUMENT: Final = re.compile(
    rf"(?<![\w-])(?P<front>(?:ons|onze|het|de|een|dit|deze|mijn)\s+(?:[^\W\d_]+e\s+){{0,2}})?"
    rf"(?P<noun>[\w-]{{0,30}}?(?:(?P<de>{_DE})|(?P<het>{_HET})))(?P<plural>en|pen|s|’s|'s|n)?(?![\w-])"
    rf"(?:\s+(?:(?:over|van|uit|voor)\s+)?(?:het\s+jaar\s+)?(?P<year>{_YEAR})(?![\w-]))?"
    rf"(?:,?\s+(?:met\s+(?:als|de)\s+titel\s+|getiteld\s+)?{_TITLE})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A document named in a sentence: ``noun`` in the singular as written, ``start`` and ``end`` in that sentence."""

    noun: str
    article: str
    year: str
    title: str
    start: int
    end: int
    is_new: bool
    is_plural: bool

    @property
    def is_general(self) -> bool:
        """Whether the word fits any enclosure."""
        return self.noun == "bijlage"

    @property
    def definite(self) -> str:
        """With its article: "het jaarverslag", "de brochures"."""
        return f"{self.article} {self.noun}" if not self.is_plural else f"de {self.noun}"

    def fits(self, title: str) -> bool:
        """Whether an enclosure with this title can be it; a year must not contradict."""
        if self.is_general:
            return True
        folded, noun = fold(title), fold(self.noun)
        named = noun in folded or any(len(word) > 4 and noun.endswith(word) for word in folded.split())
        if self.title and fold(self.title) in folded:
            named = True
        return named and not self.contradicts(title)

    def contradicts(self, title: str) -> bool:
        """Whether the title has another year."""
        years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", title)
        return bool(self.year and years) and not any(year in self.year for year in years)


def named_in(text: str) -> Iterator[Named]:
    """The documents that a sentence names, in order."""
    for found in DOCUMENT.finditer(text):
        front = (found["front"] or "").split()
        plural = bool(found["plural"])
        yield Named(
            noun=found["noun"].lower() if not plural else (found["noun"] + found["plural"]).lower(),
            article="de" if found["de"] or plural else "het",
            year=found["year"] or "",
            title=found["title"] or "",
            start=found.start(),
            end=found.end(),
            is_new=front[:1] == ["een"],
            is_plural=plural,
        )
