"""The card for a talk: one page with everything, and a blank one."""

from dataclasses import fields, replace
from datetime import date

import pytest

from letters.render.cards import CardValues, Quoted, render_card
from tests.letters.render.reading import about, tags, words

CARD = CardValues(
    name="De Brug",
    network="Netwerk De Buurt",
    made_on=date(2025, 9, 1),
    facts=[("Wanneer", "dinsdag 2 september 2025, 14.30 uur"), ("Waar", "Raadhuis")],
    about_them="Partij",
    people=["Joost van ’t Veer, secretaris"],
    last_contact="29 juli 2025: De Brug kreeg onze brief.",
    our_letter="Ontmoeten in de buurt (2025-014 K, 29 juli 2025)",
    our_sentence="Elke buurt heeft een huis.",
    their_answer=Quoted("Wij nemen dat graag op.", "Joost van ’t Veer, 5 augustus 2025"),
    positions=["Een huis in elke buurt: voor"],
    we_promised=["Het rapport (voor 30 november 2025)"],
    they_promised=["Een antwoord (te laat)"],
    questions=["Neemt u de zin over?"],
)
EMPTY = CardValues(name="De Brug", network="Netwerk", made_on=date(2025, 9, 1))


def test_everything_stands_on_the_first_page_and_the_back_is_blank():
    data = render_card(CARD)
    assert words(data, page=1) == (
        "Gesprekskaart De Brug Netwerk De Buurt Wanneer dinsdag 2 september 2025, 14.30 uur Waar Raadhuis "
        "Wie zij zijn Partij • Joost van ’t Veer, secretaris "
        "Laatste contact 29 juli 2025: De Brug kreeg onze brief. "
        "Onze zin Ontmoeten in de buurt (2025-014 K, 29 juli 2025) “Elke buurt heeft een huis.” "
        "Hun woorden “Wij nemen dat graag op.” Joost van ’t Veer, 5 augustus 2025 • Een huis in elke buurt: voor "
        "Wij beloofden • Het rapport (voor 30 november 2025) Zij beloofden • Een antwoord (te laat) "
        "Drie vragen 1 Neemt u de zin over? 2 3 Gesprekskaart De Brug, 1 september 2025"
    )
    assert words(data, page=2) == ""


def test_it_can_be_read_aloud():
    facts = about(render_card(CARD))
    assert (facts["title"], facts["ua"], facts["tagged"], facts["pages"]) == (
        "Gesprekskaart De Brug", "1", True, 2,
    )  # fmt: skip
    assert facts["language"].lower().startswith("nl")
    assert tags(render_card(CARD)).count("/H2") == 7


def test_what_is_not_known_is_said_and_the_questions_are_lines_to_write_on():
    text = words(render_card(EMPTY), page=1)
    for sentence in ("Er is nog niets opgeschreven.", "Ze antwoordden nog niet.", "Drie vragen 1 2 3"):
        assert sentence in text


@pytest.mark.parametrize("word", ["Woord dat lang is ", "Donaudampfschiffahrt" * 9 + " ", "W "])
def test_whatever_is_typed_it_stays_one_page(word):
    long = word * 60
    full = {
        field.name: (
            [long] * 12 if isinstance(getattr(CARD, field.name), list) and field.name != "facts" else long
        )
        for field in fields(CardValues)
        if field.name not in ("made_on", "facts", "their_answer")
    }
    card = replace(CARD, **full, facts=[(label, long) for label in "abcdef"], their_answer=Quoted(long, long))
    data = render_card(card)
    assert about(data)["pages"] == 2
    assert words(data, page=2) == ""
    assert "en nog 8" in words(data)


def test_a_name_that_cannot_be_printed_gives_a_card_all_the_same():
    assert "De Brug ?" in words(render_card(replace(CARD, name="De Brug \U0001f600")))
