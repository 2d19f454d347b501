"""References of letters, and the errors their check letter gives away."""

import string

import pytest

from crm.dutch.references import ALPHABET, Reference, complete, find, issue, nearest, parse

CHARACTERS = string.digits + string.ascii_uppercase + " -"
KNOWN = ["2025-013 J", "2025-014 K", "2025-015 L", "2026-014 Y"]


def swaps(text: str) -> set[str]:
    """The text with every two unequal neighbours exchanged, one pair at a time."""
    return {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1)} - {text}


def test_the_reference_of_the_guides():
    assert issue(2025, 14) == str(Reference(2025, 14)) == "2025-014 K"


def test_numbers_have_three_digits_at_least():
    assert [issue(2025, number)[:-2] for number in (1, 14, 999, 1000)] == [
        "2025-001", "2025-014", "2025-999", "2025-1000",
    ]  # fmt: skip


def test_the_check_letters_cannot_be_mistaken():
    assert len(set(ALPHABET)) == len(ALPHABET) == 17
    assert not set(ALPHABET) & set("IOQBDGSUZ")
    assert {issue(2025, number)[-1] for number in range(1, 100)} == set(ALPHABET)


@pytest.mark.parametrize(("year", "number"), [(2025, 0), (2025, -1), (25, 1), (10000, 1)])
def test_nothing_else_is_issued(year, number):
    with pytest.raises(ValueError, match="four digits"):
        issue(year, number)


def test_every_issued_reference_is_read_back():
    issued = [Reference(year, number) for year in (2024, 2025, 2026, 2031) for number in range(1, 1300)]
    assert [parse(str(reference)) for reference in issued] == issued


def test_every_wrong_character_is_caught():
    for year in (2025, 2026):
        for number in (*range(1, 130), *range(990, 1020)):
            text = issue(year, number)
            wrong = {
                text[:i] + character + text[i + 1 :] for i in range(len(text)) for character in CHARACTERS
            }
            assert [other for other in wrong - {text} if parse(other)] == []


def test_every_wrong_digit_is_caught_over_ten_years():
    for year in range(2025, 2035):
        for number in range(1, 1100, 3):
            text = issue(year, number)
            places = [place for place, character in enumerate(text) if character.isdigit()]
            wrong = {text[:i] + digit + text[i + 1 :] for i in places for digit in string.digits} - {text}
            assert [other for other in wrong if parse(other)] == []


def test_every_exchange_of_neighbours_is_caught():
    for year in (2024, 2025, 2026, 2031):
        for number in range(1, 1300):
            text = issue(year, number)
            # Also the last digit of the year with the first of the number, across the hyphen.
            across = text[:3] + text[5] + text[4] + text[3] + text[6:]
            assert [other for other in (swaps(text) | {across}) - {text} if parse(other)] == []


@pytest.mark.parametrize(
    "text",
    [
        "", "2025-014", "2025-014 L", "2025-014K", "2025-014 k", " 2025-014 K", "2025-014 K\n", "2025-14 K",
        "2025-0014 K",
        "2025-000 V", "025-014 K", "2025 014 K", "２０２５-014 K", "2025–014 K",
    ],
)  # fmt: skip
def test_only_what_was_issued_is_a_reference(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("Onze brief met kenmerk 2025-014 K.", ["2025-014 K"]),
        ("Re: [2025-014 K] jaarverslag", ["2025-014 K"]),
        ("kenmerk:2025-014K", ["2025-014 K"]),
        ("2025-014 k", ["2025-014 K"]),
        ("2025–014\u00a0K en 2025 - 014 K", ["2025-014 K"]),
        ("kenmerk 2025-014\nK", ["2025-014 K"]),
        (f"{issue(2026, 2)}, {issue(2025, 1014)} en {issue(2026, 2)}", [issue(2026, 2), issue(2025, 1014)]),
        ("2025-014 L", []),
        ("2025-014", []),
        ("12025-014 K, 2025-014 Kees, 2025-014 K2, x2025-014 K, 2025-0014 K", []),
        ("op 29 juli 2025 om 20.14 uur", []),
        ("", []),
    ],
)
def test_references_are_found_in_a_running_text(text, references):
    assert [str(reference) for reference in find(text)] == references


def test_known_references_in_these_tests_are_real():
    assert [str(parse(reference)) for reference in KNOWN] == KNOWN


@pytest.mark.parametrize(
    "text",
    [
        "2025-014 K", "uw kenmerk 2025-014 K van 29 juli 2025", "2025-O14 K", "2O25-014 K", "2025-0l4 K",
        "2025-014 X",
        "2025-104 K", "2052-014 K", "2025-04 K", "2025-0144 K", "2025-014", "2025 014", "2025/014 K",
        "2025014K", "2025-014 KK",
        "kenmerk\n2025-14 K", "2024-014 K", "202-5014 K", "2025-012 K", "(2025-014 M)", "2025-01K 4",
    ],
)  # fmt: skip
def test_one_typing_error_is_forgiven(text):
    assert nearest(text, KNOWN) == "2025-014 K"


@pytest.mark.parametrize(
    "text",
    [
        "", "Dank voor uw brief.", "2025-14", "2024-041 K", "29-7-2025", "020-2025014", "2025014",
        "€ 2.025.014", "2025-01-14",
        "2025-013 J en 2025-014 K", "2025-016 A", "12025-0145 K",
    ],
)  # fmt: skip
def test_more_than_one_error_or_more_than_one_letter_is_not(text):
    assert nearest(text, KNOWN) is None


def test_a_valid_reference_is_never_taken_for_another():
    other = issue(2025, 114)
    assert nearest(f"Re: {other}", ["2025-014 K", "2025-110 A"]) is None


def test_without_known_references_there_is_none_near():
    assert nearest("2025-014 K", []) is None


@pytest.mark.parametrize("text", ["2025-014 K", "2025-014", "2025-14", "2025–014k", " 2025 - 014 k"])
def test_what_is_left_out_of_a_reference_is_added(text):
    assert complete(text) == "2025-014 K"


@pytest.mark.parametrize(
    "text", ["", "2025", "2025-014 C", "2025-000", "0025-014", "2025-014 K.", "brief 2025-014"]
)
def test_what_is_no_reference_is_not_completed(text):
    assert complete(text) is None
