"""Texts that nobody should paste: the last look still ends, and says little."""

import pytest

from crm.document.lines import Line
from letters.preflight.draft import Draft
from letters.preflight.run import examine
from tests.letters.preflight.drafts import codes, note

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "a" * MEGABYTE,
        "a-" * (MEGABYTE // 2),
        "a@" * (MEGABYTE // 2),
        "1, " * (MEGABYTE // 3),
        ". " * (MEGABYTE // 2),
        "{{" * (MEGABYTE // 2),
        "“Aa " * (MEGABYTE // 4),
        "hierbij ontvangt u " * (MEGABYTE // 19),
        "zodra wij u " * (MEGABYTE // 12),
        "\0" * MEGABYTE,
        "\u202e\u200b" * (MEGABYTE // 2),
    ],
    ids=[
        "one word",
        "hyphens",
        "at signs",
        "ones",
        "full stops",
        "braces",
        "quotes",
        "hierbij",
        "zodra",
        "nul",
        "marks",
    ],
)
def test_a_megabyte_of_nothing(text: str) -> None:
    assert codes(note(text)) == ["text_too_long"]


@pytest.mark.parametrize("text", ["", " ", " \t\n" * 30_000, "\n" * 100_000, "\x00\x01\x1f", "\u00a0\u2003"])
def test_only_white_space_and_controls(text: str) -> None:
    assert codes(note(text)) == []


def test_no_text_at_all() -> None:
    assert codes(Draft()) == ["subject_missing"]


def test_a_hundred_thousand_times_the_same_mistake_is_one_finding() -> None:
    (long, found) = examine(note("stadsdopen " * 100_000, own_words=("stadsdorpen",)))
    assert (long.code, found.code) == ("text_too_long", "near_miss")
    assert found.times == 10_909


def test_hundreds_of_different_mistakes_are_a_handful_of_findings() -> None:
    text = " ".join(
        f"stads{letter}{other}rpen" for letter in "abcdefghijklmnopqrstuvwxyz" for other in "abcdefgo"
    )
    found = examine(note(text, own_words=("stadsdorpen",)))
    assert {finding.code for finding in found} == {"near_miss"}
    assert len(found) == 40


def test_a_hundred_thousand_paragraphs() -> None:
    lines = tuple(Line("Reageren kan via ons e-mailadres", number, "p") for number in range(100_000))
    found = examine(Draft(subject="Iets", salutation="Geacht bestuur van D66", lines=lines))
    assert [finding.code for finding in found] == ["contact_line_empty"] * 10 + ["text_too_long"]


def test_a_million_characters_around_the_text() -> None:
    brief = note(
        "Goed nieuws.", subject="a " * MEGABYTE, salutation="b " * MEGABYTE, sign_off="c " * MEGABYTE
    )
    assert codes(brief) == []


def test_lines_in_a_language_that_is_not_dutch() -> None:
    text = "The brown fox is jumping over the lazy dogs, and all of the neighbours are watching from their windows."
    assert codes(note(text)) == []
