"""The document tree as data for the templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm.document.tree import (
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
    plain,
)
from crm.typesetting.fonts import printable
from letters.render.house import LetterError, line, running

# Left to itself typst breaks these at any letter.
_WEB_ADDRESS = re.compile(r"((?<!\S)(?:https?://|www\.)[^\s\u200b]{1,60}(?!\S))")
_TARGETS = ("https://", "http://", "mailto:")


class UnfilledField(LetterError):
    """The merge field ``name`` still stands in the text of a letter to somebody."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Het invulveld “{name}” is nog leeg. Vul de waarde in bij deze ontvanger, of haal het veld uit de tekst."
        )
        self.args = (name,)
        self.name = name


class UnsafeLink(LetterError):
    """A link that is no web page and no e-mail address."""

    def __init__(self, href: str) -> None:
        super().__init__(
            f"De link naar “{href[:80]}” werkt niet. Begin hem met https:// of kies een e-mailadres."
        )
        self.args = (href,)


def body(document: Document) -> list[list[object]]:
    """The blocks that show something as ``[kind, value, ...]``, as ``blocks`` in house.typ reads them.

    :raises UnfilledField: on a merge field; :raises UnsafeLink: on a link that is not http, https or mailto
    """
    result: list[list[object]] = []
    deepest = 1
    for block in document.blocks:
        match block:
            case Paragraph(children) if _shows(children):
                result.append(["par", _inlines(children)])
            case Heading(level, children) if _shows(children):
                # PDF/UA asks that levels go down one at a time.
                deepest = min(level, deepest + 1)
                result.append(["heading", deepest, _inlines(children)])
            case ListBlock(ordered, items) if any(map(_shows, items)):
                kind = "numbers" if ordered else "bullets"
                result.append([kind, [_inlines(item) for item in items if _shows(item)]])
            case Rule():
                result.append(["rule"])
    return result


def _shows(children: tuple[Inline, ...]) -> bool:
    """Whether there is something to read; editors leave empty blocks behind, and PDF/UA refuses them."""
    return bool(printable(plain(children)).strip())


def _inlines(children: tuple[Inline, ...]) -> list[list[object]]:
    return [_inline(child) for child in children]


def _inline(child: Inline) -> list[object]:
    match child:
        case Text(value) | Fact(value=value):
            return ["run", [["whole" if part % 2 else "text", piece] for part, piece in _pieces(value)]]
        case Strong(children):
            return ["strong", _inlines(children)]
        case Emphasis(children):
            return ["emph", _inlines(children)]
        case Link(href, children):
            return ["link", target(href), _inlines(children)] if _shows(children) else ["run", []]
        case Break():
            return ["break"]
        case Field(name):
            raise UnfilledField(line(name))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces with their numbers; the odd ones are web addresses that fit on a line."""
    return ((number, piece) for number, piece in enumerate(_WEB_ADDRESS.split(running(text))) if piece)


def target(href: str) -> str:
    """The address of a link, checked."""
    if not href.lower().startswith(_TARGETS):
        raise UnsafeLink(href)
    return href
