"""A letter out of pasted text or an uploaded file: its body as a tree, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from crm.document.characters import clean
from crm.document.letter_frame import Frame, find_frame
from crm.document.normal import normalise
from crm.document.plain_text import blocks_of
from crm.document.tree import Block, Document
from crm.document.uploads import (
    BROKEN,
    UploadError,
    check_length,
    decode,
    is_zip,
    refuse_other_kinds,
    safe_package,
)
from crm.document.word_reading import read_pieces
from crm.document.word_rows import blocks_of_rows, rows_of, words_of

__all__ = ["Imported", "UploadError", "from_docx", "from_text", "from_upload"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A letter as it came in; "" or () for what was not in it.

    ``dated`` is place and date as written ("Amsterdam, 29 juli 2025"); ``salutation`` and ``closing`` come
    without their comma. ``dropped`` names what was left out, to follow "Dit hebben we niet overgenomen:".
    """

    document: Document
    subject: str
    salutation: str
    dated: str
    closing: str
    sign_off: tuple[str, ...]
    dropped: tuple[str, ...] = ()


def from_text(text: str) -> Imported:
    """The letter in plain text; raises UploadError when it is too long to be one."""
    lines = [line.expandtabs(4) for line in check_length(text).splitlines()]
    frame = find_frame([clean(line).strip() for line in lines])
    return _imported(frame, blocks_of(lines[frame.first : frame.last]))


def from_docx(data: bytes) -> Imported:
    """The letter in a Word document; raises UploadError when it is none, is damaged or holds too much.

    Bold, italics, headings, lists and links are kept, tables become paragraphs, the rest is left out and named.
    """
    refuse_other_kinds(data)
    try:
        pieces, dropped = read_pieces(safe_package(data))
    except UploadError:
        raise
    except (
        Exception
    ) as error:  # python-docx and lxml raise whatever a damaged document makes them stumble over
        raise UploadError(BROKEN) from error
    rows = rows_of(pieces)
    words = [words_of(row) for row in rows]
    check_length("\n".join(words))
    frame = find_frame(words)
    return _imported(frame, tuple(blocks_of_rows(rows[frame.first : frame.last])), dropped)


def from_upload(name: str, data: bytes) -> Imported:
    """The letter in an uploaded file, told by its content whatever its name; raises UploadError naming the file."""
    try:
        refuse_other_kinds(data)
        return from_docx(data) if is_zip(data) else from_text(decode(data))
    except UploadError as error:
        shown = clean(name).strip()[-80:]
        raise UploadError(f"{shown}: {error}" if shown else str(error)) from error


def _imported(frame: Frame, blocks: tuple[Block, ...], dropped: tuple[str, ...] = ()) -> Imported:
    return Imported(
        document=normalise(Document(blocks)),
        subject=frame.subject,
        salutation=frame.salutation,
        dated=frame.dated,
        closing=frame.closing,
        sign_off=frame.sign_off,
        dropped=(*frame.dropped, *dropped),
    )
