"""What only one recipient reads: their own paragraph, and a salutation that was written by hand."""

import pytest

from crm.checking.findings import Fix
from crm.document.lines import Line
from letters.preflight.draft import Draft, EnclosureNote, RecipientNote
from letters.preflight.run import examine
from tests.letters.preflight.drafts import note

WAAG, LIJST = "recipient-7", "recipient-8"


def own(name: str, spot: str, *texts: str, salutation: str = "") -> RecipientNote:
    lines = tuple(Line(text, number, "p") for number, text in enumerate(texts, start=1))
    return RecipientNote(
        name, salutation="Geacht bestuur", spot=spot, own_salutation=salutation, own_lines=lines
    )


def to_waag(*texts: str, salutation: str = "", body: str = "Goed nieuws.", **known: object) -> Draft:
    recipients = (own("De Waag", WAAG, *texts, salutation=salutation), own("Stadslijst", LIJST))
    return note(body, recipients=recipients, own_words=("stadsdorpen",), **known)


@pytest.mark.parametrize(
    ("text", "code", "quotes", "advice"),
    [
        ("U krijgt 5 stadsdopen.", "near_miss", ("stadsdopen",), 'Bedoel je "stadsdorpen"?'),
        (
            "Dat staat bij {{ x }}.",
            "unknown_field",
            ("{{ x }}",),
            "{{ x }} wordt niet ingevuld. Haal het weg, of kies een veld uit de lijst.",
        ),
        (
            "U kunt ons bereiken op",
            "contact_line_empty",
            ("bereiken op",),
            "Hier hoort je e-mailadres of telefoonnummer. Vul het in.",
        ),
        (
            "Hierbij ontvangt u ons jaarverslag.",
            "enclosure_missing",
            ("Hierbij ontvangt u ons jaarverslag",),
            "Je noemt een bijlage, maar er zit niets bij. Voeg het jaarverslag toe.",
        ),
        (
            "Binnenkort sturen wij u een folder.",
            "promise_without_date",
            ("Binnenkort",),
            "Je belooft een folder zonder datum. Noem een maand, of kies wie het bewaakt.",
        ),
        (
            "Wij bereiken 4.000 Amsterdammers.",
            "figure_without_source",
            ("4.000",),
            "Waar komt 4.000 vandaan? Zet het met de bron bij je feiten, of noem de bron.",
        ),
        ("Stuur een email.", "spelling", ("email",), "e-mail"),
        (
            "Het verkiezings programma.",
            "split_compound",
            ("verkiezings programma",),
            "verkiezingsprogramma: dat schrijf je aan elkaar.",
        ),
        ("Wij zijn samen redzaam.", "language_tip", ("samen redzaam",), 'Liever: "samenredzaam".'),
        (
            "Wij vragen u aandacht te besteden aan ons.",
            "ask_without_sentence",
            ("aandacht te besteden",),
            "Geef een zin die de partij kan overnemen.",
        ),
    ],
)
def test_a_paragraph_of_their_own_is_read(text: str, code: str, quotes: tuple[str, ...], advice: str) -> None:
    assert [(f.code, f.quotes, f.advice, f.spot) for f in examine(to_waag(text))] == [
        (code, quotes, f"Bij De Waag: {advice}", WAAG)
    ]


def test_a_salutation_by_hand_is_read() -> None:
    brief = to_waag(salutation="Beste vrienden van de stadsdopen, «naam»")
    assert [(f.code, f.quotes, f.spot) for f in examine(brief)] == [
        ("unknown_field", ("«naam»",), WAAG),
        ("near_miss", ("stadsdopen",), WAAG),
    ]


def test_one_salutation_for_all_is_read() -> None:
    brief = note("Goed nieuws.", salutation="Geacht bestuur van de stadsdopen", own_words=("stadsdorpen",))
    assert [(f.code, f.spot) for f in examine(brief)] == [("near_miss", "salutation")]


def test_the_same_words_at_two_are_one_finding_that_names_both() -> None:
    recipients = (own("De Waag", WAAG, "De stadsdopen."), own("Stadslijst", LIJST, "Van stadsdopen."))
    (found,) = examine(note("Goed nieuws.", recipients=recipients, own_words=("stadsdorpen",)))
    assert (found.advice, found.spot, found.fixes) == (
        'Bij De Waag en Stadslijst: Bedoel je "stadsdorpen"?',
        WAAG,
        (Fix("stadsdopen", "stadsdorpen", 2),),
    )


def test_what_stands_in_the_text_too_is_told_once_and_there() -> None:
    brief = to_waag(
        "Van stadsdopen. Wij bereiken 4.000 mensen.", body="De stadsdopen. Wij bereiken 4.000 mensen."
    )
    assert [(f.code, f.spot, f.times) for f in examine(brief)] == [
        ("near_miss", "paragraph-1", 2),
        ("figure_without_source", "paragraph-1", 1),
    ]


def test_what_all_get_counts_for_one_as_well() -> None:
    brief = to_waag(
        "Hierbij ontvangt u ons jaarverslag.",
        "Wij vragen u aandacht te besteden aan ons.",
        body="U mag dit overnemen: “Elke buurt krijgt een eigen huis om elkaar te ontmoeten.”",
        enclosures=(EnclosureNote("Jaarverslag 2024", attached=True),),
    )
    assert examine(brief) == ()


def test_a_good_paragraph_of_their_own() -> None:
    assert examine(to_waag("Wij spraken elkaar op 3 maart.", salutation="Beste Anna de Vries")) == ()
