"""The fonts that typesetting works with."""

from pathlib import Path

import pytest

from crm.typesetting.fonts import faces, font_directory, missing_glyphs, printable


@pytest.mark.parametrize(
    "text",
    [
        "Şükrü Ağaoğlu, İğdır",
        "Łódź, Kraków, Gdańsk: ąćęłńóśźż",
        "Dvořák, Škoda, Ďáblice",
        "Őri Ödön, Ștefan Țepeș",
        "’s-Gravenhage, “citaat” – € 15.000 · № 3 → ☐ ☑",
        "Adébáyọ̀",
        "een\u00a0twee\u202fdrie\tvier\nvijf",
        "Ελλάδα, Київ",
        "zacht\u00adafbreken, niet\u2011afbreken, begin\ufeff",
    ],
)
def test_names_from_all_over_europe_can_be_printed(text: str) -> None:
    assert missing_glyphs(text) == ()


def test_what_cannot_be_printed_is_named_once_in_reading_order() -> None:
    assert missing_glyphs("Dank 😀 aan 漢, 😀\x00") == ("😀", "漢", "\x00")


def test_an_accent_that_italics_lack_cannot_be_printed() -> None:
    assert missing_glyphs("a\u0318") == ("\u0318",)


def test_printable_keeps_what_looks_the_same() -> None:
    assert printable("Cafe\u0301 Ĳmuiden, ĳs\u2028regel") == "Café IJmuiden, ijs regel"
    assert printable("WhatsApp\u2011groep") == "WhatsApp\u2060-\u2060groep"


def test_printable_drops_marks_that_turn_a_name_around() -> None:
    assert printable("Jan\u202eneztaJ\u2066 de Vries") == "JanneztaJ de Vries"


def test_each_face_is_there_once_and_only_while_needed() -> None:
    with font_directory() as directory:
        names = sorted(path.name for path in directory.iterdir())
    assert names == sorted(path.name for path in faces())
    assert [path.suffix for path in faces()] == [".ttf"] * 12
    assert not Path(directory).exists()
