"""The normal form of a tree: texts that read the same are equal trees, whatever an editor did to them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from crm.document.characters import clean
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

Leaf: TypeAlias = Text | Break | Field | Fact


class Run(NamedTuple):
    """One leaf of a line of text with everything that holds for it."""

    leaf: Leaf
    strong: bool = False
    emphasis: bool = False
    href: str | None = None


_PLAIN = Run(Break())


def normalise(document: Document) -> Document:
    """The same text in normal form; a tree in normal form stays as it is.

    White space is single and never at an end of a block or beside a break; blocks without text are gone (rules
    stay); links stand outside bold, bold outside italics, and neighbours of one style are one. Merge fields and
    facts are bold or italic as words are.
    """
    blocks: list[Block] = []
    for block in document.blocks:
        match block:
            case Paragraph(children) | Heading(children=children):
                if kept := assemble(flatten(children)):
                    blocks.append(replace(block, children=kept))
            case ListBlock(items=items):
                if filled := tuple(kept for item in items if (kept := assemble(flatten(item)))):
                    blocks.append(replace(block, items=filled))
            case Rule():
                blocks.append(block)
    return Document(tuple(blocks))


def flatten(children: Iterable[Inline], style: Run = _PLAIN) -> Iterator[Run]:
    """The leaves of a run of inlines in reading order, each with its style."""
    for child in children:
        match child:
            case Strong(inner):
                yield from flatten(inner, style._replace(strong=True))
            case Emphasis(inner):
                yield from flatten(inner, style._replace(emphasis=True))
            case Link(href, inner):
                yield from flatten(inner, style._replace(href=href))
            case _:
                yield style._replace(leaf=child)


def assemble(runs: Iterable[Run]) -> tuple[Inline, ...]:
    """The inlines in normal form that these leaves make together."""
    return tuple(
        inline
        for href, linked in groupby(_with_glue_styled(_solid(runs)), key=attrgetter("href"))
        for inline in _linked(href, linked)
    )


def _solid(runs: Iterable[Run]) -> list[Run]:
    """Words, atoms and glue (single spaces and breaks), no glue at the ends and no space beside other glue."""
    tokens: list[Run] = []

    def add_glue(run: Run) -> None:
        space = Text(" ")
        if tokens and tokens[-1].leaf == space and run.leaf == Break():
            tokens.pop()
        if tokens and not (_is_glue(tokens[-1]) and run.leaf == space):
            tokens.append(run)

    for run in runs:
        match run.leaf:
            case Text(value):
                value = clean(value)
                words = value.strip(" ")
                if value.startswith(" "):
                    add_glue(run._replace(leaf=Text(" ")))
                if words:
                    tokens.append(run._replace(leaf=Text(words)))
                    if value.endswith(" "):
                        add_glue(run._replace(leaf=Text(" ")))
            case Break():
                add_glue(run)
            case Fact(key, value):
                if value := clean(value).strip(" "):
                    tokens.append(run._replace(leaf=Fact(clean(key).strip(" "), value)))
            case Field():
                tokens.append(run)
    while tokens and _is_glue(tokens[-1]):
        tokens.pop()
    return tokens


def _with_glue_styled(tokens: list[Run]) -> Iterator[Run]:
    """Glue takes the style that the text before and after it share: a bold space cannot be seen."""
    groups = [(is_glue, list(group)) for is_glue, group in groupby(tokens, key=_is_glue)]
    for index, (is_glue, group) in enumerate(groups):
        if not is_glue:
            yield from group
            continue
        before, after = groups[index - 1][1][-1], groups[index + 1][1][0]
        for token in group:
            yield Run(
                token.leaf,
                strong=before.strong and after.strong,
                emphasis=before.emphasis and after.emphasis,
                href=before.href if before.href == after.href else None,
            )


def _linked(href: str | None, runs: Iterable[Run]) -> tuple[Inline, ...]:
    children: list[Inline] = []
    for strong, bold in groupby(runs, key=attrgetter("strong")):
        inner: list[Inline] = []
        for emphasis, slanted in groupby(bold, key=attrgetter("emphasis")):
            leaves = _merged(run.leaf for run in slanted)
            inner.extend((Emphasis(leaves),) if emphasis else leaves)
        children.extend((Strong(tuple(inner)),) if strong else inner)
    return (Link(href, tuple(children)),) if href is not None else tuple(children)


def _merged(leaves: Iterable[Leaf]) -> tuple[Inline, ...]:
    merged: list[Inline] = []
    for leaf in leaves:
        match leaf, merged:
            case Text(more), [*_, Text(value)]:
                # An accent may have stood in a run of its own: the joined text is composed again.
                merged[-1] = Text(unicodedata.normalize("NFC", value + more))
            case _:
                merged.append(leaf)
    return tuple(merged)


def _is_glue(run: Run) -> bool:
    return run.leaf == Break() or run.leaf == Text(" ")
