"""Enclosures that the text speaks of."""

import pytest

from crm.checking.findings import Severity
from letters.preflight.draft import EnclosureNote
from letters.preflight.run import examine
from tests.letters.preflight.drafts import advice, note, quotes

HIERBIJ = "Daarom ontvangt u hierbij ons jaarverslag 2024."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (HIERBIJ, "ontvangt u hierbij ons jaarverslag 2024"),
        ("Hierbij ontvangt u ons jaarverslag 2024.", "Hierbij ontvangt u ons jaarverslag 2024"),
        ("Wij sturen u hierbij de brochure toe.", "Wij sturen u hierbij de brochure"),
        ("Bijgevoegd vindt u het verslag over 2024.", "Bijgevoegd vindt u het verslag over 2024"),
        ("In de bijlage vindt u het rapport.", "In de bijlage vindt u het rapport"),
        ("Ons jaarplan (zie bijlage) gaat hierover.", "Ons jaarplan (zie bijlage)"),
        ("Ons jaarverslag 2024 is bijgevoegd.", "Ons jaarverslag 2024 is bijgevoegd"),
        ("Wij sturen u ons jaarverslag mee.", "Wij sturen u ons jaarverslag mee"),
        ("Met deze brief sturen wij u ons rapport.", "Met deze brief sturen wij u ons rapport"),
        ("De bijgevoegde plattegrond laat dit zien.", "De bijgevoegde plattegrond"),
        ("Zie bijlage.", "Zie bijlage"),
        ("Bijgevoegd vindt u ons rapport voor uw programma.", "Bijgevoegd vindt u ons rapport"),
        ("In de bijlage vindt u het rapport dat eerder verscheen.", "In de bijlage vindt u het rapport"),
    ],
)
def test_enclosed_says_the_text_and_nothing_is_there(text: str, quote: str) -> None:
    (found,) = examine(note(text))
    assert (found.code, found.severity, found.quotes, found.spot) == (
        "enclosure_missing",
        Severity.BLOCK,
        (quote,),
        "enclosures",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Hierbij nodigen wij u uit voor de presentatie van ons jaarverslag.",
        "Hierbij laten wij u weten dat het rapport klaar is.",
        "Hierbij vindt een gesprek plaats over het plan.",
        "Hierbij bieden wij u onze excuses aan.",
        "Hierbij is van belang dat bewoners hulp ontvangen en een plan maken.",
        "Wij bedanken u hierbij voor het toesturen van het verslag.",
        "Ons jaarverslag staat op de website.",
        "Vorig jaar stuurden wij u ons jaarverslag.",
        "In de bijlage bij uw brief las ik over het plan.",
        "Dit rapport bevat de bevindingen van een groot praktijkonderzoek.",
        "De kaart is niet bijgevoegd.",
        "Met deze brief geven wij u een samenvatting.",
        "Dank voor uw bijgevoegde rapport.",
        "Later sturen wij u ons rapport mee, in maart.",
    ],
)
def test_not_about_an_enclosure(text: str) -> None:
    assert examine(note(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "In de bijlage bij het coalitieakkoord staat dat elke buurt een huis krijgt.",
        "In bijlage 2 bij het coalitieakkoord leest u meer.",
        "Zie bijlage 3 van de Nota Wonen van de gemeente.",
        "In bijlage A van het bestemmingsplan staat de plek.",
        "Zie bijlage bij de motie van de raad.",
        "In de bijlagen van het rapport staan de cijfers.",
        "In onze vorige brief vond u als bijlage het jaarverslag.",
        "In onze brief van 3 mei vindt u als bijlage het jaarverslag.",
        "In de brief van 12 augustus, met als bijlage de handleiding, beloofde u meer.",
        "Bij ons vorige bericht vond u in de bijlage het rapport.",
        "U stuurde ons een brief met bijlagen.",
        "De gemeente stuurde ons een plan met bijlage.",
        "Bijgaande ontwikkelingen stemmen ons hoopvol.",
        "De bijgaande gedachten delen wij graag.",
        "Met de bijgesloten middelen kan dat.",
        "Onze wijk ligt ingesloten tussen het spoor en de snelweg.",
        "Het rapport noemt een wijk die ingesloten ligt tussen wegen.",
    ],
)
def test_the_enclosure_of_another_paper_or_letter(text: str) -> None:
    assert examine(note(text)) == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("In de bijlage bij deze brief vindt u het rapport.", "bij deze brief vindt u het rapport"),
        ("Zie de bijlage bij deze brief.", "Zie de bijlage"),
        ("De gemeente stuurde ons een rapport (zie bijlage).", "een rapport (zie bijlage)"),
        ("Bijgaand treft u het verslag aan.", "Bijgaand treft u het verslag"),
        ("Bijgaand rapport laat dat zien.", "Bijgaand rapport"),
        ("Ingesloten vindt u meer.", "Ingesloten"),
        (
            "In onze vorige brief stond het al; hierbij ontvangt u ons jaarverslag.",
            "hierbij ontvangt u ons jaarverslag",
        ),
    ],
)
def test_what_goes_with_this_letter_still_blocks(text: str, quote: str) -> None:
    assert [(f.severity, f.quotes) for f in examine(note(text))] == [(Severity.BLOCK, (quote,))]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Het college heeft bij zijn brief als bijlage een kaart gevoegd.", "als bijlage een kaart"),
        ("In de bijlage staat een overzicht van de cijfers.", "In de bijlage staat een overzicht"),
        ("De bijgevoegde cijfers spreken voor zich.", "bijgevoegde"),
        ("Bijgevoegd is meer te lezen.", "Bijgevoegd"),
    ],
)
def test_in_doubt_it_asks(text: str, quote: str) -> None:
    assert [(f.severity, f.quotes, f.advice) for f in examine(note(text))] == [
        (
            Severity.WARN,
            (quote,),
            "Je noemt een bijlage, en er zit niets bij. Hoort die bij deze brief? Voeg die dan toe. "
            "Zo niet, laat het zo.",
        )
    ]


def test_a_matching_title_is_enough() -> None:
    for title in ("Jaarverslag 2024", "jaarverslag_2024.pdf", "Ons jaarverslag", "Verslag over 2024"):
        assert examine(note(HIERBIJ, enclosures=(EnclosureNote(title, attached=True),))) == ()


def test_two_documents_and_one_of_them_is_there() -> None:
    text = "Hierbij ontvangt u ons jaarverslag 2024 en de folder ‘Goede buren’."
    brief = note(text, enclosures=(EnclosureNote("Jaarverslag 2024", attached=True),))
    assert quotes(brief) == [("de folder ‘Goede buren’",)]
    assert advice(brief) == ["Je noemt een bijlage die er niet bij zit. Voeg de folder toe."]


def test_two_documents_and_none_is_there() -> None:
    text = "Hierbij ontvangt u ons jaarverslag 2024 en de folder ‘Goede buren’."
    assert quotes(note(text)) == [("Hierbij ontvangt u ons jaarverslag 2024",), ("de folder ‘Goede buren’",)]


def test_another_year_is_another_document() -> None:
    brief = note(HIERBIJ, enclosures=(EnclosureNote("Jaarverslag 2023", attached=True),))
    (found,) = examine(brief)
    assert found.severity == Severity.BLOCK
    assert found.advice == (
        'Je noemt het jaarverslag 2024, maar bijgevoegd is "Jaarverslag 2023". Voeg het goede stuk toe.'
    )


def test_a_title_that_does_not_tell_is_asked_about() -> None:
    (found,) = examine(note(HIERBIJ, enclosures=(EnclosureNote("Wie wij zijn", attached=True),)))
    assert found.severity == Severity.WARN
    assert found.advice == (
        'Je noemt het jaarverslag. Bijgevoegd is "Wie wij zijn". Is dat het? Voeg het anders toe.'
    )


def test_promised_for_later_while_the_text_says_it_is_there() -> None:
    (found,) = examine(note(HIERBIJ, enclosures=(EnclosureNote("Jaarverslag 2024", promised=True),)))
    assert found.severity == Severity.BLOCK
    assert found.advice == (
        "Je schrijft dat het jaarverslag erbij zit, maar op je lijst komt dat later. Voeg het toe."
    )


def test_promised_for_later_and_the_text_says_so() -> None:
    brief = note(
        "Zodra het klaar is, sturen wij u ons jaarverslag 2024 mee.",
        enclosures=(EnclosureNote("Jaarverslag 2024", promised=True),),
    )
    assert examine(brief) == ()


def test_the_same_paper_twice_is_one_finding() -> None:
    brief = note(HIERBIJ, "Het jaarverslag (zie bijlage) telt veel foto’s.", "In de bijlage leest u meer.")
    assert quotes(brief) == [("ontvangt u hierbij ons jaarverslag 2024",)]


def test_any_enclosure_will_do_for_the_word_bijlage() -> None:
    brief = note("In de bijlage leest u meer.", enclosures=(EnclosureNote("Wie wij zijn", attached=True),))
    assert examine(brief) == ()
