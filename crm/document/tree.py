"""The document tree: what a text is, apart from how it is shown. Plain immutable values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain characters, without line breaks."""

    value: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italic."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link; ``href`` is an absolute http, https or mailto address."""

    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Field:
    """A merge field by its code (``organisation``); it gets its value per recipient."""

    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure out of the fact cabinet: its key there, and the words used in this text."""

    key: str
    value: str


Inline: TypeAlias = Text | Strong | Emphasis | Link | Break | Field | Fact


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 2 or 3 (1 is the title of the whole document)."""

    level: int
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is one run of inlines, lists do not nest."""

    ordered: bool
    items: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


Block: TypeAlias = Paragraph | Heading | ListBlock | Rule


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text: its blocks, in order."""

    blocks: tuple[Block, ...] = ()


def inlines(document: Document) -> Iterator[Inline]:
    """Every inline of the document in reading order, parents before their children."""
    for block in document.blocks:
        match block:
            case Paragraph(children) | Heading(children=children):
                yield from _walk(children)
            case ListBlock(items=items):
                for item in items:
                    yield from _walk(item)


def _walk(children: tuple[Inline, ...]) -> Iterator[Inline]:
    for child in children:
        yield child
        if isinstance(child, Strong | Emphasis | Link):
            yield from _walk(child.children)


def plain(children: tuple[Inline, ...]) -> str:
    """The characters of a run of inlines; a break is a newline, a merge field is ``[name]``."""
    parts = []
    for child in _walk(children):
        match child:
            case Text(value) | Fact(value=value):
                parts.append(value)
            case Break():
                parts.append("\n")
            case Field(name):
                parts.append(f"[{name}]")
    return "".join(parts)


def map_inlines(document: Document, change: Callable[[Inline], tuple[Inline, ...]]) -> Document:
    """The document with every inline replaced by what ``change`` gives for it, innermost first."""

    def run(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        result: list[Inline] = []
        for child in children:
            if isinstance(child, Strong | Emphasis | Link):
                child = replace(child, children=run(child.children))
            result.extend(change(child))
        return tuple(result)

    blocks: list[Block] = []
    for block in document.blocks:
        match block:
            case Paragraph() | Heading():
                blocks.append(replace(block, children=run(block.children)))
            case ListBlock():
                blocks.append(replace(block, items=tuple(run(item) for item in block.items)))
            case Rule():
                blocks.append(block)
    return Document(tuple(blocks))
