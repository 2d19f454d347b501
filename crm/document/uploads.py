"""What an uploaded file really is, and opening it without trusting it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

MAX_BYTES = 10_000_000
MAX_CHARACTERS = 400_000
_MAX_LINES = 10_000
# A letter of forty pages stays far below these; what python-docx builds from them stays below 100 MB.
_MAX_MEMBERS = 500
_MAX_XML_BYTES = 4_000_000
_MAX_MARKS = 300_000
_CHUNK = 64_000

_REMEDY = "Sla het op als Word-document (.docx) of plak de tekst."
_TOO_BIG = (
    "Het bestand is te groot. Het mag hoogstens 10 MB zijn. Plak de tekst, of haal de afbeeldingen eruit."
)
TOO_LONG = "De tekst is te lang voor een brief. Plak het deel dat je nodig hebt."
BROKEN = "We kunnen dit Word-document niet lezen. Open het in Word en bewaar het opnieuw als .docx, of plak de tekst."
_UNREADABLE = f"We kunnen dit bestand niet lezen. {_REMEDY}"

_OTHER_KINDS = (
    (re.compile(rb"%PDF"), f"Dit is een PDF. {_REMEDY}"),
    (
        re.compile(rb"\xd0\xcf\x11\xe0"),
        f"Dit is een oud Word-bestand (.doc), of er zit een wachtwoord op. {_REMEDY}",
    ),
    (re.compile(rb"\{\\rtf"), f"Dit is een RTF-bestand. {_REMEDY}"),
    (
        re.compile(
            rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF....WEBP|....ftyp|BM....\0\0\0\0", re.DOTALL
        ),
        f"Dit is een afbeelding. {_REMEDY}",
    ),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s{,99}<(?:!doctype|html|\?xml)", re.IGNORECASE),
        f"Dit is een webpagina of XML-bestand. {_REMEDY}",
    ),
)
_DECLARATION = re.compile(rb"^<\?xml[^>]*\sencoding\s*=\s*[\"']([^\"']*)[\"']")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class UploadError(ValueError):
    """The file or text cannot be taken in; the message says in Dutch what it is and what to do."""


def is_zip(data: bytes) -> bool:
    """Whether the file is a zip, as every DOCX is."""
    return data.startswith(b"PK\x03\x04")


def refuse_other_kinds(data: bytes) -> None:
    """Raises UploadError for a file that is too big, empty, or of a kind we know and cannot read."""
    if len(data) > MAX_BYTES:
        raise UploadError(_TOO_BIG)
    if not data.strip():
        raise UploadError("Het bestand is leeg. Kies een ander bestand of plak de tekst.")
    for opening, message in _OTHER_KINDS:
        if opening.match(data):
            raise UploadError(message)


def decode(data: bytes) -> str:
    """The text of a plain text file: UTF-16 by its mark, UTF-8 with or without one, else Windows-1252."""
    by_mark = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for encoding in (by_mark, "windows-1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return check_length(text)
    raise UploadError(_UNREADABLE)


def check_length(text: str) -> str:
    """The text itself; raises UploadError when it is longer than any letter."""
    if len(text) > MAX_CHARACTERS or len(text.splitlines()) > _MAX_LINES:
        raise UploadError(TOO_LONG)
    return text


def safe_package(data: bytes) -> BytesIO:
    """A DOCX that python-docx may open: the XML parts of this one, read within bounds; all else is left empty.

    Raises UploadError when it is no DOCX, is damaged, holds more than a letter can, or has an XML part with a
    document type: entities and references to elsewhere start there. Nothing that is not XML is unpacked.
    """
    # Every member of the directory opens so; counted first, for reading the directory itself costs memory.
    if data.count(b"PK\x01\x02") > _MAX_MEMBERS:
        raise UploadError(_TOO_BIG)
    clean = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(clean, "w") as result:
            _refuse_other_packages(package)
            room = _MAX_XML_BYTES
            marks = 0
            for member in package.infolist():
                blob = b""
                if member.filename.lower().endswith((".xml", ".rels")):
                    blob = _read(package, member, room)
                    room -= len(blob)
                    marks += max(blob.count(b"<"), blob.count(b"="))
                    _check_xml(blob)
                if marks > _MAX_MARKS:
                    raise UploadError(TOO_LONG)
                result.writestr(member.filename, blob)
    except UploadError:
        raise
    except Exception as error:  # zipfile and zlib raise a dozen kinds on damaged files
        raise UploadError(BROKEN) from error
    clean.seek(0)
    return clean


def _refuse_other_packages(package: zipfile.ZipFile) -> None:
    names = package.namelist()
    if len(set(names)) != len(names):
        raise UploadError(BROKEN)
    if "mimetype" in names:
        raise UploadError(f"Dit is een LibreOffice-bestand (.odt). {_REMEDY}")
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise UploadError(f"Dit is geen Word-document. {_REMEDY}")


def _read(package: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    """The member, unpacked bit by bit: the size that the file states for itself may be a lie."""
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UploadError(BROKEN)  # the other kinds unpack without a bound, and Word never uses them
    blob = bytearray()
    with package.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            blob += chunk
            if len(blob) > room:
                raise UploadError(TOO_LONG)
    return bytes(blob)


def _check_xml(blob: bytes) -> None:
    """Only UTF-8 XML without a document type: in another encoding a document type could hide.

    python-docx's parsers read nothing from outside, but do expand a document's own entities in attributes.
    """
    text = blob.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = _DECLARATION.match(text)
    encoding = declared[1].lower() if declared else b"utf-8"
    if not text.startswith(b"<") or b"\0" in text or encoding not in {b"utf-8", b"us-ascii", b"ascii"}:
        raise UploadError(BROKEN)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise UploadError(BROKEN)
