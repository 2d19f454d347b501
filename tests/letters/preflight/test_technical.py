"""What would print as a hole."""

import pytest

from letters.preflight.draft import MOST_CHARACTERS
from letters.preflight.run import examine
from tests.letters.preflight.drafts import codes, note


def test_an_unknown_merge_field() -> None:
    (found,) = examine(note("Goed nieuws.", "Dit is voor [organisate].", unknown_fields=("organisate",)))
    assert (found.code, found.severity, found.quotes, found.spot) == (
        "unknown_field",
        "block",
        ("organisate",),
        "paragraph-2",
    )
    assert found.advice == (
        "Het invulveld [organisate] kennen we niet. Haal het weg, of kies een veld uit de lijst."
    )


def test_a_known_merge_field() -> None:
    assert examine(note("Dit is voor [organisatie].")) == ()


@pytest.mark.parametrize("field", ["{{naam}}", "«Achternaam»", "*|FNAME|*", "<<naam>>"])
def test_a_merge_field_of_another_program(field: str) -> None:
    (found,) = examine(note(f"Dit is voor {field}."))
    assert (found.code, found.severity, found.quotes) == ("unknown_field", "block", (field,))


def test_an_unknown_glyph() -> None:
    (found,) = examine(note("Goed nieuws.", "Wij groeten u 🌷.", unknown_glyphs=("🌷",)))
    assert (found.code, found.severity, found.quotes, found.spot) == (
        "unknown_glyph",
        "block",
        ("🌷",),
        "paragraph-2",
    )
    assert found.advice == "De letter van de brief heeft geen 🌷 (U+1F337). Schrijf het anders."


def test_no_reply_address_on_the_letterhead() -> None:
    (found,) = examine(note("Goed nieuws.", reply_address=""))
    assert (found.code, found.severity, found.spot) == ("reply_address_missing", "block", "reply_address")


def test_a_reply_address_or_nothing_known_about_it() -> None:
    assert examine(note("Goed nieuws.", reply_address="info@buren.example")) == ()
    assert examine(note("Goed nieuws.", reply_address=None)) == ()


def test_no_sender() -> None:
    (found,) = examine(note("Goed nieuws.", sender_named=False))
    assert (found.code, found.severity, found.spot) == ("sender_missing", "block", "sender")


def test_a_text_that_is_not_read_to_its_end_says_so() -> None:
    sentence = "Wij groeten u allen. "
    assert codes(note(sentence * (MOST_CHARACTERS // len(sentence) - 1))) == []
    assert codes(note(sentence * (MOST_CHARACTERS // len(sentence) + 1))) == ["text_too_long"]
