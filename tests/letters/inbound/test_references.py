"""References in a message: where they stand, and what one typing error makes of them."""

import pytest

from crm.dutch import references as dutch
from letters.inbound import quoting
from letters.inbound.reading import read
from letters.inbound.references import find, near

KENMERK = "2025-014 K"


def incoming(text: str = "", subject: str = "Uw brief"):
    return read(f"Subject: {subject}\n\n{text}".encode())


def places(text: str = "", subject: str = "Uw brief") -> dict[str, str]:
    message = incoming(text, subject)
    return {one.reference: one.where.value for one in find(message, quoting.split(message.text))}


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        ("", f"Re: Ontmoeten ({KENMERK})", {KENMERK: "subject"}),
        ("Over 2025-014K.", "x", {KENMERK: "own"}),
        ("Over 2025–014 k.", "x", {KENMERK: "own"}),
        (f"Ja\n\n> Zie {KENMERK}.", "x", {KENMERK: "quoted"}),
        (f"Ja\n\n> Kenmerk: {KENMERK}", "x", {KENMERK: "labelled"}),
        (f"Ja\n\nVan: ons\nVerzonden: nu\nOnderwerp: Brief ({KENMERK})\n\nx", "x", {KENMERK: "labelled"}),
        (f"Over {KENMERK}\n\n> Kenmerk: {KENMERK}", "x", {KENMERK: "own"}),
        ("Over 2025-014 L.", "x", {}),
        ("Bel 020-5551234 of kom naar 1012 AB.", "Factuur 2025-1187", {}),
    ],
)
def test_a_reference_counts_at_its_most_telling_place(text, subject, expected):
    assert places(text, subject) == expected


def test_the_name_of_a_file_tells_too():
    raw = b'Content-Type: application/pdf; name="Reactie 2025-014 K.pdf"\n\nx'
    assert [(one.reference, one.where.value) for one in find(read(raw), quoting.split(""))] == [
        (KENMERK, "labelled")
    ]


def possible(text: str) -> set[str]:
    message = incoming(text)
    return {reference for one in near(message, quoting.split(message.text)) for reference in one.possible}


TYPOS = ("2025-014", "2025-014 L", "2025-14 K", "2025-041 K", "2052-014 K", "2025-0144 K", "2O25-014 K", "225-014 K",
         "2025 014 J", "2025/014", "2025.014 X", "2025-01K4", "2025-0l4 K")  # fmt: skip


@pytest.mark.parametrize("written", TYPOS)
def test_one_error_leads_back_to_the_reference(written):
    assert KENMERK in possible(f"Wij schrijven u over uw brief {written}, die we lazen.")


@pytest.mark.parametrize(
    "written", ["2024-041 K", "14 K", "2025", "K 2025", "205-14 K", "06-20250141", "2025014"]
)
def test_two_errors_or_other_numbers_do_not(written):
    assert KENMERK not in possible(f"Wij schrijven u over {written}.")


def test_a_valid_reference_is_no_mistyped_other_one():
    other = dutch.issue(2025, 15)
    assert possible(f"Over {other}.") == set()


def test_every_error_in_every_place_is_found():
    """One character wrong, missing or too many, or two exchanged, unless it makes another valid reference."""
    compact = KENMERK.replace("-", "").replace(" ", "")
    wrong = [
        compact[:at] + other + compact[at + 1 :] for at in range(8) for other in "3A" if compact[at] != other
    ]
    wrong += [compact[:at] + compact[at + 1 :] for at in range(8)]
    wrong += [compact[:at] + compact[at + 1] + compact[at] + compact[at + 2 :] for at in range(7)]
    written = [f"{one[:4]}-{one[4:]}" for one in wrong]
    missed = [one for one in written if KENMERK not in possible(one) and one != "2025-014K"]
    assert missed == []
