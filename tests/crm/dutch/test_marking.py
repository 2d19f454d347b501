"""Marking in a result the words that were typed."""

import pytest

from crm.dutch.marking import around, pieces


def marked(text, typed):
    found = pieces(text, typed)
    assert "".join(piece for piece, _is_typed in found) == text
    return [piece for piece, is_typed in found if is_typed]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Anna de Vries", "vries", ["Vries"]),
        ("Anna de Vries", "devries", ["de Vries"]),
        ("Anna de Vries", "anna vries", ["Anna", "Vries"]),
        ("Elif Öztürk", "ozturk", ["Öztürk"]),
        ("GroenLinks", "groen links", ["GroenLinks"]),
        ("Stadsdorp Zuid", "dorp", ["dorp"]),
        ("gevonden op telefoonnummer 020-123 45 67", "0201234567", ["020-123 45 67"]),
        ("gevonden op postcode 1099 ZC", "1099zc", ["1099 ZC"]),
        ("Post@Brug.example", "brug.example", ["Brug.example"]),
    ],
)
def test_what_was_typed_is_marked_as_it_stands_there(text, typed, expected):
    assert marked(text, typed) == expected


def test_a_short_word_is_marked_only_where_a_word_begins():
    assert marked("Eén aanspreekpunt voor de SP-fractie", "sp") == ["SP"]
    assert marked("PvdSP en D66", "66") == ["66"]


def test_a_prefix_alone_is_not_marked():
    assert marked("adviseur van de gemeente", "van de Vries") == []


@pytest.mark.parametrize("typed", ["", "%", "🚲", "_"])
def test_without_letters_nothing_is_marked(typed):
    assert marked("5% _ 🚲", typed) == []


def test_nothing_comes_of_nothing():
    assert pieces("", "vries") == []


WORDS = "een twee drie vier vijf zes zeven acht negen tien elf twaalf"


@pytest.mark.parametrize(
    ("text", "typed", "piece"),
    [
        ("Wij\nkomen  langs.", "langs", "Wij komen langs."),
        (WORDS, "TIEN", "… acht negen tien elf twaalf"),
        (WORDS, "zeven vijf", "… drie vier vijf zes zeven acht …"),
        (WORDS, "een", "een twee drie vier vijf zes …"),
        (WORDS, "nergens", "een twee drie vier vijf zes …"),
        ("", "langs", ""),
    ],
)
def test_a_piece_of_a_text_lies_around_what_was_typed(text, typed, piece):
    assert around(text, typed, most=30) == piece
