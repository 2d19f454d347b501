"""Promises without a date."""

import pytest

from letters.preflight.draft import EnclosureNote
from letters.preflight.run import examine
from tests.letters.preflight.drafts import advice, note, quotes


@pytest.mark.parametrize(
    ("text", "words", "what"),
    [
        ("Wij sturen u het rapport zodra het klaar is.", "zodra het klaar is", "een rapport"),
        ("Binnenkort ontvangt u van ons een uitnodiging.", "Binnenkort", "een uitnodiging"),
        ("In het voorjaar verschijnt onze brochure.", "In het voorjaar", "een brochure"),
        ("Wij laten u zo spoedig mogelijk weten wat we besluiten.", "zo spoedig mogelijk", "iets"),
        ("U hoort op korte termijn van ons.", "op korte termijn", "iets"),
        ("Na de zomer sturen wij u de uitkomsten toe.", "Na de zomer", "iets"),
        ("Later dit jaar publiceren wij een handreiking.", "Later dit jaar", "een handreiking"),
        ("We komen hier binnenkort bij u op terug.", "binnenkort", "iets"),
    ],
)
def test_a_promise_without_a_date(text: str, words: str, what: str) -> None:
    brief = note(text)
    assert quotes(brief) == [(words,)]
    assert advice(brief) == [f"Je belooft {what} zonder datum. Noem een maand, of kies wie het bewaakt."]


@pytest.mark.parametrize(
    "text",
    [
        "In oktober verschijnt een rapport.",
        "In oktober verschijnt een rapport. Wij sturen u dit rapport toe zodra het beschikbaar is.",
        "In oktober verschijnt een rapport. Wij sturen het u toe zodra het beschikbaar is.",
        "Wij sturen u het verslag vóór 1 oktober toe.",
        "Wij nemen binnen twee weken contact met u op.",
        "In het najaar van 2024 verscheen een rapport.",
        "In het najaar organiseren stadsdorpen wandelingen.",
        "Zodra de zon schijnt, gaan buren naar buiten.",
        "Zodra u tijd hebt, komen wij graag bij u langs.",
        "Wij horen graag binnenkort van u.",
        "Kunt u ons op korte termijn laten weten of dat past?",
        "Wij vragen u om ons binnenkort te laten weten wat u doet.",
        "Na de zomer beginnen de cursussen weer.",
        "In het voorjaar van 2026 zijn de verkiezingen.",
        "Komend jaar willen wij meer buurten bereiken.",
    ],
)
def test_a_date_or_no_promise(text: str) -> None:
    assert examine(note(text)) == ()


def test_two_things_promised_are_two_findings() -> None:
    brief = note("In het najaar verschijnt een rapport.", "Binnenkort ontvangt u van ons een uitnodiging.")
    assert quotes(brief) == [("In het najaar",), ("Binnenkort",)]


def test_the_date_of_one_promise_is_not_that_of_another() -> None:
    brief = note("In oktober verschijnt een rapport.", "Binnenkort sturen wij u onze brochure.")
    assert quotes(brief) == [("Binnenkort",)]


def test_somebody_minds_it() -> None:
    text = "Binnenkort sturen wij u onze brochure."
    assert examine(note(text, guarded_promises=(text,))) == ()
    assert examine(note(text, guarded_promises=("binnenkort sturen wij u",))) == ()
    assert quotes(note(text, guarded_promises=("Wij sturen u een kaart.",))) == [("Binnenkort",)]


def test_it_is_on_the_list_of_enclosures_for_later() -> None:
    text = "Binnenkort sturen wij u onze brochure."
    assert examine(note(text, enclosures=(EnclosureNote("Brochure voor nieuwe leden", promised=True),))) == ()


def test_on_the_list_for_later_and_nobody_minds_it() -> None:
    text = "Binnenkort sturen wij u onze brochure."
    (found,) = examine(note(text, enclosures=(EnclosureNote("Brochure", promised=True, unminded=True),)))
    assert (found.quotes, found.about) == (("Binnenkort",), "Brochure")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Binnenkort sturen wij u onze brochure.", "Brochure"),
        ("Wij laten u binnenkort weten wat we besluiten.", "Wij laten u binnenkort weten wat we besluiten."),
    ],
)
def test_it_says_what_there_is_to_mind(text: str, about: str) -> None:
    (found,) = examine(note(text))
    assert found.about == about
    assert examine(note(text, guarded_promises=(about,))) == ()
