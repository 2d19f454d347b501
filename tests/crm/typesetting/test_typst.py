"""Typesetting to PDF: what comes out, and what goes wrong."""

import os
import pickle
import re
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from crm.typesetting.errors import MissingTitle, TypesettingError, TypesettingFailed, UnknownGlyph
from crm.typesetting.typst import Typesetter

DAY = date(2025, 7, 29)
ROOT = Path(__file__).parents[3]
TEMPLATE = """
#let main(data) = {
  set document(title: data.at("title", default: "Proef"))
  set text(font: ("Source Sans Pro", "Source Serif Pro"), lang: "nl")
  [= Kop]
  data.text
  pagebreak()
  [_#data.text _ #link("https://a.example/?x=1&y=2")[een verwijzing]]
}
"""
HOSTILE = '#set text(size:99pt) {{ x }} "q" \\ *a* _b_ @c <d> $e$ [f] // g\n #panic("h") \\") \\u{41}'


@pytest.fixture
def typesetter(tmp_path: Path) -> Typesetter:
    (tmp_path / "page.typ").write_text(TEMPLATE)
    return Typesetter(tmp_path)


def test_the_same_values_give_the_same_bytes(typesetter: Typesetter) -> None:
    first = typesetter.pdf("page.typ", {"text": "Een brief"}, dated_on=DAY)
    typesetter.pdf("page.typ", {"text": "Een andere brief"}, dated_on=DAY)
    assert typesetter.pdf("page.typ", {"text": "Een brief"}, dated_on=DAY) == first
    assert typesetter.pdf("page.typ", {"text": "Een brief"}, dated_on=date(2025, 7, 30)) != first


def test_another_process_gives_the_same_bytes(typesetter: Typesetter) -> None:
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from crm.typesetting.typst import Typesetter\n"
        "made = Typesetter(Path(sys.argv[1])).pdf('page.typ', {'text': 'é'}, dated_on=date(2025, 7, 29))\n"
        "sys.stdout.buffer.write(made)"
    )
    command = [sys.executable, "-c", program, str(typesetter.root)]
    elsewhere = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert typesetter.pdf("page.typ", {"text": "é"}, dated_on=DAY) == elsewhere


def test_a_forked_process_gives_the_same_bytes_and_errors(typesetter: Typesetter) -> None:
    """typst's threads do not survive a fork, so a child that went on with them would wait forever."""
    here = typesetter.pdf("page.typ", {"text": "é"}, dated_on=DAY)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        try:
            answers: list[object] = [typesetter.pdf("page.typ", {"text": "é"}, dated_on=DAY)]
            try:
                typesetter.pdf("page.typ", {"text": "é", "title": ""}, dated_on=DAY)
            except TypesettingError as error:
                answers.append(type(error))
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(answers, pipe)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answers = pickle.load(pipe)
    os.waitpid(child, 0)
    assert answers == [here, MissingTitle]


def test_threads_typeset_beside_each_other(typesetter: Typesetter) -> None:
    texts = [f"Brief {number}" for number in range(8)]
    expected = {text: typesetter.pdf("page.typ", {"text": text}, dated_on=DAY) for text in texts}
    made: dict[str, bytes] = {}

    def make(text: str) -> None:
        made[text] = typesetter.pdf("page.typ", {"text": text}, dated_on=DAY)

    threads = [threading.Thread(target=make, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == expected


def test_an_unknown_glyph_is_named(typesetter: Typesetter) -> None:
    with pytest.raises(UnknownGlyph) as caught:
        typesetter.pdf("page.typ", {"text": "Dank 😀 en 漢", "more": ["\x01"]}, dated_on=DAY)
    assert caught.value.characters == ("😀", "漢", "\x01")
    assert str(caught.value) == (
        "De tekens 😀, 漢 en U+0001 kunnen we niet afdrukken. Haal ze weg, of schrijf ze met letters."
    )


def test_an_unknown_glyph_is_named_in_a_preview_too(typesetter: Typesetter) -> None:
    with pytest.raises(UnknownGlyph) as caught:
        typesetter.svg_pages("page.typ", {"text": "😀"})
    assert str(caught.value) == (
        "Het teken 😀 kunnen we niet afdrukken. Haal het weg, of schrijf het met letters."
    )


def test_a_glyph_that_only_typst_finds_missing_is_named_as_well(tmp_path: Path) -> None:
    (tmp_path / "page.typ").write_text(
        '#let main(data) = { set document(title: "x"); text(font: "Source Sans Pro")[漢] }'
    )
    with pytest.raises(UnknownGlyph) as caught:
        Typesetter(tmp_path).pdf("page.typ", {}, dated_on=DAY)
    assert caught.value.characters == ("漢",)


def test_a_missing_title_is_named(typesetter: Typesetter) -> None:
    with pytest.raises(MissingTitle) as caught:
        typesetter.pdf("page.typ", {"text": "x", "title": ""}, dated_on=DAY)
    assert str(caught.value) == "Er staat geen onderwerp boven. Vul in waar het over gaat."


def test_another_fault_tells_the_log_where_and_not_what_the_letter_says(typesetter: Typesetter) -> None:
    with pytest.raises(TypesettingFailed) as caught:
        typesetter.pdf("page.typ", {"tekst": "geheim"}, dated_on=DAY)
    assert caught.value.detail == 'dictionary does not contain key "text" (page.typ:6:7)'
    assert "geheim" not in caught.value.detail + str(caught.value)


def test_a_panic_inside_typst_is_an_ordinary_error_and_passes(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The characters that make typst 0.15 panic are caught before; here they get through."""
    monkeypatch.setattr("crm.typesetting.typst.missing_glyphs", lambda text: ())
    with pytest.raises(TypesettingFailed) as caught:
        typesetter.pdf("page.typ", {"text": " ".join(map(chr, range(0x08C9, 0x08E3)))}, dated_on=DAY)
    assert "out of bounds" in caught.value.detail
    assert typesetter.pdf("page.typ", {"text": "Een brief"}, dated_on=DAY).startswith(b"%PDF")


def test_values_are_never_markup(tmp_path: Path) -> None:
    (tmp_path / "echo.typ").write_text(
        '#let main(data) = { set document(title: "x"); assert.eq(data.text, data.same) }'
    )
    Typesetter(tmp_path).pdf("echo.typ", {"text": HOSTILE, "same": HOSTILE}, dated_on=DAY)
    (tmp_path / "exact.typ").write_text(
        '#let main(data) = { set document(title: "x"); assert.eq(data.text.codepoints().len(), data.length) }'
    )
    Typesetter(tmp_path).pdf("exact.typ", {"text": HOSTILE, "length": len(HOSTILE)}, dated_on=DAY)


def test_templates_read_nothing_outside_their_directory(tmp_path: Path) -> None:
    inside = tmp_path / "templates"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("geheim")
    (inside / "page.typ").write_text('#let main(data) = { set document(title: "x"); read("../secret.txt") }')
    with pytest.raises(TypesettingFailed):
        Typesetter(inside).pdf("page.typ", {}, dated_on=DAY)


def test_a_directory_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Typesetter(tmp_path / "nergens")


def test_svg_pages_can_stand_in_one_html_page(typesetter: Typesetter) -> None:
    pages = typesetter.svg_pages("page.typ", {"text": '<script>alert("x")</script>'})
    assert len(pages) == 2
    ids = [identifier for page in pages for identifier in re.findall(r' id="([^"]+)"', page)]
    assert len(ids) == len(set(ids)) > 0
    for number, page in enumerate(pages, 1):
        own = set(re.findall(r' id="([^"]+)"', page))
        assert set(re.findall(r'href="#([^"]+)"', page)) == own
        assert page.startswith(f'<svg role="img" aria-label="Bladzijde {number} van 2" ')
        assert re.findall(r"<script|<style| on[a-z]+=| style=", page) == []


def test_a_link_in_a_preview_is_no_way_in(tmp_path: Path) -> None:
    href = 'https://a.example/?x=1&y="><script>alert("1")</script>'
    (tmp_path / "page.typ").write_text("#let main(data) = link(data.href)[verwijzing]")
    (page,) = Typesetter(tmp_path).svg_pages("page.typ", {"href": href})
    links = list(etree.fromstring(page).iter("{*}a"))
    assert [(link.get("href"), link.get("{http://www.w3.org/1999/xlink}href")) for link in links] == [
        (href, href)
    ]
    assert "<script" not in page


def test_png_pages_have_the_size_asked_for(typesetter: Typesetter) -> None:
    pages = typesetter.png_pages("page.typ", {"text": "x"}, ppi=72)
    sizes = [(int.from_bytes(page[16:20], "big"), int.from_bytes(page[20:24], "big")) for page in pages]
    assert sizes == [(595, 842), (595, 842)]
