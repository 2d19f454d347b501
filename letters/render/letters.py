"""The letter to one addressee: its values, and its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from crm.document.tree import Document
from crm.dutch.dates import long_date
from letters.render.body import body
from letters.render.codes import qr
from letters.render.house import PRESS, LetterError, cell, line, lines
from letters.render.logos import logo_as_svg

Window = Literal["left", "right"]

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# What stays together on one page must fit on one.
_LONGEST_ENDING = 1500
_MOST_DETAILS = 10
_LONGEST_DETAIL = 60
_LONGEST_SENDER = 90


@dataclass(frozen=True, slots=True)
class LetterheadValues:
    """Whose paper it is. ``window`` is the side of the envelope's window; ``accent`` is ``#rrggbb``.

    ``sender_lines`` is the postal address, ``return_line`` the same in one line for above the address.
    """

    sender_name: str
    sender_lines: tuple[str, ...]
    return_line: str
    reply_address: str
    website: str = ""
    phone: str = ""
    logo: bytes | None = None
    window: Window = "left"
    accent: str = "#9a3412"


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Everything that is printed in one letter; the merge fields in ``body`` have got their values.

    ``signatories`` are names with roles; a ``public_copy`` shows no address. ``scan_at`` is the address in the QR code
    beside the reference, "" for none.
    """

    subject: str
    reference: str
    dated_on: date
    place: str
    letterhead: LetterheadValues
    address_lines: tuple[str, ...]
    salutation: str
    body: Document
    closing: str
    sign_off: str = ""
    signatories: tuple[tuple[str, str], ...] = ()
    enclosures: tuple[str, ...] = ()
    public_copy: bool = False
    scan_at: str = ""


class NoSubject(LetterError):
    """The letter does not say what it is about."""


class BadLetterhead(LetterError):
    """The letterhead does not fit on paper."""


def render(page: LetterPage) -> bytes:
    """The letter as PDF/UA-1: the same bytes for the same values.

    :raises LetterError: before anything is made, when the letter is incomplete
    :raises TypesettingError: with the characters that cannot be printed, or on a fault in the making
    """
    return PRESS.pdf("letter.typ", values(page), dated_on=page.dated_on)


def render_many(pages: Iterable[LetterPage]) -> Iterator[bytes]:
    """The letters one by one, in order, holding one in memory at a time; raises as ``render`` does."""
    return (render(page) for page in pages)


def preview(page: LetterPage) -> list[str]:
    """The pages as SVG to stand in an HTML page; raises as ``render`` does."""
    return PRESS.svg_pages("letter.typ", values(page))


def values(page: LetterPage) -> dict[str, object]:
    """The data of letter.typ.

    :raises LetterError: when the letter is incomplete
    """
    subject = line(page.subject)
    if not subject:
        raise NoSubject("Er staat geen onderwerp boven de brief. Vul in waar de brief over gaat.")
    day = long_date(page.dated_on)
    reference = line(page.reference)
    ending = {
        "closing": _with_comma(page.closing),
        "sign_off": line(page.sign_off),
        "signatories": [{"name": cell(name), "role": cell(role)} for name, role in page.signatories],
        "enclosures": [line(name) for name in page.enclosures if name.strip()],
    }
    return {
        "title": " ".join(page.subject.split()),
        "subject": subject,
        "reference": reference,
        "qr": qr(page.scan_at) if page.scan_at else None,
        "continuation": f"Kenmerk {reference} · {day}" if reference else day,
        "place_and_date": f"{line(page.place)}, {day}" if page.place.strip() else day,
        "letterhead": _letterhead(page.letterhead),
        "address": [] if page.public_copy else lines(page.address_lines),
        "salutation": _with_comma(page.salutation),
        "body": body(page.body),
        "keep_ending": len(str(ending)) < _LONGEST_ENDING,
        **ending,
    }


def _letterhead(head: LetterheadValues) -> dict[str, object]:
    details: list[tuple[str, str | None]] = [(detail, None) for detail in lines(head.sender_lines)]
    details += [(detail, None) for detail in lines([head.phone])]
    details += [(detail, f"mailto:{head.reply_address.strip()}") for detail in lines([head.reply_address])]
    details += [(detail, _web_address(head.website.strip())) for detail in lines([head.website])]
    name = line(head.sender_name)
    if (
        len(name) > _LONGEST_SENDER
        or len(details) > _MOST_DETAILS
        or any(len(detail) > _LONGEST_DETAIL for detail, _ in details)
        or len(head.return_line) > 2 * _LONGEST_DETAIL
    ):
        raise BadLetterhead(
            "De gegevens van de afzender passen niet op het briefpapier. Maak ze korter: de naam hoogstens "
            f"{_LONGEST_SENDER} tekens, en {_MOST_DETAILS} regels van {_LONGEST_DETAIL} tekens."
        )
    if not _COLOUR.fullmatch(head.accent):
        raise BadLetterhead("De kleur van het briefpapier is geen kleur. Kies haar opnieuw.")
    return {
        "sender_name": name,
        "details": details,
        "return_line": line(head.return_line),
        "logo": logo_as_svg(head.logo) if head.logo else None,
        "window": head.window,
        "accent": head.accent,
    }


def _web_address(website: str) -> str:
    return website if website.startswith(("https://", "http://")) else f"https://{website}"


def _with_comma(text: str) -> str:
    words = line(text)
    return words if not words or words[-1] in ",.:;!?" else f"{words},"
