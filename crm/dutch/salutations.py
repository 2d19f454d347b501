"""Salutations of letters: for a person, for a body, and what a salutation typed by hand is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crm.dutch import names
from crm.dutch.folding import fold
from crm.dutch.names import Gender, PersonName


@dataclass(frozen=True, slots=True)
class Salutation:
    """The words above a letter, without the comma. ``personal``: they name a person or a body, not just anybody."""

    text: str
    personal: bool


class Body(StrEnum):
    """What sort of body a letter goes to, as far as its salutation is concerned."""

    FACTION = "faction"
    BOARD = "board"
    PROGRAMME_COMMITTEE = "programme_committee"
    EXECUTIVE = "executive"
    DISTRICT = "district"
    COUNCIL = "council"
    CLERK = "clerk"
    PRESS = "press"
    PARTY = "party"
    INITIATIVE = "initiative"
    OTHER = "other"


NOBODY: Final = Salutation("Geachte heer of mevrouw", personal=False)

# With and without a name; "{}" is the name with "van" and its article. Of some bodies there is only one to address.
_BODIES: Final = {
    Body.FACTION: ("Geachte fractie {}", "Geachte fractie"),
    Body.BOARD: ("Geacht bestuur {}", "Geacht bestuur"),
    Body.PROGRAMME_COMMITTEE: ("Geachte programmacommissie {}", "Geachte programmacommissie"),
    Body.EXECUTIVE: ("Geacht college", "Geacht college"),
    Body.DISTRICT: ("Geacht dagelijks bestuur", "Geacht dagelijks bestuur"),
    Body.COUNCIL: ("Geachte leden van de gemeenteraad", "Geachte leden van de gemeenteraad"),
    Body.CLERK: ("Geachte griffie", "Geachte griffie"),
    Body.PRESS: ("Geachte redactie", "Geachte redactie"),
    # A party speaks through its board.
    Body.PARTY: ("Geacht bestuur {}", "Beste partij"),
    Body.INITIATIVE: ("Beste mensen {}", "Beste mensen"),
    Body.OTHER: (NOBODY.text, NOBODY.text),
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPENINGS: Final = _words("""
    beste dag geacht geachte goedemiddag goedemorgen goedenavond goedendag hallo hi hoi hooggeachte l lieve ls s waarde
    weledele weledelgeboren weledelgestrenge zeer aan alle allemaal allen de een en heel het ieder iedereen iemand
    jullie mijn mijne of ons onze u uw van
""")
_ANYBODY: Final = _words("""
    belangstellende belangstellenden betrokkene betrokkenen bewoner bewoners buren buur buurtbewoner buurtbewoners
    buurtgenoot buurtgenoten collega collegas dame dames deelnemer deelnemers dhr fractie fracties geadresseerde
    geadresseerden heer heren hr leden lezer lezers lid luisteraars meneer mensen mevr mevrouw mevrouwen mijnheer mw
    ontvanger ontvangers organisatie organisaties partij partijen partner partners persoon politici politicus politieke
    relatie relaties stadsgenoot stadsgenoten sympathisant sympathisanten vriend vrienden vriendin vriendinnen
    vrijwilliger vrijwilligers
""")
# An office tells whom the letter is for as little as heer or mevrouw, as long as no name follows.
_OFFICES: Final = _words("""
    bestuurder bestuurders bestuurslid bestuursleden burgemeester commissielid commissieleden directeur fractielid
    fractieleden fractievoorzitter fractievoorzitters gedeputeerde gedeputeerden griffier kamerlid kamerleden kandidaat
    kandidaten minister penningmeester raadslid raadsleden secretaris staatssecretaris statenlid statenleden
    volksvertegenwoordiger volksvertegenwoordigers voorzitter wethouder wethouders woordvoerder woordvoerders
""")
_GENERIC: Final = _OPENINGS | _ANYBODY | _OFFICES


def for_person(name: PersonName, *, title: str = "", informal: bool = False) -> Salutation:
    """The salutation for one person.

    ``title`` is an office in which somebody is addressed ("wethouder"), and wins over mevrouw and heer. ``informal``
    gives "Beste Anna de Vries" ("Beste mevrouw De Vries" without a first name), and ignores the title. Gender is
    used only as far as it is known.
    """
    family = names.surname(name)
    if informal and family:
        return Salutation(
            f"Beste {names.full(name) if name.given else _addressed(name, family)}", personal=True
        )
    if title.strip() and not informal:
        addressed = f"Geachte {_lower_first(title.strip())}"
        return Salutation(f"{addressed} {family}", personal=True) if family else check(addressed)
    if family:
        return Salutation(f"Geachte {_addressed(name, family)}", personal=True)
    if name.given:
        return Salutation(f"Beste {name.given}", personal=True)
    match name.gender:
        case Gender.FEMALE:
            return Salutation("Geachte mevrouw", personal=False)
        case Gender.MALE:
            return Salutation("Geachte heer", personal=False)
        case _:
            return NOBODY


def for_body(body: Body, *, name: str = "", article: str = "") -> Salutation:
    """The salutation for a body; ``article`` ("de", "het" or "") belongs to the party's name: *het* CDA, *de* SP.

    A party, initiative or other organisation without a name or a better known body gets a last resort, not personal.
    """
    name = re.sub(r"^fractie (van )?", "", " ".join(name.split()), flags=re.IGNORECASE)
    named, unnamed = _BODIES[body]
    if not name:
        return check(unnamed)
    return check(named.format(" ".join(part for part in ("van", article.strip().lower(), name) if part)))


def check(text: str) -> Salutation:
    """A salutation typed by hand, tidied: one line, no comma at the end. Not personal when it fits anybody."""
    text = " ".join(text.split()).rstrip(" ,")
    return Salutation(text, personal=any(word not in _GENERIC for word in fold(text).split()))


def _addressed(name: PersonName, family: str) -> str:
    """What stands between "Geachte" and the comma, for somebody with a family name."""
    match name.gender:
        case Gender.FEMALE:
            return f"mevrouw {family}"
        case Gender.MALE:
            return f"heer {family}"
        case Gender.UNKNOWN if not name.given and not name.initials:
            return f"heer of mevrouw {family}"
        case _:
            return names.formal(name)


def _lower_first(title: str) -> str:
    """``Wethouder`` as in a salutation; an abbreviation (``CDA-wethouder``) stays."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
