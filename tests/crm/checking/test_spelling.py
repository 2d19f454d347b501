"""Spelling that can be told for certain."""

import pytest

from crm.checking import spelling
from crm.checking.findings import Fix
from crm.checking.passages import Passage


def rows(*texts: str, own: tuple[str, ...] = ()) -> list[tuple[str, str, str, str]]:
    found = spelling.find([Passage(text) for text in texts], own)
    return [(finding.code, finding.quotes[0], finding.fixes[0].new, finding.advice) for finding in found]


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("Een toekomst gericht plan is toekomstgericht.", "toekomst gericht", "toekomstgericht"),
        ("Toekomst gericht denken is toekomstgericht.", "Toekomst gericht", "Toekomstgericht"),
        ("De stads dorpen en de stadsdorpen.", "stads dorpen", "stadsdorpen"),
        ("In het partij programma staat een partijprogramma.", "partij programma", "partijprogramma"),
        ("Een bewoners initiatief is een bewonersinitiatief.", "bewoners initiatief", "bewonersinitiatief"),
    ],
)
def test_typed_apart_here_and_joined_elsewhere(text: str, quote: str, right: str) -> None:
    assert rows(text) == [("split_compound", quote, right, f"{right}: zo schrijf je het verderop ook.")]


def test_joined_earlier() -> None:
    assert rows("Dat is toekomstgericht.", "Een toekomst gericht plan.") == [
        (
            "split_compound",
            "toekomst gericht",
            "toekomstgericht",
            "toekomstgericht: zo schrijf je het eerder ook.",
        )
    ]


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("Wij zoeken vrij willigers.", "vrij willigers", "vrijwilligers"),
        ("Het verkiezings programma is klaar.", "verkiezings programma", "verkiezingsprogramma"),
    ],
)
def test_only_together_they_are_words(text: str, quote: str, right: str) -> None:
    assert rows(text) == [("split_compound", quote, right, f"{right}: dat schrijf je aan elkaar.")]


def test_one_of_our_own_words_typed_apart() -> None:
    assert rows("Onze buren app is er.", own=("burenapp",)) == [
        ("split_compound", "buren app", "burenapp", "burenapp: dat schrijf je aan elkaar.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Als bewoners initiatieven nemen, ontstaan bewonersinitiatieven.",
        "Wat bewoners initiatieven laat ontstaan, zijn bewonersinitiatieven.",
        "Wij willen dat de gemeente subsidie geeft. De gemeentesubsidie is klein.",
        "Omdat wij ouderen zorg bieden, heet dat ouderenzorg.",
        "Dat was bewust zijn keuze. Bewustzijn is goed.",
        "Daar kun je terecht kunnen, en terechtkunnen.",
        "Zij doen te veel en dat is teveel.",
        "Wat wij samen doen heet samendoen.",
        "Jeugd- en ouderenzorg naast jeugdzorg.",
        "Een mini symposium, ad hoc en vice versa.",
        "Karin van der Heijden en Piet Hein wonen hier.",
    ],
)
def test_two_words_side_by_side(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("Ruim 15000 Amsterdammers.", "15000", "15.000"),
        ("Er is 12500 euro.", "12500", "12.500"),
        ("Er zijn 1250000 mensen.", "1250000", "1.250.000"),
    ],
)
def test_large_figures_take_points(text: str, quote: str, right: str) -> None:
    assert rows(text) == [("thousands_separator", quote, right, right)]


@pytest.mark.parametrize(
    "text", ["Meer dan 3000 mensen.", "In 2025.", "15.000 mensen.", "Bel 0612345678.", "KvK-nummer 12345678."]
)
def test_four_digits_stay_together_and_numbers_are_no_figures(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("Ons emailadres", "emailadres", "e-mailadres"),
        ("Emailadres: volgt", "Emailadres", "E-mailadres"),
        ("Stuur een email.", "email", "e-mail"),
        ("Mijn e-mail adres", "e-mail adres", "e-mailadres"),
        ("Op de ebike", "ebike", "e-bike"),
    ],
)
def test_a_single_letter_takes_a_hyphen(text: str, quote: str, right: str) -> None:
    assert rows(text) == [("spelling", quote, right, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Een e-mail of e-mailadres.",
        "Schrijf naar email@buren.example.",
        "Emaille en geëmailleerd.",
        "E-bikes",
    ],
)
def test_right_as_it_is(text: str) -> None:
    assert rows(text) == []


def test_the_same_twice_is_one_finding_with_a_count() -> None:
    (found,) = spelling.find([Passage("Een email.", "paragraph-1"), Passage("Nog een email.", "paragraph-2")])
    assert (found.spot, found.times, found.fixes) == ("paragraph-1", 2, (Fix("email", "e-mail", 2),))
