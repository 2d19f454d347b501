"""Passages taken out of a text: wherever they stand, and nothing else."""

import pytest

from letters.inbound.blackening import Blackened, black_out, passages, suggested

BEGIN, END = (
    "Ik ben Anna\nBos, en bel mij op 06 12345678.",
    " Januari komt anna bos weer.\n> Anna\n> Bos schreef",
)
TEXT = BEGIN + END


@pytest.mark.parametrize(
    ("wanted", "left", "places"),
    [
        (
            ["Anna Bos"],
            "Ik ben [weggelakt], en bel mij op 06 12345678. Januari komt [weggelakt] weer.\n> [weggelakt] schreef",
            3,
        ),
        (["Ann"], TEXT, 0),
        (["06 12345678"], BEGIN.replace("06 12345678", "[weggelakt]") + END, 1),
        (["bel mij", "mij op"], BEGIN.replace("bel mij op", "[weggelakt]") + END, 1),
    ],
)
def test_what_is_named_goes_wherever_it_stands(wanted, left, places):
    done = black_out([TEXT], wanted)
    assert (done.texts[0], done.places) == (left, places)


def test_one_passage_inside_another_goes_with_it_and_one_that_is_not_there_is_told():
    assert black_out(["Anna Bos en zonen"], ["Bos en zonen", "Anna Bos", "Piet"]) == Blackened(
        ("[weggelakt]",), 1, ("Piet",)
    )


def test_an_accent_written_in_another_way_or_something_invisible_hides_nothing():
    assert black_out(["Jose\u0301 Ga\u00adr\u200bcia"], ["José Garcia"]).texts == ("[weggelakt]",)


def test_the_mark_itself_can_be_named_without_harm():
    assert black_out(["weggelakt staat hier"], ["weggelakt", "staat"]).texts == (
        "[weggelakt] [weggelakt] hier",
    )


def test_one_passage_stands_on_each_line():
    assert passages(" Anna  Bos \n\n06 12345678\n") == ["Anna Bos", "06 12345678"]


def test_addresses_and_numbers_are_suggested():
    text = "Mail anna.bos@elders.example of bel 06-12345678, +31 20 555 12 34 of (020) 5551234. Zie 2025-014 K, 1012 AB"
    assert suggested(text) == ["anna.bos@elders.example", "06-12345678", "+31 20 555 12 34", "(020) 5551234"]


@pytest.mark.parametrize("typed", ["Joost van 't Veer", "Joost van ’t Veer"])
@pytest.mark.parametrize("written", ["Groet, Joost van ’t Veer", "Groet, Joost van 't Veer"])
def test_a_quote_of_the_keyboard_finds_that_of_a_mail_program(written, typed):
    found = black_out([written], [typed])
    assert (found.places, "Veer" in found.texts[0]) == (1, False)


def test_marks_of_quotation_in_what_is_typed_are_no_words_and_cost_no_time():
    assert passages("> Anna\n>> > Anna > Bos\n> >\n") == ["Anna", "Anna Bos"]
    done = black_out([f"{'> ' * 200_000}Anna\n> > Bos"], passages("> > Anna > > Bos"))
    assert (done.texts[0].replace("> ", ""), done.places) == ("[weggelakt]", 1)
