"""A letter as PDF."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from letters.render.letters import BadLetterhead, NoSubject, preview, render, render_many, values
from tests.letters.render.reading import Line, about, read, solid, tags, words
from tests.letters.render.samples import LETTERHEAD, LOGO, SEED, letter, paragraphs

ROOT = Path(__file__).parents[3]
# The window, in millimetres (DOMAIN "Letters").
RETURN_LINE, FIRST_LINE, LAST_ABOVE = 47, 52, 82


def found(data: bytes, text: str) -> Line:
    (line,) = [line for line in read(data) if line.text.strip() == text]
    return line


def test_the_seed_letter_as_it_is_read() -> None:
    """Its own words, each once and in order, between the salutation and the closing."""
    printed = solid(words(render(letter())))
    text = SEED.read_text(encoding="utf-8").replace("•", "")
    text = text[text.index("In een toekomst") : text.index("Met vriendelijke groet")]
    start, end = printed.index("Geachteprogrammacommissie,"), printed.index("Metvriendelijkegroet,")
    letter_text = printed[start + len("Geachteprogrammacommissie,") : end]
    letter_text = letter_text.replace("•", "").replace("Kenmerk2025-014K·29juli20252van2", "")
    assert letter_text == f"{solid(text)}post@stadsdorpen.example."


def test_what_stands_around_the_text() -> None:
    data = render(letter())
    first, last = words(data, page=1), words(data, page=2)
    assert first.startswith(
        "Netwerk Amsterdamse Stadsdorpen Voorbeeldkade 12 1000 AA AMSTERDAM 020 000 00 00 "
        "post@stadsdorpen.example www.stadsdorpen.example "
        "Netwerk Amsterdamse Stadsdorpen, Voorbeeldkade 12, 1000 AA Amsterdam "
        "De Brug Programmacommissie Postbus 100 1000 AB AMSTERDAM "
        "Amsterdam, 29 juli 2025 Kenmerk 2025-014 K "
        "Onderwerp Stadsdorpen in uw verkiezingsprogramma: jaarverslag 2024 Geachte programmacommissie,"
    )
    assert "van 2" not in first
    assert last.startswith("Kenmerk 2025-014 K · 29 juli 2025 2 van 2")
    assert last.endswith(
        "Met vriendelijke groet, De Coördinatie Commissie van het Netwerk Amsterdamse Stadsdorpen "
        "Alida Voorbeeld voorzitter Bram de Proef secretaris Bijlage: Jaarverslag 2024"
    )


def test_a_letter_says_what_it_is() -> None:
    assert about(render(letter())) == {
        "title": "Stadsdorpen in uw verkiezingsprogramma: jaarverslag 2024",
        "language": "nl-NL",
        "ua": "1",
        "tagged": True,
        "created": "D:20250729120000Z",
        "pages": 2,
    }


def test_a_screen_reader_meets_one_title_and_real_lists() -> None:
    data = render(letter())
    kinds = tags(data)
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1"]
    assert (kinds.count("/L"), kinds.count("/LI")) == (1, 4)


@pytest.mark.parametrize(("window", "left"), [("left", 35), ("right", 110)])
def test_the_address_stands_in_the_window(window: str, left: int) -> None:
    data = render(letter(letterhead=replace(LETTERHEAD, window=window)))
    address = [found(data, line) for line in letter().address_lines]
    return_line = found(data, LETTERHEAD.return_line)
    assert [round(line.left, 1) for line in (return_line, *address)] == [left] * 5
    assert [round(return_line.top, 1), round(address[0].top, 1)] == [RETURN_LINE, FIRST_LINE]
    assert address[-1].baseline < LAST_ABOVE


def test_a_long_address_gets_smaller_type_to_stay_in_the_window() -> None:
    address = [f"Regel {number} van een lang adres" for number in range(1, 9)]
    data = render(letter(address_lines=tuple(address)))
    printed = [found(data, line) for line in address]
    assert {line.size for line in printed} == {9}
    assert round(printed[0].top, 1) == FIRST_LINE
    assert printed[-1].baseline < LAST_ABOVE


def test_an_address_that_no_window_holds_is_printed_in_full_and_over_nothing() -> None:
    address = [f"Regel {number}" for number in range(1, 31)]
    data = render(letter(address_lines=tuple(address)))
    printed = [found(data, line) for line in address]
    assert printed[-1].baseline > LAST_ABOVE
    assert found(data, "Amsterdam, 29 juli 2025").top > printed[-1].baseline


def test_two_blanks_stand_before_the_town() -> None:
    assert found(render(letter()), "1000 AB  AMSTERDAM").page == 1


def test_the_senders_addresses_can_be_followed_however_long() -> None:
    long = replace(LETTERHEAD, reply_address="redactie.en.secretariaat@netwerk.stadsdorpen.example")
    with pikepdf.open(BytesIO(render(letter(letterhead=long)))) as pdf:
        links = [str(note.A.URI) for note in pdf.pages[0].Annots]
    assert links == [
        "mailto:redactie.en.secretariaat@netwerk.stadsdorpen.example",
        "https://www.stadsdorpen.example",
    ]


def test_a_public_copy_shows_no_address_and_is_the_same_letter_otherwise() -> None:
    sent, public = render(letter()), render(letter(public_copy=True))
    address = {*letter().address_lines, LETTERHEAD.return_line}
    assert read(public) == [line for line in read(sent) if line.text not in address]


def test_the_closing_takes_the_last_paragraph_along() -> None:
    """At every length of the text: nobody signs a page on which nothing else stands."""
    pages = []
    for length in range(10, 22):
        data = render(letter(body=paragraphs(*["Een regel van de brief."] * length, "De laatste alinea.")))
        closing = found(data, "Met vriendelijke groet,").page
        assert found(data, "De laatste alinea.").page == closing
        assert found(data, "Bijlage: Jaarverslag 2024").page == closing
        pages.append(closing)
    assert pages == sorted(pages)
    assert {1, 2} == set(pages)


def test_three_sign_side_by_side_and_a_fourth_below() -> None:
    names = ("Alida Voorbeeld", "Bram de Proef", "Cor van der Test", "Dina Monster")
    data = render(letter(signatories=tuple((name, "lid") for name in names)))
    places = [found(data, name) for name in names]
    assert len({round(place.baseline, 1) for place in places[:3]}) == 1
    assert places[0].left < places[1].left < places[2].left
    assert places[3].left == places[0].left
    assert places[3].baseline > places[0].baseline + 14


def test_more_enclosures_are_a_list() -> None:
    data = render(letter(enclosures=("Jaarverslag 2024", "", "Folder\nin kleur")))
    assert words(data).endswith("Bijlagen: • Jaarverslag 2024 • Folder in kleur")


def test_what_is_not_there_leaves_no_label() -> None:
    bare = letter(
        reference="", place="", sign_off="", signatories=(), enclosures=(), address_lines=(), closing=""
    )
    text = words(
        render(replace(bare, letterhead=replace(LETTERHEAD, website="", phone=""), body=paragraphs("Dag.")))
    )
    assert text.endswith(
        "post@stadsdorpen.example 29 juli 2025 Onderwerp "
        "Stadsdorpen in uw verkiezingsprogramma: jaarverslag 2024 Geachte programmacommissie, Dag."
    )


@pytest.mark.parametrize(
    ("salutation", "printed"),
    [("Beste Anna", "Beste Anna,"), ("Beste Anna,", "Beste Anna,"), ("Dag allemaal!", "Dag allemaal!")],
)
def test_the_salutation_ends_in_a_comma_once(salutation: str, printed: str) -> None:
    assert found(render(letter(salutation=salutation)), printed).page == 1


@pytest.mark.parametrize("subject", ["", " \n\t", "\u00a0"])
def test_a_letter_without_subject_is_not_made(subject: str) -> None:
    for make in (render, preview):
        with pytest.raises(NoSubject) as caught:
            make(letter(subject=subject))
        assert str(caught.value) == "Er staat geen onderwerp boven de brief. Vul in waar de brief over gaat."


@pytest.mark.parametrize(
    "change",
    [
        {"sender_name": "n" * 91},
        {"sender_lines": ("regel",) * 9},
        {"sender_lines": ("r" * 61,)},
        {"return_line": "r" * 121},
        {"accent": "rood"},
        {"accent": '#9a3412"); panic("x'},
    ],
)
def test_a_letterhead_that_does_not_fit_is_told(change: dict[str, Any]) -> None:
    with pytest.raises(BadLetterhead):
        render(letter(letterhead=replace(LETTERHEAD, **change)))


def test_letters_come_in_order_and_as_if_made_alone() -> None:
    pages = [
        letter(reference=f"2025-{number:03}", letterhead=replace(LETTERHEAD, logo=LOGO))
        for number in range(5)
    ]
    assert list(render_many(iter(pages))) == [render(page) for page in pages]


def test_letters_are_made_one_at_a_time() -> None:
    asked: list[int] = []

    def pages() -> Any:
        for number in range(3):
            asked.append(number)
            yield letter(reference=str(number))

    made = render_many(pages())
    next(made)
    assert asked == [0]


def test_another_process_makes_the_same_bytes() -> None:
    program = (
        "import sys; from letters.render.letters import render; from tests.letters.render.samples import letter\n"
        "sys.stdout.buffer.write(render(letter()))"
    )
    # Another hash seed, so that nothing rests on the order of a set.
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
    ).stdout
    assert render(letter()) == elsewhere
    assert render(letter(dated_on=date(2025, 7, 30))) != elsewhere


def test_a_preview_shows_the_pages_of_the_letter() -> None:
    page = letter(letterhead=replace(LETTERHEAD, logo=LOGO))
    pages = preview(page)
    assert len(pages) == about(render(page))["pages"] == 2
    assert [etree.fromstring(svg).get("aria-label") for svg in pages] == [
        "Bladzijde 1 van 2",
        "Bladzijde 2 van 2",
    ]


def test_the_values_name_no_markup() -> None:
    """What goes to the template is plain data, so that it can be kept and compared."""
    assert values(letter(body=paragraphs("Dag")))["body"] == [["par", [["run", [["text", "Dag"]]]]]]
