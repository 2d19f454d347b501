"""Cover sheets of letters."""

from dataclasses import replace
from datetime import date

from letters.render.covers import Cover, CoverRow, render_cover
from tests.letters.render.reading import about, solid, tags, words

COVER = Cover(
    subject="Stadsdorpen in uw verkiezingsprogramma",
    reference="2025-014 K",
    printed_on=date(2025, 7, 29),
    rows=(
        CoverRow(3, "De Brug", ("Programmacommissie", "Postbus 1", "1000 AA  AMSTERDAM"), 22),
        CoverRow(7, "Partij voor de Buurt", ("Dorpsplein 2", "1121 AB  LANDSMEER"), 1),
    ),
)


def test_the_cover_lists_the_envelopes_in_order() -> None:
    text = words(render_cover(COVER))
    assert text.startswith(
        "Afdruklijst 2025-014 K Brief Stadsdorpen in uw verkiezingsprogramma Kenmerk 2025-014 K "
        "Gemaakt 29 juli 2025 Inhoud 2 brieven, 23 bladzijden, en deze lijst 1. Print alles enkelzijdig, "
    )
    assert (
        "Klaar Nr. Aan Adres Bladzijden 3 De Brug Programmacommissie Postbus 1 1000 AA AMSTERDAM 22 "
        "7 Partij voor de Buurt Dorpsplein 2 1121 AB LANDSMEER 1"
    ) in text


def test_the_cover_tells_how_to_print() -> None:
    assert "Print alles dubbelzijdig" in words(render_cover(replace(COVER, duplex=True)))
    one = replace(COVER, rows=[replace(COVER.rows[0], pages=1)])
    assert "Inhoud 1 brief, 1 bladzijde, en deze lijst" in words(render_cover(one))


def test_a_cover_says_what_it_is_and_repeats_its_header() -> None:
    long = replace(COVER, rows=[replace(COVER.rows[0], number=number) for number in range(1, 61)])
    data = render_cover(long)
    assert about(data) == {
        "title": "Afdruklijst 2025-014 K",
        "language": "nl-NL",
        "ua": "1",
        "tagged": True,
        "created": "D:20250729120000Z",
        "pages": 4,
    }
    for page in range(1, 5):
        assert "Klaar Nr. Aan Adres Bladzijden" in words(data, page)
        assert f"Afdruklijst 2025-014 K, 29 juli 2025 {page} van 4" in words(data, page)
    assert tags(data).count("/TH") == 5


def test_names_are_printed_as_they_stand_in_the_same_bytes() -> None:
    name = '#panic("x") {{ a }} "b" \\ *c*'
    cover = replace(COVER, rows=[CoverRow(1, name, (name, "n" * 10_000), 1)])
    assert solid(words(render_cover(cover))).count(solid(name)) == 2
    assert render_cover(cover) == render_cover(replace(cover))


def test_the_code_beside_the_reference_says_what_to_do_with_it() -> None:
    data = render_cover(replace(COVER, scan_at="https://spreekbuis.example/papier/2/"))
    assert "Scan deze code met je telefoon" in words(data)
    assert "/Figure" in tags(data)
    assert "/Figure" not in tags(render_cover(COVER))
