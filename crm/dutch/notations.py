"""Digits that are no amount: dates, times, addresses, references, numbers of pages and articles."""

from __future__ import annotations

import re
from typing import Final

from crm.dutch.dates import MONTHS, WEEKDAYS

# What stands in the place of a masked character: no digit, no word character, no space.
_BLANK: Final = "\0"

_MONTH: Final = "|".join([*MONTHS, "mrt", "sept", *(month[:3] for month in MONTHS)])
_STREET: Final = (
    "straat|laan|weg|plein|gracht|kade|singel|dijk|hof|pad|steeg|dreef|plantsoen|markt|baan|burgwal|haven"
)
_TO: Final = r"\s?(?:[-–,]|en|of|t/m|tot|tot en met)\s?"
_TIME: Final = r"[0-9]{1,2}(?:[.:][0-9]{2})?"

_MASKS: Final = tuple(
    re.compile(shape, flags)
    for shape, flags in (
        (
            r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S+|\b[\w-]{1,63}\.(?:nl|org|com|eu|example)\b\S*",
            re.IGNORECASE,
        ),
        # IBAN; the telephone numbers of the Dutch numbering plan; 14 020 of a municipality.
        (r"\b[A-Z]{2}[0-9]{2}\s?[A-Z]{4}(?:\s?[0-9]){10}\b", 0),
        (r"(?:\+|\b00)[1-9][0-9]{0,2}(?:\s?\(0\))?(?:[\s-]?[0-9]){7,11}\b", 0),
        (r"(?<![\w.,])\(?0[0-9]{1,3}\)?[\s-]?[0-9](?:[\s-]?[0-9]){3,8}(?!\w)", 0),
        (r"\b14[\s-]0[0-9]{2,3}\b", 0),
        # Dates: 29-7-2025, 2025-07-29, 29 juli, 3 tot en met 5 mei, dinsdag 29.
        (r"(?<![\w.,])[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![\w])", 0),
        (r"\b[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b", 0),
        (rf"(?<![\w.,])(?:[0-9]{{1,2}}{_TO}){{0,6}}[0-9]{{1,2}}\s(?:{_MONTH})(?!\w)", re.IGNORECASE),
        (rf"\b(?:{'|'.join(WEEKDAYS)})\s[0-9]{{1,2}}(?!\w)", re.IGNORECASE),
        # Pairs of years, ’25, and references: 2025-014 K.
        (r"(?<!\w)(?:19|20)[0-9]{2}\s?[-–/]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?!\w)", 0),
        (r"['’‘][0-9]{2}(?!\w)", 0),
        (r"\b(?:19|20)[0-9]{2}-(?:0[0-9]{2,}|[0-9]{3}|[0-9]{3,}\s?[A-Z])(?!\w)", 0),
        (
            rf"\b(?:om|vanaf|van|tot|rond|na|tussen)\s{_TIME}(?:{_TO}{_TIME})?\s?uur\b(?!\s+per)",
            re.IGNORECASE,
        ),
        # A postcode, unless a hyphen or a word like *leden* makes the capitals part of a sentence (1200 SP-leden).
        (r"(?<![\w.,])[1-9][0-9]{3}\s?[A-Z]{2}(?![\w-]|\s[a-z]{4})", 0),
        (rf"\b(?:[A-Z]\w*(?:{_STREET})|[Pp]ostbus|[Aa]ntwoordnummer)\s[0-9]+[\w-]*", 0),
        # Fractions and 24/7; D 66, A 10, ISO 9001; list numbers, (1), [1].
        (r"(?<![\w.,])[0-9]+/[0-9]+(?!\w)", 0),
        (r"(?<![\w’])(?:[A-Z]|ISO|NEN|RFC)[ -]?[0-9]+(?!\w)", 0),
        (r"^\s*\(?[0-9]{1,2}[.)](?=\s)|\([0-9]{1,2}\)|\[[0-9]+\]", re.MULTILINE),
    )
)

_LABELLED: Final = (
    "agendapunt|alinea|amendement|artikel|art|bijlage|blz|bladzijde|bsn|btw|bus|categorie|deel|dossier|fase|figuur|groep"
    "|hoofdstuk|isbn|kamer|kamerstuk|kamerstukken|kenmerk|klas|kvk|kwartaal|lid|lijn|lijst|lokaal|metro|motie|niveau|no"
    "|noot|nr|nummer|optie|paragraaf|pagina|pag|p|perron|plaats|postcode|punt|referentie|ronde|route|rsin|stap|stelling|tabel|tel"
    "|telefoon|top|tram|verdieping|versie|week|wijk|zaak|zaal"
)
_LABEL: Final = re.compile(
    rf"(?:(?<![\w])(?:\w*nummer|\w*(?:punt|lijst|stuk)|{_LABELLED})(?:['’]?s|en)?|[§#])[.:]{{0,2}}\s*(?:n(?:umme)?r\.?:?\s*)?"
    rf"(?:[0-9]+{_TO})*$",
    re.IGNORECASE,
)
_BEFORE_YEAR: Final = re.compile(
    rf"(?<!\w)(?:in|sinds|vanaf|van|tot|tot en met|uit|na|voor|vóór|rond|jaar|eind|begin|anno|medio|zomer|winter"
    rf"|voorjaar|najaar|{_MONTH})\s$",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """The text, as long as it was, with everything blanked that has digits but is recognisably no amount."""
    for mask in _MASKS:
        text = mask.sub(lambda found: _BLANK * len(found[0]), text)
    return text


def is_label(text: str, place: int) -> bool:
    """Whether the number at ``place`` tells which one, and not how many: ``artikel 6``, ``pagina’s 3 en 4``."""
    return _LABEL.search(text, max(0, place - 60), place) is not None


def follows_year_word(text: str, place: int) -> bool:
    """Whether the word before ``place`` is one that stands before a year: ``in``, ``sinds``, ``najaar``."""
    return _BEFORE_YEAR.search(text, max(0, place - 20), place) is not None
