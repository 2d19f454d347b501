"""Wagtail rich text into a tree, strictly, and a tree back into Wagtail rich text."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape

from crm.document.normal import normalise
from crm.document.richtext_reader import DAMAGED, Reader, RichTextError
from crm.document.tree import (
    Block,
    Break,
    Document,
    Emphasis,
    Fact,
    Field,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Rule,
    Strong,
    Text,
)

__all__ = ["RichTextError", "parse", "serialise"]

MAX_CHARACTERS = 400_000

# Exactly the shape in which Draftail stores a text: every < opens a whole tag, every value stands in quotes, no
# comments or declarations. What passes leaves the tolerant parser nothing to guess (possessive: no backtracking).
_WELL_SHAPED = re.compile(
    r"""(?:[^<]++
        | </?[a-zA-Z][a-zA-Z0-9]*+
          (?:\s++[a-zA-Z][a-zA-Z0-9:_-]*+(?:=(?:"[^"<>]*+"|'[^'<>]*+'))?+)*+
          \s*+/?+>
        )*+""",
    re.VERBOSE,
)
_TOO_LONG = "De tekst is te lang. Maak hem korter, of stuur het lange stuk mee als bijlage."
_ENDLESS_ENTITY = re.compile(
    r"&#[xX]?[0-9a-fA-F]{8}"
)  # int() refuses very long numbers with an error of its own


def parse(html: str, *, fields: Collection[str]) -> Document:
    """The stored rich text as a tree in normal form; ``fields`` are the merge fields that exist.

    Raises RichTextError for every tag, attribute, link or field that is not known to be good; nothing is repaired
    and nothing outside the text is looked at.
    """
    if len(html) > MAX_CHARACTERS:
        raise RichTextError((_TOO_LONG,))
    if not _WELL_SHAPED.fullmatch(html) or _ENDLESS_ENTITY.search(html):
        raise RichTextError((DAMAGED,))
    reader = Reader(fields)
    reader.feed(html)
    reader.close()
    return reader.document()


def serialise(document: Document) -> str:
    """The tree as rich text in Wagtail's stored form: ``parse(serialise(d)) == normalise(d)``."""
    parts: list[str] = []
    previous: Block | None = None
    for block in normalise(document).blocks:
        match block:
            case Paragraph(children):
                parts.append(f"<p>{_markup(children)}</p>")
            case Heading(level, children):
                parts.append(f"<h{level}>{_markup(children)}</h{level}>")
            case ListBlock(ordered, items):
                if isinstance(previous, ListBlock) and previous.ordered == ordered:
                    parts.append("<p></p>")  # without it Draftail makes one list of the two
                tag = "ol" if ordered else "ul"
                parts.append(f"<{tag}>{''.join(f'<li>{_markup(item)}</li>' for item in items)}</{tag}>")
            case Rule():
                parts.append("<hr/>")
        previous = block
    return "".join(parts)


def _markup(children: tuple[Inline, ...]) -> str:
    parts = []
    for child in children:
        match child:
            case Text(value):
                parts.append(escape(value, quote=False))
            case Strong(inner):
                parts.append(f"<b>{_markup(inner)}</b>")
            case Emphasis(inner):
                parts.append(f"<i>{_markup(inner)}</i>")
            case Link(href, inner):
                parts.append(f'<a href="{escape(href)}">{_markup(inner)}</a>')
            case Break():
                parts.append("<br/>")
            case Field(name):
                parts.append(f'<span data-merge="{escape(name)}">{escape(name)}</span>')
            case Fact(key, value):
                parts.append(f'<span data-fact="{escape(key)}">{escape(value, quote=False)}</span>')
    return "".join(parts)
