"""Uploads that are not what they claim, are broken, or mean harm."""

import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx.opc.oxml
import docx.oxml.parser
import pytest
from lxml import etree

from crm.document.importing import UploadError, from_docx, from_upload

from .trees import text
from .word_files import (
    BODY,
    blank,
    bomb,
    crowd,
    entity,
    in_encoding,
    lying_bomb,
    of_body,
    of_paragraphs,
    with_macros,
    with_parts,
)

REMEDY = "Sla het op als Word-document (.docx) of plak de tekst."
BROKEN = "We kunnen dit Word-document niet lezen. Open het in Word en bewaar het opnieuw als .docx, of plak de tekst."
UNREADABLE = f"We kunnen dit bestand niet lezen. {REMEDY}"
TOO_BIG = (
    "Het bestand is te groot. Het mag hoogstens 10 MB zijn. Plak de tekst, of haal de afbeeldingen eruit."
)
TOO_LONG = "De tekst is te lang voor een brief. Plak het deel dat je nodig hebt."


def refusal(data: bytes, name: str = "brief.docx") -> str:
    with pytest.raises(UploadError) as caught:
        from_upload(name, data)
    return str(caught.value)


@pytest.mark.parametrize("name", ["brief.docx", "brief.txt", "foto.jpg", ""])
def test_the_content_counts_and_not_the_name(name: str) -> None:
    assert from_upload(name, of_paragraphs("Wij vragen ruimte.")).document == text("Wij vragen ruimte.")
    assert from_upload(name, b"Wij vragen ruimte.").document == text("Wij vragen ruimte.")


@pytest.mark.parametrize(
    "data",
    [
        "Café ’t Hoekje – € 5".encode(),
        "Café ’t Hoekje – € 5".encode("utf-8-sig"),
        "Café ’t Hoekje – € 5".encode("windows-1252"),
        "Café ’t Hoekje – € 5".encode("utf-16"),
        "Café ’t Hoekje\r\n– € 5\r\n".encode("windows-1252"),
    ],
)
def test_text_is_read_in_the_encodings_people_have(data: bytes) -> None:
    assert from_upload("brief.txt", data).document == text("Café ’t Hoekje – € 5")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n%", f"Dit is een PDF. {REMEDY}"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            f"Dit is een oud Word-bestand (.doc), of er zit een wachtwoord op. {REMEDY}",
        ),
        (b"{\\rtf1\\ansi", f"Dit is een RTF-bestand. {REMEDY}"),
        (b"\x89PNG\r\n\x1a\n", f"Dit is een afbeelding. {REMEDY}"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", f"Dit is een afbeelding. {REMEDY}"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", f"Dit is een afbeelding. {REMEDY}"),
        (b"\0\0\0\x18ftypheic", f"Dit is een afbeelding. {REMEDY}"),
        (b"<!DOCTYPE html><p>x", f"Dit is een webpagina of XML-bestand. {REMEDY}"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><x/>", f"Dit is een webpagina of XML-bestand. {REMEDY}"),
        (b"MZ\x90\0\x03", UNREADABLE),
        (b"tekst met \x00 erin", UNREADABLE),
        (b"\x81\x8d\x8f", UNREADABLE),
        (b"PK\x05\x06" + b"\0" * 18, UNREADABLE),
        (b" \n", "Het bestand is leeg. Kies een ander bestand of plak de tekst."),
        (b"", "Het bestand is leeg. Kies een ander bestand of plak de tekst."),
        (b"a" * 10_000_001, TOO_BIG),
        (b"woord " * 100_000, TOO_LONG),
        (b"PK\x03\x04" + b"x" * 100, BROKEN),
        (of_paragraphs("x")[:-200], BROKEN),
    ],
)
def test_other_files_are_refused_with_what_to_do(data: bytes, message: str) -> None:
    assert refusal(data) == f"brief.docx: {message}"


@pytest.mark.parametrize(
    "words", ["BMW staat voor de deur.", "PK is paardenkracht.", "RIFF is een woord.", "%PD"]
)
def test_a_text_that_only_looks_like_something_else_is_text(words: str) -> None:
    assert from_upload("brief.txt", words.encode()).document == text(words)


def test_the_name_in_the_message_is_short_and_clean() -> None:
    assert refusal(b"%PDF", "a" * 500 + "\n\x00\u202e.pdf") == f"{'a' * 75} .pdf: Dit is een PDF. {REMEDY}"


def package(**parts: bytes) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as file:
        for name, blob in parts.items():
            file.writestr(name, blob)
    return result.getvalue()


def test_other_packages_are_told_apart() -> None:
    odt = package(mimetype=b"application/vnd.oasis.opendocument.text")
    assert refusal(odt) == f"brief.docx: Dit is een LibreOffice-bestand (.odt). {REMEDY}"
    sheet = package(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"})
    assert refusal(sheet) == f"brief.docx: Dit is geen Word-document. {REMEDY}"


HARMFUL: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (bomb, TOO_LONG),
    "zip bomb that lies": (lying_bomb, BROKEN),
    "many members": (crowd, TOO_BIG),
    "external entity": (lambda: entity('SYSTEM "file:///etc/passwd"'), BROKEN),
    "internal entity": (lambda: entity('"x"'), BROKEN),
    "parameter entity": (lambda: entity('% p SYSTEM "https://x.example/x.dtd"'), BROKEN),
    "entity in UTF-16": (lambda: in_encoding("utf-16"), BROKEN),
    "entity in UTF-7": (lambda: in_encoding("utf-7"), BROKEN),
    "entity in EBCDIC": (lambda: in_encoding("cp037"), BROKEN),
    "other compression": (lambda: with_parts(blank(), {}, zipfile.ZIP_LZMA), BROKEN),
    "deep nesting": (lambda: of_body("<w:p>" + "<w:ins>" * 5000 + "</w:ins>" * 5000 + "</w:p>"), BROKEN),
    "two parts of one name": (
        lambda: of_paragraphs("x").replace(b"word/settings.xml", b"word/document.xml"),
        BROKEN,
    ),
    "no body": (lambda: with_parts(blank(), {BODY: None}), BROKEN),
    "body of something else": (lambda: with_parts(blank(), {BODY: b"<html/>"}), BROKEN),
    "body that is no XML": (lambda: with_parts(blank(), {BODY: b"Wij vragen ruimte."}), BROKEN),
    "macros": (with_macros, BROKEN),
    "many attributes": (
        lambda: of_body("<w:p " + " ".join(f'w:a{n}=""' for n in range(400_000)) + "/>"),
        TOO_LONG,
    ),
    "many elements": (lambda: of_body("<w:p>" + "<w:r/>" * 400_000 + "</w:p>"), TOO_LONG),
    "many paragraphs": (
        lambda: of_body("<w:p/>" * 2001),
        "Het document heeft meer dan 2000 alinea’s. Plak het deel dat je nodig hebt.",
    ),
    "much text": (lambda: of_body(f"<w:p><w:r><w:t>{'woord ' * 100_000}</w:t></w:r></w:p>"), TOO_LONG),
}


@pytest.mark.parametrize(("make", "message"), HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_document_is_refused(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(UploadError) as caught:
        from_docx(make())
    assert str(caught.value) == message


@pytest.mark.parametrize("cut", range(0, 30_000, 997))
def test_a_document_damaged_anywhere_is_read_or_refused(cut: int) -> None:
    data = bytearray(of_paragraphs("Wij vragen ruimte."))
    data[cut : cut + 40] = b"\xff" * 40
    try:
        outcome = from_docx(bytes(data)).document
    except UploadError as error:
        outcome = str(error)
    assert outcome in (text("Wij vragen ruimte."), BROKEN, UNREADABLE)


def test_pictures_are_never_unpacked() -> None:
    data = with_parts(of_paragraphs("Wij vragen ruimte."), {"word/media/x.png": b"\0" * 9_000_000})
    assert from_docx(data).document == text("Wij vragen ruimte.")


@pytest.mark.parametrize("parser", [docx.oxml.parser.oxml_parser, docx.opc.oxml.oxml_parser])
@pytest.mark.parametrize("declaration", ['<!ENTITY e SYSTEM "{}">', '<!ENTITY % p SYSTEM "{}"> %p;'])
def test_the_parsers_of_python_docx_read_nothing_from_outside(
    parser: etree.XMLParser, declaration: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text('<!ENTITY e "geheim">')
    document_type = f"<!DOCTYPE x [{declaration.format(secret.as_uri())}]>"
    try:
        root = etree.fromstring(f"{document_type}<x>&e;</x>", parser)
    except etree.XMLSyntaxError:
        return  # the entity was not found in the file, so it was not read
    assert "geheim" not in etree.tostring(root, encoding="unicode", method="text")


def test_hostile_documents_stay_within_memory() -> None:
    """In a process of its own, which may grow by 100 MB once it has read a normal letter."""
    script = """
        import resource
        from crm.document.importing import UploadError, from_upload
        from tests.crm.document.word_files import bomb, crowd, lying_bomb, of_body, of_paragraphs

        files = [bomb(), lying_bomb(), crowd(), b"a b\\n" * 2_000_000]
        files.append(of_body("<w:p " + " ".join(f'w:a{n}=""' for n in range(250_000)) + "/>"))
        files.append(of_body("<w:p>" + "<w:r/>" * 120_000 + "</w:p>"))
        files.append(of_body("<w:p><w:r><w:t>" + "a " * 1_900_000 + "</w:t></w:r></w:p>"))
        from_upload("", of_paragraphs("x"))
        base = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (base + 100_000_000,) * 2)
        for data in files:
            try:
                print(len(from_upload("", data).document.blocks))
            except UploadError as error:
                print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False
    )
    assert (done.stderr, done.stdout.splitlines()) == (
        "",
        [TOO_LONG, BROKEN, TOO_BIG, TOO_LONG, "0", "0", TOO_LONG],
    )
