"""The positions on paper: every quote with its source, what is unknown, in Dutch and readable for everybody."""

import datetime
from dataclasses import replace

from campaigns.render.positions import Chapter, Overview, Statement, render
from tests.letters.render.reading import about, words

BRUG = Statement(
    party="De Brug",
    seats=3,
    position="voor",
    said_by="Fractie De Brug",
    quote="Elke buurt een ruimte.",
    said_on=datetime.date(2025, 8, 1),
    source="e-mail van 1 augustus 2025",
    note="bevestigd door Cor",
)
UNKNOWN = Statement("Buurtstem", 2, "onbekend")
CHAPTER = Chapter(
    title="Een ruimte in elke buurt",
    why="Er is te weinig ruimte.",
    proposed_text="Elke buurt heeft een ruimte.",
    support="Voor: 3 van de 45 zetels. Deels: 0.",
    statements=(BRUG, UNKNOWN, Statement("Noorderlicht", 0, "onbekend")),
)
OVERVIEW = Overview(
    campaign="Verkiezing 2026",
    council="Zetels: Raad 2022, in totaal 45 zetels.",
    unknown_means="“Onbekend” betekent dat we niets vonden.",
    chapters=(CHAPTER,),
    made_on=datetime.date(2025, 9, 1),
)


def test_it_reads_from_the_day_to_the_last_source():
    assert words(render(OVERVIEW)) == (
        "Standpunten: Verkiezing 2026 Stand van 1 september 2025. Zetels: Raad 2022, in totaal 45 zetels. "
        "“Onbekend” betekent dat we niets vonden. Een ruimte in elke buurt Er is te weinig ruimte. "
        "“Elke buurt heeft een ruimte.” Voor: 3 van de 45 zetels. Deels: 0. "
        "Partij Zetels Standpunt Citaat Datum en bron De Brug Fractie De Brug 3 voor “Elke buurt een ruimte.” "
        "1 augustus 2025 e-mail van 1 augustus 2025 bevestigd door Cor Onbekend: Buurtstem (2), Noorderlicht. "
        "Standpunten: Verkiezing 2026. Stand van 1 september 2025. 1 van 1"
    )


def test_everybody_can_read_it():
    told = about(render(OVERVIEW))
    assert (told["title"], told["language"], told["ua"], told["tagged"]) == (
        "Standpunten: Verkiezing 2026", "nl-NL", "1", True,
    )  # fmt: skip


def test_the_same_positions_give_the_same_bytes():
    assert render(OVERVIEW) == render(OVERVIEW)


def test_an_ask_about_which_nobody_spoke_says_so():
    silent = replace(CHAPTER, statements=(UNKNOWN,), support="", why="", proposed_text="")
    text = words(render(replace(OVERVIEW, chapters=(silent,))))
    assert (
        "Een ruimte in elke buurt Nog niemand heeft hier iets over gezegd. Onbekend: Buurtstem (2)." in text
    )


def test_markup_strange_characters_and_endless_words_do_no_harm():
    quote = '#panic("x") *vet* $1$ <label> @ref 𐎀 ' + "a" * 400
    text = words(
        render(replace(OVERVIEW, chapters=(replace(CHAPTER, statements=(replace(BRUG, quote=quote),)),)))
    )
    assert '“#panic("x") *vet* $1$ <label> @ref ? a' in text


def test_twenty_parties_and_ten_asks_fill_some_pages_each_with_its_number():
    many = replace(CHAPTER, statements=(BRUG,) * 20)
    told = about(render(replace(OVERVIEW, chapters=(many,) * 10)))
    assert 10 <= told["pages"] <= 40
