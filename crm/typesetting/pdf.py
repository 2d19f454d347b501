"""The one door to pikepdf: what a PDF file is, and several of them put one after the other."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from contextlib import ExitStack
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pikepdf

# ISO 32000-1, implementation note 13: readers look for the mark in the first 1024 bytes.
_MARK_WITHIN = 1024
# Actions that do more than turn to a page (ISO 32000-1, 12.6.4).
_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute")
_A4 = (0, 0, 595.276, 841.89)
_START_OF_SCAN = 0xDA
# APP1 (Exif, XMP), APP3 to APP13 (what makers of cameras and programs add), APP15, and comments.
_TELLING = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
_MENDED = re.compile(r"damaged|reconstruct|recover", re.IGNORECASE)

# What a file made to break things can raise out of pikepdf, or out of the values it yields.
_FAULTS = (pikepdf.PikepdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError)


class NotAPdf(Exception):
    """The file is no PDF that can be sent along; ``str()`` is Dutch advice, ``detail`` is for the log."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message, detail)
        self.message = message
        self.detail = detail

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """Of a PDF that can be read: its number of pages, its title or "", and whether it is encrypted.

    An encrypted file that got through opens without a password; only its printing or copying is restricted.
    """

    pages: int
    title: str
    encrypted: bool


def page_count(data: bytes) -> int:
    """The number of pages of a file that ``check_pdf`` let through; raises ``NotAPdf`` for another."""
    with _opened(data) as pdf:
        return len(pdf.pages)


def looks_like_pdf(data: bytes) -> bool:
    """Whether a file says that it is a PDF; ``check_pdf`` tells whether it is."""
    return b"%PDF-" in data[:_MARK_WITHIN]


def without_origins(data: bytes) -> bytes:
    """The same pages without what the pictures and the file say of where, when and with what they were made; the same
    bytes for the same file. Raises ``NotAPdf`` as ``page_count`` does."""
    with _opened(data) as pdf:
        for found in pdf.objects:
            if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
                continue
            for name in ("/Metadata", "/PieceInfo"):
                if name in found:
                    del found[name]
            if isinstance(found, pikepdf.Stream) and (picture := _jpeg_in(found)):
                found.write(_plain_jpeg(picture), filter=pikepdf.Name.DCTDecode)
        pdf.remove_unreferenced_resources()
        target = BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _jpeg_in(stream: pikepdf.Stream) -> bytes:
    """The JPEG that a stream is, also when it was packed once more; nothing for any other."""
    found = stream.get("/Filter")
    filters = [str(name) for name in found] if isinstance(found, pikepdf.Array) else [str(found)]
    if filters == ["/DCTDecode"]:
        return stream.read_raw_bytes()
    if filters == ["/FlateDecode", "/DCTDecode"]:
        return zlib.decompress(stream.read_raw_bytes())
    return b""


def _plain_jpeg(data: bytes) -> bytes:
    """A JPEG without its segments of Exif, XMP, other makers and comments; the colours it needs stay (JFIF, ICC,
    Adobe). What is no JPEG after all stays as it is (ISO/IEC 10918-1, B.1.1)."""
    if data[:2] != b"\xff\xd8":
        return data
    kept, at = [data[:2]], 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data) and data[at + 1] != _START_OF_SCAN:
        after = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if data[at + 1] not in _TELLING:
            kept.append(data[at:after])
        at = after
    return b"".join([*kept, data[at:]])


def check_pdf(data: bytes) -> PdfFacts:
    """What an uploaded file is, whatever its name says.

    :raises NotAPdf: when it is another kind of file, asks for a password, is damaged, has no pages or can run something
    """
    before, mark, _rest = data[:_MARK_WITHIN].partition(b"%PDF-")
    if not mark or b"<" in before:  # a page for a browser, with a PDF behind it
        raise NotAPdf("Dit bestand is geen PDF. Sla het op als PDF en voeg het opnieuw toe.")
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            pages = len(pdf.pages)
            for page in pdf.pages:
                _touch(page)
            warnings = "; ".join(str(warning) for warning in pdf.get_warnings())
            if _MENDED.search(warnings):
                raise _damaged(warnings)
            if _is_active(pdf):
                raise NotAPdf(
                    "In deze PDF zit een programma of een ander bestand verborgen. Druk hem af naar een nieuwe PDF "
                    "en voeg die toe."
                )
            facts = PdfFacts(pages, _title(pdf), pdf.is_encrypted)
    except pikepdf.PasswordError as error:
        raise NotAPdf(
            "Deze PDF zit op slot met een wachtwoord. Sla hem op zonder wachtwoord en voeg hem opnieuw toe."
        ) from error
    except _FAULTS as error:
        raise _damaged(str(error)) from error
    if not facts.pages:
        raise NotAPdf("Deze PDF heeft geen bladzijden. Kies een ander bestand.")
    return facts


def _is_active(pdf: pikepdf.Pdf) -> bool:
    """Whether a file can do more than be read: run a script, start a program, or carry another file."""
    waiting = list(pdf.objects)
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Dictionary):
            if found.get("/S") in _ACTIONS or "/JS" in found or "/EF" in found:
                return True
            inside = [value for _key, value in found.items()]
        else:
            inside = list(found) if isinstance(found, pikepdf.Array) else []
        # What is pointed to comes by itself.
        waiting += [part for part in inside if isinstance(part, pikepdf.Object) and not part.is_indirect]
    return False


def concatenate(parts: Iterable[bytes], *, title: str, duplex: bool = False) -> bytes:
    """The PDF files after each other as one file; see ``write_concatenated``."""
    target = BytesIO()
    write_concatenated(parts, target, title=title, duplex=duplex)
    return target.getvalue()


def write_concatenated(parts: Iterable[bytes], target: BinaryIO, *, title: str, duplex: bool = False) -> None:
    """Write the PDF files after each other to ``target``; the same parts give the same bytes.

    A part that occurs more than once is stored once, and its pages point to it. With ``duplex`` each part
    starts on the front of a sheet: a blank page follows one with an odd number of pages. The result is for
    paper and not tagged, as a page that is shown twice cannot stand in two places of one structure tree.

    :raises NotAPdf: when a part cannot be read; give it files that ``check_pdf`` let through
    """
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        order: list[pikepdf.Dictionary] = []
        known: dict[bytes, list[pikepdf.Dictionary]] = {}
        for part in parts:
            if part in known:
                order += [whole.make_indirect(copy(page)) for page in known[part]]
            else:
                # The source stays open: its streams are only copied on saving.
                source = opened.enter_context(_opened(part))
                known[part] = _added(whole, source)
                order += known[part]
            if duplex and len(order) % 2:
                order.append(_blank_after(whole, order[-1]))
        # Set in one go: qpdf goes through all pages again for each page that is appended.
        whole.Root.Pages.Kids = pikepdf.Array(order)
        whole.Root.Pages.Count = len(order)
        whole.Root.Lang = pikepdf.String("nl-NL")
        whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        whole.docinfo["/Title"] = title
        whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _opened(part: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(part))
    except _FAULTS as error:
        raise _damaged(str(error)) from error


def _added(whole: pikepdf.Pdf, source: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The pages of ``source`` as ``whole`` now has them."""
    before = len(whole.pages)
    try:
        whole.pages.extend(source.pages)
        pages = [page.obj for page in whole.pages[before:]]
        for page in pages:
            if "/StructParents" in page:
                del page["/StructParents"]
    except _FAULTS as error:
        raise _damaged(str(error)) from error
    return pages


def _blank_after(whole: pikepdf.Pdf, page: pikepdf.Dictionary) -> pikepdf.Dictionary:
    blank = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=page.get("/MediaBox", _A4),
        Resources=pikepdf.Dictionary(),
        Parent=whole.Root.Pages,
    )
    if "/Rotate" in page:
        blank.Rotate = page.Rotate
    return whole.make_indirect(blank)


def _touch(page: pikepdf.Page) -> None:
    """Read what a page is made of, which fails or warns where the file is cut off."""
    if not isinstance(page.obj, pikepdf.Dictionary):
        raise ValueError("a page is no dictionary")
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            stream.read_raw_bytes()


def _title(pdf: pikepdf.Pdf) -> str:
    title = pdf.docinfo.get("/Title") if "/Info" in pdf.trailer else None
    return " ".join(str(title).split()) if title is not None else ""


def _damaged(detail: str) -> NotAPdf:
    return NotAPdf(
        "Deze PDF is beschadigd. Open hem op je computer, kies “Opslaan als PDF” en voeg hem opnieuw toe.",
        detail,
    )
