"""Photos and scans of a letter on paper, made into one PDF: upright, on A4, without what a camera adds unseen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pillow_heif
from PIL import Image, ImageOps

from crm.typesetting import pdf

pillow_heif.register_heif_opener(thumbnails=False)

# A phone takes up to 50 million pixels at once; beyond this a picture is made to break things.
MOST_PIXELS: Final = 64_000_000
MOST_FILES: Final = 20
MOST_PAGES: Final = 60
# 200 dots per inch on A4: small print can be read, and a page stays well below a megabyte.
_LONG_SIDE: Final = 2339
_SHORT_SIDE: Final = 1654
_A4_INCHES: Final = (8.27, 11.69)
# Of a JPEG with several pictures in it (MPO) the first counts.
_FORMATS: Final = ("JPEG", "PNG", "HEIF")


class Unreadable(Exception):
    """A file is no photo or PDF that can be kept; ``str()`` is Dutch advice."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The pages as one PDF."""

    pdf: bytes
    pages: int


def to_pdf(files: Sequence[bytes], *, title: str) -> Scan:
    """The photos (JPEG, PNG, HEIC) and PDF files after each other; the same files give the same bytes.

    Of a photo only what is seen is taken over: where and when it was taken, and with which phone, is not. The same goes
    for what stands in and beside the pictures of a PDF.

    :raises Unreadable: naming the file by its number when there are several
    """
    if len(files) > MOST_FILES:
        raise Unreadable(f"Dit zijn {len(files)} bestanden. Kies er hoogstens {MOST_FILES} tegelijk.")
    parts, pages = [], 0
    for number, data in enumerate(files, start=1):
        try:
            part, count = _part(data)
        except (Unreadable, pdf.NotAPdf) as error:
            which = f"Bestand {number}: " if len(files) > 1 else ""
            raise Unreadable(f"{which}{error}") from error
        parts.append(part)
        pages += count
    if pages > MOST_PAGES:
        raise Unreadable(f"Dit zijn {pages} bladzijden. Meer dan {MOST_PAGES} passen niet in één keer.")
    return Scan(pdf.without_origins(pdf.concatenate(parts, title=title)), pages)


def _part(data: bytes) -> tuple[bytes, int]:
    if pdf.looks_like_pdf(data):
        return data, pdf.check_pdf(data).pages
    return _page(data), 1


def _page(data: bytes) -> bytes:
    """A photo as a page of A4, standing or lying as the photo does."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as photo:
            if math.prod(photo.size) > MOST_PIXELS:
                raise _too_many_pixels()
            # Decodes a large JPEG at a fraction of its size, which takes a fraction of the memory.
            photo.draft("RGB", (_LONG_SIDE, _LONG_SIDE))
            seen = _flat(ImageOps.exif_transpose(photo))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Unreadable:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, MemoryError) as error:
        raise Unreadable(
            "Dit bestand is geen foto of PDF die we kunnen lezen. Maak een foto (JPEG, PNG of HEIC) of een PDF."
        ) from error
    standing = seen.height >= seen.width
    seen.thumbnail((_SHORT_SIDE, _LONG_SIDE) if standing else (_LONG_SIDE, _SHORT_SIDE))
    wide, high = _A4_INCHES if standing else _A4_INCHES[::-1]
    page = BytesIO()
    seen.save(page, "PDF", resolution=max(seen.width / wide, seen.height / high), quality=80)
    return page.getvalue()


def _flat(photo: Image.Image) -> Image.Image:
    """The picture in plain colours, what is transparent in it as white as paper."""
    if not photo.has_transparency_data:
        return photo.convert("RGB")
    layered = photo.convert("RGBA")
    flat = Image.new("RGB", layered.size, "white")
    flat.paste(layered, mask=layered.getchannel("A"))
    return flat


def _too_many_pixels() -> Unreadable:
    return Unreadable("Deze foto is te groot. Maak hem opnieuw met een gewone instelling van je telefoon.")
