"""Values that look like markup stay text."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from crm.typesetting.errors import UnknownGlyph
from letters.render.letters import render
from tests.letters.render.reading import about, read, solid, words
from tests.letters.render.samples import LETTERHEAD, letter, paragraphs

HOSTILE = '#set text(size:99pt) {{ naam }} "aan" \\ *a* _b_ @c <d> $e$ [f] // g #panic("h") \\u{41}'
TEXTS: list[tuple[str, Callable[[str], dict[str, Any]]]] = [
    ("subject", lambda text: {"subject": text}),
    ("reference", lambda text: {"reference": text}),
    ("place", lambda text: {"place": text}),
    ("address", lambda text: {"address_lines": (text, text)}),
    ("salutation", lambda text: {"salutation": text}),
    ("text", lambda text: {"body": paragraphs(text)}),
    ("closing", lambda text: {"closing": text}),
    ("sign_off", lambda text: {"sign_off": text}),
    ("signatories", lambda text: {"signatories": ((text, text),) * 4}),
    ("enclosures", lambda text: {"enclosures": (text,)}),
    ("sender", lambda text: {"letterhead": replace(LETTERHEAD, sender_name=text[:90])}),
]


@pytest.mark.parametrize("change", [change for _, change in TEXTS], ids=[name for name, _ in TEXTS])
def test_markup_in_a_value_is_printed_as_it_stands(change: Callable[[str], dict[str, Any]]) -> None:
    data = render(letter(**change(HOSTILE)))
    assert solid(HOSTILE[:90]) in solid(words(data))
    assert max(line.size for line in read(data)) == 15


@pytest.mark.parametrize("change", [change for _, change in TEXTS[:-1]], ids=[name for name, _ in TEXTS[:-1]])
def test_an_endless_name_wraps_and_is_printed_whole(change: Callable[[str], dict[str, Any]]) -> None:
    data = render(letter(**change("n" * 10_000)))
    lines = [line.text for line in read(data) if "nnnn" in line.text]
    assert sum(line.count("n") for line in lines) >= 10_000
    assert max(len(line.replace("\u200b", "")) for line in lines) < 110


def test_line_breaks_in_a_value_do_not_break_the_letter() -> None:
    data = render(
        letter(salutation="Geachte\r\nheer\tDe  Vries", reference="2025\n014", subject="Twee\nregels")
    )
    assert "Kenmerk 2025 014 Onderwerp Twee regels Geachte heer De Vries," in words(data)
    assert about(data)["title"] == "Twee regels"


def test_a_glyph_that_cannot_be_printed_is_named() -> None:
    for change in (
        {"salutation": "Beste 😀"},
        {"body": paragraphs("Dag 😀")},
        {"signatories": (("Jan", "😀"),)},
    ):
        with pytest.raises(UnknownGlyph) as caught:
            render(letter(**change))
        assert caught.value.characters == ("😀",)


def test_names_from_all_over_europe_are_printed() -> None:
    names = ("Şükrü Ağaoğlu", "Łukasz Żółć", "Jiří Dvořák", "Zoë van ’t Hek", "Adébáyọ̀")
    data = render(letter(address_lines=names, sign_off=" · ".join(names)))
    assert [solid(words(data)).count(solid(name)) for name in names] == [2] * 5
