"""A text as a flat row of lines with their numbers, for whoever reads along without minding the markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crm.document.differences import number_paragraphs
from crm.document.tree import Document, Heading, ListBlock, Paragraph, plain


@dataclass(frozen=True, slots=True)
class Line:
    """One block or list item as plain text (a break is a newline, a merge field ``[name]``).

    ``number`` is that of its paragraph as ``number_paragraphs`` counts; ``kind`` paragraph, heading or list item.
    """

    text: str
    number: int
    kind: Literal["p", "h", "li"]


def to_lines(document: Document) -> tuple[Line, ...]:
    """Every paragraph, heading and list item in reading order; rules have no line."""
    lines: list[Line] = []
    for number, block in number_paragraphs(document):
        match block:
            case Paragraph(children):
                lines.append(Line(plain(children), number, "p"))
            case Heading(children=children):
                lines.append(Line(plain(children), number, "h"))
            case ListBlock(items=items):
                lines.extend(Line(plain(item), number, "li") for item in items)
    return tuple(lines)
