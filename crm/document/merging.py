"""Merge fields and facts in a tree: which there are, and filling the fields for one recipient."""

from __future__ import annotations

from collections.abc import Mapping

from crm.document.normal import flatten, normalise
from crm.document.tree import (
    Block,
    Break,
    Document,
    Fact,
    Field,
    Inline,
    ListBlock,
    Paragraph,
    Rule,
    Text,
    inlines,
    map_inlines,
)


class UnknownField(LookupError):
    """The text has merge fields for which there is no value; ``names`` are their codes, sorted."""

    def __init__(self, names: tuple[str, ...]) -> None:
        listed = ", ".join(f"“{name}”" for name in names)
        super().__init__(f"Deze invulvelden kennen we niet: {listed}. Haal ze weg of kies een ander veld.")
        self.names = names


def fill(document: Document, values: Mapping[str, Document | str]) -> Document:
    """The text for one recipient: every field replaced by its value, in normal form.

    A string enters as plain characters, whatever it looks like; a line end in it becomes a space. A document in
    the place of a whole paragraph brings its own blocks; inside other text it brings its words. Fields within
    such a document take the string values. A block that an empty value leaves without text disappears.
    Raises UnknownField, naming all of them, when a field has no value.
    """
    if unknown := fields_in(document) - values.keys():
        raise UnknownField(tuple(sorted(unknown)))
    words = {name: value for name, value in values.items() if isinstance(value, str)}
    texts = {
        name: fill(value, words)
        for name, value in values.items()
        if isinstance(value, Document) and name in fields_in(document)
    }
    blocks: list[Block] = []
    for block in document.blocks:
        alone = _field_alone(block)
        if alone is not None and alone in texts:
            blocks.extend(texts[alone].blocks)
        else:
            blocks.append(block)

    def change(inline: Inline) -> tuple[Inline, ...]:
        if not isinstance(inline, Field):
            return (inline,)
        return _words_of(texts[inline.name]) if inline.name in texts else (Text(words[inline.name]),)

    return normalise(map_inlines(Document(tuple(blocks)), change))


def fields_in(document: Document) -> set[str]:
    """The codes of the merge fields in the text."""
    return {inline.name for inline in inlines(document) if isinstance(inline, Field)}


def facts_in(document: Document) -> tuple[Fact, ...]:
    """The facts in the text in reading order, equal ones once."""
    return tuple(dict.fromkeys(inline for inline in inlines(document) if isinstance(inline, Fact)))


def _field_alone(block: Block) -> str | None:
    """The code of the one field that is all there is in this paragraph."""
    match normalise(Document((block,))).blocks:
        case (Paragraph(children),):
            leaves = [run.leaf for run in flatten(children)]
            if len(leaves) == 1 and isinstance(leaves[0], Field):
                return leaves[0].name
    return None


def _words_of(document: Document) -> tuple[Inline, ...]:
    """The inlines of all blocks one after another, a break between."""
    lines: list[tuple[Inline, ...]] = []
    for block in document.blocks:
        match block:
            case ListBlock(items=items):
                lines.extend(items)
            case Rule():
                pass
            case _:
                lines.append(block.children)
    return tuple(inline for line in lines for inline in (Break(), *line))[1:]
