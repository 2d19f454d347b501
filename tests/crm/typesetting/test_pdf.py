"""PDFs read, joined and checked."""

from io import BytesIO
from pathlib import Path
from time import sleep

import pikepdf
import pytest

from crm.typesetting.pdf import NotAPdf, PdfFacts, check_pdf, concatenate, page_count, write_concatenated


def pdf(
    *texts: str, title: str = "", weight: int = 0, size: tuple[float, float] = (595, 842), **saving: object
) -> bytes:
    """A PDF with a page per text; ``weight`` adds that many random-like bytes to each page."""
    with pikepdf.new() as made:
        for text in texts:
            page = made.add_blank_page(page_size=size)
            ballast = bytes((number * number) % 251 for number in range(weight))
            page.Contents = made.make_stream(f"% {text}\n".encode() + ballast.hex().encode())
            page.obj.StructParents = 0
        if title:
            made.docinfo["/Title"] = title
        target = BytesIO()
        made.save(target, static_id=True, **saving)
    return target.getvalue()


def texts(data: bytes) -> list[str]:
    """What is on the pages, "" for a blank one."""
    with pikepdf.open(BytesIO(data)) as opened:
        return [
            page.Contents.read_bytes().split(b"\n")[0][2:].decode() if "/Contents" in page else ""
            for page in opened.pages
        ]


def test_the_facts_of_a_pdf() -> None:
    assert check_pdf(pdf("a", "b", title="Jaarverslag  2024")) == PdfFacts(2, "Jaarverslag 2024", False)
    assert check_pdf(pdf("a")) == PdfFacts(1, "", False)
    assert page_count(pdf("a", "b", "c")) == 3


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a Word file", b"<html>%PD", b"x" * 2000 + b"%PDF-1.7"])
def test_another_kind_of_file_is_told_from_a_pdf(data: bytes) -> None:
    with pytest.raises(NotAPdf) as caught:
        check_pdf(data)
    assert str(caught.value) == "Dit bestand is geen PDF. Sla het op als PDF en voeg het opnieuw toe."


def test_a_pdf_with_a_password_cannot_go_along() -> None:
    locked = pdf("a", encryption=pikepdf.Encryption(user="open", owner="own"))
    with pytest.raises(NotAPdf) as caught:
        check_pdf(locked)
    assert str(caught.value).startswith("Deze PDF zit op slot met een wachtwoord.")


def test_a_pdf_that_only_forbids_copying_can_go_along() -> None:
    guarded = pdf("a", encryption=pikepdf.Encryption(user="", owner="own"))
    assert check_pdf(guarded) == PdfFacts(1, "", True)
    assert texts(concatenate([guarded], title="x")) == ["a"]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_pdf_that_is_cut_off_is_damaged(kept: float) -> None:
    whole = pdf("a", "b", weight=5000)
    for damaged in (whole[: int(len(whole) * kept)], b"%PDF-1.7\n" + b"\x00" * 100):
        with pytest.raises(NotAPdf) as caught:
            check_pdf(damaged)
        assert str(caught.value).startswith("Deze PDF is beschadigd.")


def test_a_pdf_without_pages_is_no_enclosure() -> None:
    with pytest.raises(NotAPdf) as caught:
        check_pdf(pdf())
    assert str(caught.value) == "Deze PDF heeft geen bladzijden. Kies een ander bestand."


def test_pages_stand_in_order() -> None:
    letter, other, enclosure = pdf("a1", "a2"), pdf("b1"), pdf("e1", "e2")
    together = concatenate([letter, enclosure, other, enclosure], title="Alles")
    assert texts(together) == ["a1", "a2", "e1", "e2", "b1", "e1", "e2"]
    assert check_pdf(together) == PdfFacts(7, "Alles", False)


def test_an_enclosure_that_comes_back_is_stored_once() -> None:
    enclosure = pdf(*(f"e{number}" for number in range(20)), weight=3000)
    letters = [pdf(f"letter {number}") for number in range(30)]
    together = concatenate((part for letter in letters for part in (letter, bytes(enclosure))), title="x")
    assert page_count(together) == 30 * 21
    assert len(together) < 2 * len(enclosure)


def test_a_page_that_comes_back_is_a_page_of_its_own() -> None:
    """ISO 32000-1, 7.7.3.2: the page tree is a tree; readers stumble over a page with two places."""
    with pikepdf.open(BytesIO(concatenate([pdf("a", "b")] * 3, title="x"))) as opened:
        assert (len(opened.pages), opened.get_warnings()) == (6, [])


def test_on_both_sides_each_part_starts_on_a_sheet_of_its_own() -> None:
    parts = [pdf("cover"), pdf("a1", "a2", "a3"), pdf("e1", "e2"), pdf("b1"), pdf("e1", "e2")]
    assert texts(concatenate(parts, title="x", duplex=True)) == [
        *("cover", ""), *("a1", "a2", "a3", ""), *("e1", "e2"), *("b1", ""), *("e1", "e2"),
    ]  # fmt: skip


def test_a_blank_page_has_the_size_of_the_page_before_it() -> None:
    together = concatenate([pdf("a", size=(842, 595)), pdf("b")], title="x", duplex=True)
    with pikepdf.open(BytesIO(together)) as opened:
        assert [[float(edge) for edge in page.mediabox] for page in opened.pages] == [
            [0, 0, 842, 595], [0, 0, 842, 595], [0, 0, 595, 842], [0, 0, 595, 842],
        ]  # fmt: skip


def test_a_size_that_all_pages_share_comes_along() -> None:
    with pikepdf.open(BytesIO(pdf("a", "b", size=(300, 400)))) as shared:
        for page in shared.pages:
            del page.obj["/MediaBox"]
        shared.Root.Pages.MediaBox = [0, 0, 300, 400]
        target = BytesIO()
        shared.save(target)
    with pikepdf.open(BytesIO(concatenate([target.getvalue()], title="x"))) as opened:
        assert [[float(edge) for edge in page.mediabox] for page in opened.pages] == [[0, 0, 300, 400]] * 2


def test_the_same_parts_give_the_same_bytes_without_a_date() -> None:
    parts = [pdf("a"), pdf("e"), pdf("b"), pdf("e")]
    together = concatenate(parts, title="x")
    sleep(1.1)  # an id made from the time of day tells the second
    assert concatenate(parts, title="x") == together
    with pikepdf.open(BytesIO(together)) as opened:
        assert dict(opened.docinfo.items()).keys() == {"/Title"}
        assert str(opened.Root.Lang) == "nl-NL"
        assert ["/StructParents" in page for page in opened.pages] == [False] * 4


def test_a_batch_can_be_written_to_a_file(tmp_path: Path) -> None:
    with (tmp_path / "batch.pdf").open("wb") as target:
        write_concatenated(iter([pdf("a"), pdf("b")]), target, title="x")
    assert (tmp_path / "batch.pdf").read_bytes() == concatenate([pdf("a"), pdf("b")], title="x")


def test_a_part_that_is_no_pdf_stops_the_batch() -> None:
    with pytest.raises(NotAPdf):
        concatenate([pdf("a"), b"no pdf"], title="x")


def _with(change) -> bytes:
    """A PDF to which something was added."""
    with pikepdf.open(BytesIO(pdf("a"))) as made:
        change(made)
        target = BytesIO()
        made.save(target)
    return target.getvalue()


def _script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _program(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))


def _carried(made: pikepdf.Pdf) -> None:
    made.attachments["virus.exe"] = b"MZ"


@pytest.mark.parametrize("change", [_script, _program, _carried])
def test_a_pdf_that_can_run_or_carries_something_is_refused(change) -> None:
    with pytest.raises(NotAPdf) as caught:
        check_pdf(_with(change))
    assert str(caught.value).startswith("In deze PDF zit een programma of een ander bestand verborgen.")


def test_a_page_for_a_browser_before_the_mark_is_no_pdf() -> None:
    with pytest.raises(NotAPdf):
        check_pdf(b"<script>alert(1)</script>" + pdf("a"))
