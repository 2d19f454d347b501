"""What stands in the way of sending: the size, the law, to whom it goes and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from campaigns.mjml.issue import Issue
from campaigns.mjml.markup import INK, PAPER
from campaigns.mjml.render import Mail
from crm.checking.findings import Finding, Severity

from .circumstances import Circumstances
from .contrast import ratio

# Mail programs cut off what is longer (Gmail at 102 kB); a mailing service adds some of its own.
TOO_LARGE: Final = 100 * 1024
LARGE: Final = 85 * 1024
LEAST_CONTRAST: Final = 4.5
MANY_MORE: Final = 1.5


def found_in(issue: Issue, mail: Mail, known: Circumstances) -> Iterator[Finding]:
    """Everything that the words do not show."""
    yield from _size(mail)
    yield from _law(issue)
    yield from _colours(issue)
    yield from _readers(known)
    yield from _moment(known)


def _block(code: str, advice: str, spot: str = "sending") -> Finding:
    return Finding(code, Severity.BLOCK, (), advice, spot)


def _warn(code: str, advice: str, spot: str = "sending") -> Finding:
    return Finding(code, Severity.WARN, (), advice, spot)


def _size(mail: Mail) -> Iterator[Finding]:
    size = round(mail.size / 1024)
    if mail.size > TOO_LARGE:
        yield _block(
            "too_large", f"De nieuwsbrief is {size} kB; Gmail knipt hem af. Haal iets weg.", "blocks"
        )
    elif mail.size > LARGE:
        yield _warn("large", f"De nieuwsbrief is {size} kB. Boven 100 kB knipt Gmail hem af.", "blocks")


def _law(issue: Issue) -> Iterator[Finding]:
    house = issue.house
    if not house.unsubscribe.strip():
        yield _block("no_unsubscribe", "Er staat niet onder hoe iemand zich afmeldt. Dat moet van de wet.")
    if not [line for line in house.postal_lines if line.strip()]:
        yield _block(
            "no_postal_address", "Er staat geen postadres onder. Vul het in bij de gegevens van het netwerk."
        )


def _colours(issue: Issue) -> Iterator[Finding]:
    house = issue.house
    pairs = [
        (house.accent, PAPER, "kopkleur"),
        (house.link, PAPER, "linkkleur"),
        ("#ffffff", house.link, "knop"),
    ]
    for front, back, name in [*pairs, (INK, PAPER, "tekst")]:
        found = ratio(front, back)
        if found < LEAST_CONTRAST:
            shown = f"{found:.1f}".replace(".", ",")
            yield _warn(
                "low_contrast", f"De {name} is slecht te lezen (contrast {shown}; nodig is 4,5).", "house"
            )


def _readers(known: Circumstances) -> Iterator[Finding]:
    if not known.has_basis:
        yield _block(
            "no_basis", "In deze groep zitten mensen die zich niet hebben aangemeld. Kies een andere groep."
        )
    if known.recipients == 0:
        yield _block(
            "nobody", "Niemand krijgt deze nieuwsbrief. Kies een andere groep, of werk de lezers bij."
        )
    elif known.before and known.recipients > known.before * MANY_MORE:
        yield _warn(
            "many_more",
            f"Hij gaat naar {known.recipients} lezers; de vorige ging naar {known.before}. Klopt dat?",
        )
    if not known.is_tested:
        yield _warn(
            "not_tested", "Sinds de laatste wijziging ging er geen proef uit. Stuur er eerst een aan jezelf."
        )
    if known.was_sent:
        yield _block("sent_before", "Precies deze nieuwsbrief is al verstuurd.")
    domain = known.sender.rpartition("@")[2].lower()
    if known.authenticated_domains is not None and domain not in known.authenticated_domains:
        yield _block(
            "not_authenticated",
            f"De verzendende dienst mag nog niet namens {domain or 'dit adres'} mailen. Laat de beheerder dat regelen.",
        )


def _moment(known: Circumstances) -> Iterator[Finding]:
    moment = known.scheduled_for
    if moment is not None and (moment.minute % 15 or moment.second):
        yield _block("not_a_quarter", "Kies een heel kwartier, bijvoorbeeld 9.00 of 9.15 uur.", "moment")
