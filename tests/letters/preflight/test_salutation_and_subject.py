"""How the letter opens."""

import pytest

from letters.preflight.draft import RecipientNote
from letters.preflight.run import examine
from tests.letters.preflight.drafts import advice, codes, note

SP = RecipientNote("SP", "Geachte fractie van de SP")
D66 = RecipientNote("D66", "Geachte fractie van D66")


def test_no_subject() -> None:
    for subject in ("", "  "):
        (found,) = examine(note("Goed nieuws.", subject=subject))
        assert (found.code, found.severity, found.quotes, found.spot) == (
            "subject_missing",
            "block",
            (),
            "subject",
        )


@pytest.mark.parametrize("salutation", ["Beste Partij,", "Geachte heer of mevrouw", "L.S.", "Beste mensen"])
def test_one_salutation_for_everybody_that_fits_anybody(salutation: str) -> None:
    (found,) = examine(note("Goed nieuws.", salutation=salutation))
    assert (found.code, found.quotes, found.spot) == (
        "salutation_impersonal",
        (salutation.rstrip(","),),
        "salutation",
    )


@pytest.mark.parametrize("salutation", ["Geachte mevrouw De Vries", "Geachte leden van de gemeenteraad"])
def test_a_salutation_that_names_somebody(salutation: str) -> None:
    assert examine(note("Goed nieuws.", salutation=salutation)) == ()


def test_every_recipient_has_their_own() -> None:
    assert examine(note("Goed nieuws.", salutation="", recipients=(SP, D66))) == ()


def test_some_recipients_have_none_of_their_own() -> None:
    volt = RecipientNote("Volt", "Beste partij", salutation_personal=False)
    bij1 = RecipientNote("BIJ1", "Beste partij", salutation_personal=False)
    (found,) = examine(note("Goed nieuws.", salutation="", recipients=(SP, volt, bij1)))
    assert (found.code, found.severity, found.quotes) == ("salutation_impersonal", "warn", ("Beste partij",))
    assert found.advice == "Zo begint een brief aan iedereen. Kies een eigen aanhef voor Volt en BIJ1."
    assert found.spot == "recipients"


def test_the_salutation_of_one_party_on_the_letters_to_all() -> None:
    brief = note("Goed nieuws.", salutation="Geachte fractie van de SP", recipients=(SP, D66))
    assert codes(brief) == ["salutation_for_one"]
    assert advice(brief) == ["Deze aanhef is voor SP, maar alle 2 brieven beginnen ermee. Laat hem leeg."]


def test_the_salutation_of_the_only_recipient() -> None:
    assert examine(note("Goed nieuws.", salutation="Geachte fractie van de SP", recipients=(SP,))) == ()
