"""A tree as the body of an e-mail: HTML, and the plain text beside it."""

from __future__ import annotations

import textwrap
from html import escape

from crm.document.links import bare, safe_href
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

_BULLET = "- "
_RULE = "* * *"  # "-- " would start a signature in many mail programs


def to_html(document: Document, *, language: str = "nl") -> str:
    """A fragment to put inside the body of an HTML mail: one ``div`` with its language, no styles or scripts.

    A merge field that was not filled shows as ``[name]``.
    """
    return f'<div lang="{escape(language)}">\n{"".join(_block(block) for block in document.blocks)}</div>\n'


def to_text(document: Document, *, width: int = 72) -> str:
    """The plain text part: blocks with an empty line between, wrapped at ``width`` characters, "\\n" at line ends.

    Addresses are never broken, so a line with a long one is longer. Ends with one line end; empty gives "".
    """
    blocks = [_block_text(block, width) for block in document.blocks]
    return "\n\n".join(text for text in blocks if text) + "\n" if any(blocks) else ""


def text_of(children: tuple[Inline, ...]) -> str:
    """A run of inlines as plain text, a link as "text (https://…)" unless its text is the address itself."""
    parts = []
    for child in children:
        match child:
            case Text(value) | Fact(value=value):
                parts.append(value)
            case Strong(inner) | Emphasis(inner):
                parts.append(text_of(inner))
            case Link(href, inner):
                shown, address = text_of(inner), href.removeprefix("mailto:")
                parts.append(shown if bare(shown.strip()) == bare(href) else f"{shown} ({address})")
            case Break():
                parts.append("\n")
            case Field(name):
                parts.append(f"[{name}]")
    return "".join(parts)


def _block(block: Block) -> str:
    match block:
        case Paragraph(children):
            return f"<p>{_markup(children)}</p>\n"
        case Heading(level, children):
            return f"<h{level}>{_markup(children)}</h{level}>\n"
        case ListBlock(ordered, items):
            tag = "ol" if ordered else "ul"
            lines = [f"<{tag}>", *(f"<li>{_markup(item)}</li>" for item in items), f"</{tag}>\n"]
            return "\n".join(lines)
        case Rule():
            return "<hr>\n"


def _markup(children: tuple[Inline, ...]) -> str:
    parts = []
    for child in children:
        match child:
            case Text(value) | Fact(value=value):
                parts.append(escape(value, quote=False))
            case Strong(inner):
                parts.append(f"<strong>{_markup(inner)}</strong>")
            case Emphasis(inner):
                parts.append(f"<em>{_markup(inner)}</em>")
            case Link(href, inner):
                # A tree made by hand has not been through the strict reader: an unsafe address never leaves.
                safe = safe_href(href)
                parts.append(f'<a href="{escape(safe)}">{_markup(inner)}</a>' if safe else _markup(inner))
            case Break():
                parts.append("<br>\n")
            case Field(name):
                parts.append(escape(f"[{name}]", quote=False))
    return "".join(parts)


def _block_text(block: Block, width: int) -> str:
    match block:
        case Paragraph(children) | Heading(children=children):
            return _wrapped(text_of(children), width)
        case ListBlock(ordered, items):
            marks = [f"{number}. " if ordered else _BULLET for number in range(1, len(items) + 1)]
            return "\n".join(
                _wrapped(text_of(item), width, mark) for mark, item in zip(marks, items, strict=True)
            )
        case Rule():
            return _RULE


def _wrapped(text: str, width: int, mark: str = "") -> str:
    indent = " " * len(mark)
    lines: list[str] = []
    for index, line in enumerate(text.split("\n")):
        lines += textwrap.wrap(
            line,
            width,
            initial_indent=indent if index else mark,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)
