"""Letters to print, in one file."""

from datetime import date

import pytest

from crm.document.tree import Document
from crm.typesetting.pdf import NotAPdf, page_count
from letters.render.batches import BatchLetter, print_batch
from letters.render.covers import Cover, CoverRow, render_cover
from letters.render.letters import render
from tests.letters.render.reading import about, words
from tests.letters.render.samples import letter, paragraph

COVER = render_cover(
    Cover("Jaarverslag", "2025-014 K", date(2025, 7, 29), [CoverRow(1, "De Brug", ("Postbus 1",), 2)])
)


def one_page(text: str) -> bytes:
    return render(letter(body=Document((paragraph(text),)), signatories=(), enclosures=()))


def contents(batch: bytes) -> list[str]:
    """Of each page the word of ours that stands on it, "" for a blank one."""
    marks = ("Afdruklijst", "brief een", "brief twee", "bijlage", "2 van 2")
    return [
        next((mark for mark in marks if mark in words(batch, page)), words(batch, page))
        for page in range(1, page_count(batch) + 1)
    ]


def test_each_letter_is_followed_by_its_enclosures() -> None:
    enclosure = one_page("bijlage")
    letters = [
        BatchLetter(one_page("brief een"), (enclosure, enclosure)),
        BatchLetter(one_page("brief twee")),
    ]
    assert contents(print_batch(COVER, letters)) == [
        "Afdruklijst",
        "brief een",
        "bijlage",
        "bijlage",
        "brief twee",
    ]


def test_on_both_sides_nothing_stands_on_the_back_of_something_else() -> None:
    enclosure, long = one_page("bijlage"), render(letter(salutation="brief een"))
    letters = [BatchLetter(long, (enclosure,)), BatchLetter(one_page("brief twee"), (enclosure,))]
    assert contents(print_batch(COVER, letters, duplex=True)) == [
        *("Afdruklijst", ""), *("brief een", "2 van 2"), *("bijlage", ""), *("brief twee", ""), *("bijlage", ""),
    ]  # fmt: skip


def test_an_enclosure_for_all_weighs_once() -> None:
    enclosure = render(letter())
    letters = [BatchLetter(one_page("brief een"), (bytes(enclosure),)) for _ in range(1)]
    many = [BatchLetter(letters[0].pdf, (bytes(enclosure),)) for _ in range(50)]
    assert len(print_batch(COVER, many)) < len(print_batch(COVER, letters)) + 50 * 600


def test_the_same_letters_make_the_same_batch() -> None:
    letters = [BatchLetter(one_page("brief een"), (one_page("bijlage"),))]
    batch = print_batch(COVER, letters)
    assert batch == print_batch(COVER, letters)
    assert about(batch) == {
        "title": "Afdrukken voor de post",
        "language": "nl-NL",
        "ua": None,
        "tagged": False,
        "created": "",
        "pages": 3,
    }


def test_a_batch_without_letters_is_its_cover() -> None:
    assert contents(print_batch(COVER, [])) == ["Afdruklijst"]


def test_a_file_that_is_no_pdf_stops_the_batch() -> None:
    with pytest.raises(NotAPdf):
        print_batch(COVER, [BatchLetter(b"broken")])
