"""Word files for tests: real ones, and ones that were tampered with."""

import struct
import zipfile
from io import BytesIO

import docx

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
BODY = "word/document.xml"


def saved(word: object) -> bytes:
    stream = BytesIO()
    word.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def blank() -> bytes:
    return saved(docx.Document())


def of_paragraphs(*texts: str) -> bytes:
    word = docx.Document()
    for text in texts:
        word.add_paragraph(text)
    return saved(word)


def with_parts(data: bytes, parts: dict[str, bytes | None], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The package with these parts put in, replaced, or (None) left out."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(result, "w", compression) as new:
        kept = {name: old.read(name) for name in old.namelist()} | parts
        for name, blob in kept.items():
            if blob is not None:
                new.writestr(name, blob)
    return result.getvalue()


def of_body(xml: str) -> bytes:
    """A Word file with this between ``<w:body>`` and its end."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document {SPACES}><w:body>{xml}</w:body></w:document>'
    )
    return with_parts(blank(), {BODY: document.encode()})


def bomb() -> bytes:
    """A part of 40 MB in 40 KB."""
    return with_parts(blank(), {BODY: b"<x>" + b" " * 40_000_000 + b"</x>"})


def lying_bomb() -> bytes:
    """The same, saying of itself that it is small: every size of 40,000,007 bytes now reads 1,000."""
    return bomb().replace(struct.pack("<I", 40_000_007), struct.pack("<I", 1_000))


def crowd() -> bytes:
    """Twenty thousand members."""
    return with_parts(blank(), {f"word/media/{number}.png": b"" for number in range(20_000)})


def entity(target: str) -> bytes:
    document = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e {target}>]>'
        f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    )
    return with_parts(blank(), {BODY: document.encode()})


def in_encoding(encoding: str) -> bytes:
    """An entity in an encoding in which its signs look different."""
    document = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'
    return with_parts(blank(), {BODY: document.encode(encoding)})


def with_macros() -> bytes:
    types = zipfile.ZipFile(BytesIO(blank())).read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return with_parts(
        blank(),
        {
            "[Content_Types].xml": types.replace(
                plain, b"application/vnd.ms-word.document.macroEnabled.main+xml"
            )
        },
    )
