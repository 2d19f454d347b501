"""To whom the letter goes."""

import datetime as dt

import pytest

from letters.preflight.draft import RecipientNote, SharedAddress
from letters.preflight.run import examine
from tests.letters.preflight.drafts import note

SP = RecipientNote("SP", "Geachte fractie van de SP")
MARCH = dt.date(2026, 3, 18)


def rows(*recipients: RecipientNote, **known: object) -> list[tuple[str, str, tuple[str, ...], str]]:
    found = examine(note("Goed nieuws.", salutation="", recipients=recipients, **known))
    assert {finding.spot for finding in found} <= {"recipients"}
    return [(finding.code, finding.severity.value, finding.quotes, finding.advice) for finding in found]


def test_all_is_well() -> None:
    assert rows(SP) == []


def test_of_a_file_nothing_is_known_about_recipients() -> None:
    assert examine(note("Goed nieuws.", recipients=None)) == ()


def test_nobody_was_chosen() -> None:
    assert rows() == [("recipients_missing", "block", (), "Kies eerst aan wie de brief gaat.")]


def test_a_mandate_that_ended() -> None:
    gone = RecipientNote("Anna de Vries", "Geachte mevrouw De Vries", mandate_ended_on=MARCH)
    expected = (
        "mandate_ended",
        "warn",
        ("Anna de Vries",),
        "Anna de Vries is sinds 18 maart 2026 niet meer in functie. Kies wie er nu zit.",
    )
    assert rows(SP, gone, dated_on=dt.date(2026, 4, 1)) == [expected]
    assert rows(SP, gone, dated_on=MARCH) == [expected]
    assert rows(SP, gone) == [expected]


def test_a_mandate_that_ends_after_the_letter() -> None:
    leaving = RecipientNote("Anna de Vries", "Geachte mevrouw De Vries", mandate_ended_on=MARCH)
    assert rows(SP, leaving, dated_on=dt.date(2025, 7, 29)) == []


def test_parties_without_a_letter_are_one_finding() -> None:
    assert rows(SP, missing_parties=("Volt", "DENK")) == [
        (
            "party_without_letter",
            "warn",
            ("Volt", "DENK"),
            "Geen brief krijgen: Volt en DENK. Voeg toe, of laat zo met een reden.",
        )
    ]


def test_gaps_are_one_finding() -> None:
    gaps = [
        RecipientNote(name, f"Geachte fractie van {name}", has_address=False) for name in ("DENK", "Volt")
    ]
    assert rows(SP, *gaps) == [
        (
            "address_missing",
            "warn",
            ("DENK", "Volt"),
            "We hebben geen adres voor DENK en Volt. Vul het in, of kies een andere weg.",
        )
    ]


def test_somebody_who_may_not_be_written_to() -> None:
    blocked = RecipientNote("Bram Bos", "Beste Bram Bos", blocked_because="hij heeft zich afgemeld.")
    assert rows(SP, blocked) == [
        (
            "may_not_write",
            "block",
            ("Bram Bos",),
            "Je mag Bram Bos hiermee niet schrijven: hij heeft zich afgemeld. Haal deze ontvanger van de lijst.",
        )
    ]


def test_what_blocks_comes_first() -> None:
    gap = RecipientNote("DENK", "Beste partij", salutation_personal=False, has_address=False)
    blocked = RecipientNote("Bram Bos", "Beste Bram Bos", blocked_because="hij heeft zich afgemeld")
    assert [row[0] for row in rows(gap, blocked, missing_parties=("Volt",))] == [
        "may_not_write",
        "salutation_impersonal",
        "party_without_letter",
        "address_missing",
    ]


def test_of_many_names_the_first_are_told() -> None:
    missing = ("Volt", "DENK", "SP", "CDA", "FvD", "JA21")
    assert rows(SP, missing_parties=missing)[0][3] == (
        "Geen brief krijgen: Volt, DENK, SP, CDA en 2 andere. Voeg toe, of laat zo met een reden."
    )


def test_one_address_for_several_is_told_with_their_names() -> None:
    shared = SharedAddress("info@samen.example", ("SP", "Volt"))
    assert rows(SP, shared_addresses=(shared,)) == [
        (
            "address_shared",
            "block",
            ("SP", "Volt"),
            "SP en Volt hebben hetzelfde adres: info@samen.example. Elk adres krijgt de brief één keer. "
            "Kies voor een van hen een ander adres, of haal er een van de lijst.",
        )
    ]


LONG = "Stichting Landelijk Platform voor Bewonersinitiatieven en Buurtcoöperaties"


@pytest.mark.parametrize(
    ("lines", "which"), [((LONG,), "deze regel is"), ((LONG, "Kade 1 " * 20), "deze regels zijn")]
)
def test_lines_that_the_window_of_the_envelope_breaks_are_told(lines: tuple[str, ...], which: str) -> None:
    note = RecipientNote("SP", "Geachte fractie van de SP", too_wide=lines, too_many_lines=True)
    assert rows(note) == [
        (
            "address_outside_window",
            "warn",
            lines,
            f"Het adres van SP past niet in het venster van de envelop: {which} te lang. "
            "Maak die korter bij de adresgegevens, of stuur de brief per e-mail.",
        )
    ]


def test_more_lines_than_the_window_shows_are_told() -> None:
    note = RecipientNote("SP", "Geachte fractie van de SP", too_many_lines=True)
    assert rows(note) == [
        (
            "address_outside_window",
            "warn",
            ("SP",),
            "Het adres van SP heeft te veel regels voor het venster van de envelop. "
            "Haal regels weg bij de adresgegevens, of stuur de brief per e-mail.",
        )
    ]
