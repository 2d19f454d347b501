"""Asks without a sentence to take over."""

import pytest

from letters.preflight.rules.asks import offered_sentence
from letters.preflight.run import examine
from tests.letters.preflight.drafts import codes, note, quotes


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Wij doen een beroep op u om in uw programma aandacht te besteden aan buren.",
            "aandacht te besteden",
        ),
        ("Wij vragen u aandacht voor eenzaamheid.", "aandacht voor"),
        ("Wij verzoeken u rekening te houden met ouderen.", "rekening te houden met"),
        ("Wij roepen u op om oog te hebben voor mantelzorgers.", "oog te hebben voor"),
    ],
)
def test_attention_is_asked_and_no_sentence_given(text: str, quote: str) -> None:
    (found,) = examine(note(text))
    assert (found.code, found.severity, found.quotes) == ("ask_without_sentence", "tip", (quote,))
    assert found.advice == "Geef een zin die de partij kan overnemen."


@pytest.mark.parametrize(
    "text",
    [
        "Stadsdorpen besteden aandacht aan eenzaamheid.",
        "Er is veel aandacht voor ouderen.",
        "Dank voor uw aandacht.",
        "Wij vragen u de huur van zalen te betalen.",
    ],
)
def test_no_attention_is_asked(text: str) -> None:
    assert examine(note(text)) == ()


def test_a_sentence_is_given() -> None:
    ask = "Wij vragen u om aandacht te besteden aan buren."
    sentence = "“De gemeente geeft elke buurt een plek om samen te komen.”"
    assert examine(note(ask, sentence)) == ()
    assert examine(note(f"{ask} Wij stellen de volgende tekst voor.")) == ()


def test_a_title_is_no_sentence() -> None:
    assert codes(note("Wij vragen u om aandacht te besteden aan ‘Hier zijn wij!’")) == [
        "ask_without_sentence"
    ]


def test_apostrophes_are_no_quotation_marks() -> None:
    text = "Wij vragen u om aandacht te besteden aan thema's als wonen, zorg en foto's van 's winters."
    assert quotes(note(text)) == [("aandacht te besteden",)]


def test_two_asks_are_one_tip() -> None:
    text = "Wij vragen u om aandacht te besteden aan buren. Wij verzoeken u rekening te houden met ouderen."
    assert quotes(note(text)) == [("aandacht te besteden", "rekening te houden met")]


SENTENCE = "Elke buurt krijgt een huis waar bewoners elkaar ontmoeten."


@pytest.mark.parametrize(
    ("paragraphs", "sentence"),
    [
        (["Deze zin kunt u overnemen:", f"“{SENTENCE}”"], SENTENCE),
        ([f"Ons tekstvoorstel: {SENTENCE}"], SENTENCE),
        ([f"Ons tekstvoorstel: {SENTENCE}", "“Bewoners krijgen elk jaar tijdig te horen waar zij staan.”"],
         "Bewoners krijgen elk jaar tijdig te horen waar zij staan."),
        (["Ons rapport “Hier zijn wij!” volgt."], ""),
        (["Wij vragen aandacht voor buren."], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_the_sentence_to_take_over_is_found(paragraphs, sentence) -> None:
    assert offered_sentence(paragraphs) == sentence
