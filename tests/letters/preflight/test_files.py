"""Letters in files: what is read, and on which line it stands."""

from io import BytesIO

import docx
import pytest

from crm.document.uploads import UploadError
from letters.preflight.files import read
from letters.preflight.run import examine
from tests.letters.preflight.drafts import SEED


def test_the_parts_of_the_seed_letter() -> None:
    draft = read("brief.txt", SEED.read_bytes())
    assert draft.subject == ""
    assert draft.salutation == "Beste Partij"
    assert draft.closing == "Met vriendelijke groet"
    assert draft.sign_off == "De Coördinatie Commissie van het Netwerk Amsterdamse Stadsdorpen"
    assert [line.kind for line in draft.lines] == ["p"] * 4 + ["li"] * 4 + ["p"] * 5
    assert (draft.recipients, draft.reply_address, draft.enclosures) == (None, None, ())


def test_every_word_knows_its_line() -> None:
    text = SEED.read_text("utf-8")
    draft = read("brief.txt", text.encode())
    rows = text.splitlines()
    for passage in (draft.salutation_passage, *draft.body):
        for word, line in zip(passage.text.split(), passage.word_lines, strict=True):
            assert word in rows[line - 1]


def test_the_second_of_two_equal_words_has_its_own_line() -> None:
    text = "Betreft: iets\n\nGeacht bestuur van D66,\n\nWij lezen het.\n\nWij vragen het per email.\n\nWij mailen.\n"
    (found,) = examine(read("brief.txt", text.encode()))
    assert (found.quotes, found.line, found.spot) == (("email",), 7, "paragraph-2")


def test_words_that_were_left_out_do_not_shift_the_lines() -> None:
    head = "Netwerk Goede Buren\nPostbus 1\n1000 AA Amsterdam\n\nAmsterdam, 3 maart 2026\n\nBetreft: een email\n\n"
    text = (
        head
        + "Geacht bestuur van D66,\n\n1) Eerst dit.\n2) Dan een ebike.\n\nMet vriendelijke groet,\n\nhet bestuur\n"
    )
    found = examine(read("brief.txt", text.encode()))
    assert [(finding.quotes, finding.line) for finding in found] == [(("email",), 7), (("ebike",), 12)]


def test_a_word_document() -> None:
    document = docx.Document()
    for text in (
        "Beste Partij,",
        "Hierbij ontvangt u ons jaarverslag 2024.",
        "Met vriendelijke groet,",
        "het bestuur",
    ):
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    found = examine(read("brief.docx", stream.getvalue()))
    assert [(finding.code, finding.line) for finding in found] == [
        ("enclosure_missing", None),
        ("subject_missing", None),
        ("salutation_impersonal", None),
    ]


def test_a_file_that_is_something_else() -> None:
    with pytest.raises(UploadError, match="Dit is een PDF"):
        read("brief.pdf", b"%PDF-1.7 ...")


def test_own_words_come_along() -> None:
    text = "Betreft: iets\n\nGeacht bestuur van D66,\n\nWij zijn de NLZEV.\n"
    (found,) = examine(read("brief.txt", text.encode(), ["NLZVE"]))
    assert (found.code, found.quotes) == ("near_miss", ("NLZEV",))


def test_a_word_document_with_an_end_of_paragraph_at_every_line() -> None:
    document = docx.Document()
    for line in SEED.read_text("utf-8").splitlines():
        document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    as_text, as_word = (
        examine(read("brief.txt", SEED.read_bytes())),
        examine(read("brief.docx", stream.getvalue())),
    )
    assert [(f.code, f.quotes, f.advice) for f in as_word] == [(f.code, f.quotes, f.advice) for f in as_text]
