"""What would print as a hole: merge fields and characters that are not there, a sender or reply address left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from crm.checking.findings import Finding, Severity
from crm.checking.passages import Span
from letters.preflight.draft import Draft
from letters.preflight.wording import listed

# Merge fields of other programs, which nothing here fills in.
_FOREIGN_FIELD: Final = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|«[^«»\n]{1,60}»|<<[^<>\n]{1,60}>>|\*\|[A-Z0-9_:]{1,40}\|\*"
)
_MOST_FIELDS: Final = 20


def check(draft: Draft) -> Iterator[Finding]:
    """``unknown_field``, ``unknown_glyph``, ``reply_address_missing``, ``sender_missing`` and ``text_too_long``.

    All block but the last, which warns.
    """
    if draft.is_too_long:
        advice = "Dit is langer dan veertig bladzijden. Het laatste deel is niet nagekeken. Maak er een bijlage van."
        yield Finding("text_too_long", Severity.WARN, (), advice, "text")
    yield from _fields(draft)
    if draft.unknown_glyphs:
        named = listed([_named(glyph) for glyph in draft.unknown_glyphs], most=6)
        advice = f"De letter van de brief heeft geen {named}. Schrijf het anders."
        quotes = draft.unknown_glyphs
        yield Finding(
            "unknown_glyph",
            Severity.BLOCK,
            quotes,
            advice,
            _spot_of(draft, quotes[0]),
            _line_of(draft, quotes[0]),
        )
    if draft.reply_address is not None and not draft.reply_address.strip():
        advice = "Er staat niet bij waarheen het antwoord kan. Vul bij het briefpapier een e-mailadres in."
        yield Finding("reply_address_missing", Severity.BLOCK, (), advice, "reply_address")
    if not draft.sender_named:
        advice = "Er staat niet bij van wie de brief komt. Vul de afzender in bij het briefpapier."
        yield Finding("sender_missing", Severity.BLOCK, (), advice, "sender")


def _fields(draft: Draft) -> Iterator[Finding]:
    found = [
        Span(passage, *match.span())
        for passage in draft.written
        for match in _FOREIGN_FIELD.finditer(passage.text)
    ]
    told = dict.fromkeys(draft.unknown_fields)
    for name in told:
        shown = f"[{name}]"
        advice = f"Het invulveld {shown} kennen we niet. Haal het weg, of kies een veld uit de lijst."
        yield Finding(
            "unknown_field", Severity.BLOCK, (name,), advice, _spot_of(draft, shown), _line_of(draft, shown)
        )
    for span in {span.text: span for span in reversed(found[:_MOST_FIELDS])}.values():
        advice = f"{span.text} wordt niet ingevuld. Haal het weg, of kies een veld uit de lijst."
        yield Finding("unknown_field", Severity.BLOCK, (span.text,), advice, span.spot, span.line)


def _named(glyph: str) -> str:
    """The character as one can read about it: itself, and its number."""
    shown = glyph if unicodedata.category(glyph[:1] or " ")[0] not in "CZ" else ""
    return f"{shown} (U+{ord(glyph[:1] or ' '):04X})".strip()


def _first_with(draft: Draft, words: str) -> Span | None:
    for passage in (*draft.written, draft.salutation_passage):
        place = passage.text.find(words)
        if place >= 0:
            return Span(passage, place, place + len(words))
    return None


def _spot_of(draft: Draft, words: str) -> str:
    span = _first_with(draft, words)
    return span.spot if span else "text"


def _line_of(draft: Draft, words: str) -> int | None:
    span = _first_with(draft, words)
    return span.line if span else None
