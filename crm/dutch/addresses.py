"""Addresses: postcodes, the lines on an envelope, and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import idna

_POSTCODE: Final = re.compile(r"([1-9][0-9]{3}) ?([A-Z]{2})")
_NEVER_ISSUED: Final = frozenset({"SA", "SD", "SS"})
_AT_HOME: Final = frozenset({"", "nederland", "nl", "the netherlands"})

# An "atom" of RFC 5322, section 3.2.3; quoted local parts are legal, and unknown to the people we write to.
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_LOCAL_LENGTH: Final = 64
_LENGTH: Final = 254


def normalise_postcode(text: str) -> str:
    """``1012ab`` as ``1012 AB``. Raises ``ValueError`` with a Dutch sentence for what is no Dutch postcode."""
    found = _POSTCODE.fullmatch(" ".join(text.split()).upper())
    if found is None or found[2] in _NEVER_ISSUED:
        raise ValueError(f"“{_shown(text)}” is geen postcode. Schrijf vier cijfers en twee letters: 1012 AB.")
    return f"{found[1]} {found[2]}"


def at_home(country: str) -> bool:
    """Whether an address with this country is in the Netherlands, where nobody writes one."""
    return _line(country).lower() in _AT_HOME


def address_lines(
    addressee: Sequence[str], street: str, postcode: str, town: str, country: str = ""
) -> tuple[str, ...]:
    """The lines of a postal address, without empty ones: addressees, street, postcode and town, country.

    In the Netherlands there are two spaces before the town and no country (PostNL). Elsewhere the postcode stays
    as it is written there, and so does one that is none: ``normalise_postcode`` says what to mend. Town and country
    come in capitals.
    """
    country = _line(country)
    abroad = not at_home(country)
    code, place = _line(postcode).upper(), _line(town).upper().replace("Ĳ", "IJ")
    if code:
        code = f"{code} " if abroad else f"{_in_form(code)}  "
    lines = [*map(_line, addressee), _line(street), (code + place).strip(), country.upper() if abroad else ""]
    return tuple(line for line in lines if line)


def check_email(text: str) -> str:
    """The address as mail servers want it: domain in lower case, a domain with accents as ``xn--``.

    The part before the @ keeps its capitals. Blanks around the address are dropped. Raises ``ValueError`` with a
    Dutch sentence that says what to mend, also for whatever could add a header or a second recipient.
    """
    address = text.strip(" \t\r\n\u00a0\u200b").removeprefix("mailto:")
    shown = _shown(address)
    if not address:
        raise ValueError("Hier hoort een e-mailadres. Vul het in.")
    if any(character in address for character in "\r\n\x0b\x0c\x85\u2028\u2029"):
        raise ValueError(f"Er staat een nieuwe regel in “{shown}”. Vul één e-mailadres in, op één regel.")
    if any(character in address for character in '<>()[]"“”'):
        raise ValueError(
            f"Vul alleen het e-mailadres in, zonder naam, haakjes of aanhalingstekens: “{shown}”."
        )
    if address.count("@") > 1:
        raise ValueError(
            f"Er staan {address.count('@')} apenstaartjes (@) in “{shown}”. Vul één e-mailadres in."
        )
    if any(character.isspace() or not character.isprintable() for character in address):
        raise ValueError(f"Er staat een spatie of een onzichtbaar teken in “{shown}”. Typ het adres opnieuw.")
    if "@" not in address:
        raise ValueError(f"Er mist een apenstaartje (@) in “{shown}”. Kijk het adres na.")
    if "," in address or ";" in address:
        raise ValueError(
            f"Er staat een komma of puntkomma in “{shown}”. Maak er een punt van, of haal hem weg."
        )
    local, domain = address.split("@")
    checked = f"{_checked_local(local, shown)}@{_checked_domain(domain, shown)}"
    if len(checked) > _LENGTH:
        raise ValueError(f"Dit e-mailadres is te lang. Het mag {_LENGTH} tekens hebben. Kijk het adres na.")
    return checked


def _checked_local(local: str, shown: str) -> str:
    if not local:
        raise ValueError(f"Voor het apenstaartje (@) staat niets in “{shown}”. Vul het eerste deel aan.")
    if not local.isascii():
        strange = next(character for character in local if not character.isascii())
        raise ValueError(
            f"Voor het apenstaartje (@) kan geen “{strange}” staan in “{shown}”. Kijk het adres na."
        )
    if local.startswith(".") or local.endswith(".") or ".." in local:
        raise ValueError(
            f"Er staat een punt te veel voor het apenstaartje (@) in “{shown}”. Haal die punt weg."
        )
    if not _LOCAL.fullmatch(local):
        strange = next(character for character in local if not _LOCAL.fullmatch(character))
        raise ValueError(
            f"Voor het apenstaartje (@) kan geen “{strange}” staan in “{shown}”. Kijk het adres na."
        )
    if len(local) > _LOCAL_LENGTH:
        raise ValueError(f"Het deel voor het apenstaartje (@) is te lang in “{shown}”. Kijk het adres na.")
    return local


def _checked_domain(domain: str, shown: str) -> str:
    """The domain by IDNA 2008 with the mapping of UTS 46: lower case, and ASCII throughout."""
    if not domain:
        raise ValueError(f"Achter het apenstaartje (@) staat niets in “{shown}”. Vul het laatste deel aan.")
    if domain.endswith("."):
        raise ValueError(f"Er staat een punt aan het eind van “{shown}”. Haal die punt weg.")
    if domain.startswith(".") or ".." in domain:
        raise ValueError(
            f"Er staat een punt te veel achter het apenstaartje (@) in “{shown}”. Haal die punt weg."
        )
    if "." not in domain:
        raise ValueError(f"Het eind van “{shown}” mist, zoals .nl of .org. Vul het aan.")
    try:
        checked = idna.encode(domain, uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        checked = ""
    if not checked or checked.rpartition(".")[2].isdigit():
        raise ValueError(f"“{_shown(domain)}” kan niet achter het apenstaartje (@) staan. Kijk het adres na.")
    return checked


def _in_form(code: str) -> str:
    try:
        return normalise_postcode(code)
    except ValueError:
        return code


def _line(text: str) -> str:
    return " ".join(text.split())


def _shown(text: str) -> str:
    """What somebody typed, fit to be quoted in a message: one line, and not endless."""
    line = _line("".join(character if character.isprintable() else " " for character in text))
    return line if len(line) <= 80 else f"{line[:79]}…"
