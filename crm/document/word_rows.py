"""The pieces of a Word document as rows of text, and rows as blocks of the tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from crm.document.characters import clean
from crm.document.normal import Run, assemble
from crm.document.plain_text import bullet_length
from crm.document.tree import Block, Break, Heading, ListBlock, Paragraph, Text, plain
from crm.document.word_reading import Piece

# None is an empty row: it parts paragraphs. Rows without one between them are lines of one paragraph.
Row: TypeAlias = Piece | None


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Every piece cut at its line breaks, with an empty row after each."""
    return [row for piece in pieces for row in (*_lines_of(piece), None)]


def words_of(row: Row) -> str:
    """The clean text of a row, "" for an empty one."""
    return clean(_raw(row)).strip() if row is not None else ""


def blocks_of_rows(rows: Sequence[Row]) -> Iterator[Block]:
    """The blocks these rows make: neighbouring list items are one list, a typed bullet makes a list item too."""
    for kind, group in groupby(_paragraphs(rows), key=lambda piece: piece.kind):
        texts = [text for piece in group if (text := assemble(piece.runs))]
        match kind:
            case "ul" | "ol":
                yield ListBlock(kind == "ol", tuple(texts))
            case "h2" | "h3":
                yield from (Heading(int(kind[1]), text) for text in texts)
            case "p":
                yield from map(Paragraph, texts)


def _lines_of(piece: Piece) -> Iterator[Piece]:
    line: list[Run] = []
    for run in (*piece.runs, Run(Break())):
        if run.leaf == Break():
            yield piece._replace(runs=tuple(line))
            line = []
        else:
            line.append(run)


def _paragraphs(rows: Sequence[Row]) -> Iterator[Piece]:
    lines: list[Piece] = []
    for row in (*rows, None):
        if row is not None and not (length := _bullet(row)):
            lines.append(row)
            continue
        if words_of(joined := _joined(lines)):
            yield joined
        lines = []
        if row is not None:
            yield Piece("ul", tuple(_from(row.runs, length)))


def _joined(lines: list[Piece]) -> Piece:
    runs = [run for line in lines for run in (Run(Break()), *line.runs)][1:]
    return Piece(lines[0].kind if lines else "p", tuple(runs))


def _bullet(row: Piece) -> int:
    return bullet_length(_raw(row)) if row.kind == "p" else 0


def _from(runs: Iterable[Run], length: int) -> Iterator[Run]:
    """The runs without their first ``length`` characters."""
    for run in runs:
        text = run.leaf.value if isinstance(run.leaf, Text) else ""
        yield run._replace(leaf=Text(text[length:]))
        length = max(0, length - len(text))


def _raw(row: Piece) -> str:
    return plain(tuple(run.leaf for run in row.runs))
