"""A tree as plain JSON values, to keep as a version and to take a digest of, and back."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from crm.document.links import safe_href
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

_FORM = 1


def canonical(document: Document) -> dict[str, Any]:
    """The tree as JSON-ready values: ``{"form": 1, "blocks": [...]}``, every node a list that opens with its kind.

    ``["p", …]``, ``["h", level, …]``, ``["ul" or "ol", [item…], …]``, ``["hr"]``; inside them plain strings,
    ``["strong", …]``, ``["em", …]``, ``["a", href, …]``, ``["br"]``, ``["field", name]``, ``["fact", key, value]``.
    """
    return {"form": _FORM, "blocks": [_from_block(block) for block in document.blocks]}


def restore(data: object) -> Document:
    """The tree that ``canonical`` gave this for; raises ValueError for anything it cannot have given."""
    match data:
        case {"form": 1, "blocks": [*blocks], **rest} if not rest:
            return Document(tuple(_to_block(block) for block in blocks))
    raise ValueError("not a stored document of a form we know")


def digest(value: object) -> str:
    """SHA-256 in hex of the value as canonical JSON: sorted keys, no spaces, UTF-8, every string in NFC.

    ``value`` holds only dicts with string keys, lists, tuples, strings, integers, booleans and None; TypeError
    for the rest: a float has no one way of writing it.
    """
    text = json.dumps(_composed(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _composed(value: object) -> object:
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case list() | tuple():
            return [_composed(item) for item in value]
        case dict():
            if not all(isinstance(key, str) for key in value):
                raise TypeError("a digest wants string keys")
            return {unicodedata.normalize("NFC", key): _composed(item) for key, item in value.items()}
    raise TypeError(f"a digest cannot be taken of {type(value).__name__}")


def _from_block(block: Block) -> list[Any]:
    match block:
        case Paragraph(children):
            return ["p", *_from_inlines(children)]
        case Heading(level, children):
            return ["h", level, *_from_inlines(children)]
        case ListBlock(ordered, items):
            return ["ol" if ordered else "ul", *(_from_inlines(item) for item in items)]
        case Rule():
            return ["hr"]


def _from_inlines(children: tuple[Inline, ...]) -> list[Any]:
    nodes: list[Any] = []
    for child in children:
        match child:
            case Text(value):
                nodes.append(value)
            case Strong(inner):
                nodes.append(["strong", *_from_inlines(inner)])
            case Emphasis(inner):
                nodes.append(["em", *_from_inlines(inner)])
            case Link(href, inner):
                nodes.append(["a", href, *_from_inlines(inner)])
            case Break():
                nodes.append(["br"])
            case Field(name):
                nodes.append(["field", name])
            case Fact(key, value):
                nodes.append(["fact", key, value])
    return nodes


def _to_block(node: object) -> Block:
    match node:
        case ["p", *children]:
            return Paragraph(_to_inlines(children))
        case ["h", 2 | 3 as level, *children]:
            return Heading(level, _to_inlines(children))
        case ["ul" | "ol" as kind, *items]:
            return ListBlock(kind == "ol", tuple(_to_inlines(item) for item in items))
        case ["hr"]:
            return Rule()
    raise ValueError(f"not a block: {node!r:.80}")


def _to_inlines(nodes: object) -> tuple[Inline, ...]:
    if not isinstance(nodes, list):
        raise ValueError(f"not a list of inlines: {nodes!r:.80}")
    return tuple(_to_inline(node) for node in nodes)


def _to_inline(node: object) -> Inline:
    match node:
        case str(value):
            return Text(value)
        case ["strong", *children]:
            return Strong(_to_inlines(children))
        case ["em", *children]:
            return Emphasis(_to_inlines(children))
        case ["a", str(href), *children] if safe_href(href) == href:
            return Link(href, _to_inlines(children))
        case ["br"]:
            return Break()
        case ["field", str(name)]:
            return Field(name)
        case ["fact", str(key), str(value)]:
            return Fact(key, value)
    raise ValueError(f"not an inline: {node!r:.80}")
