"""What the styles and numberings of a Word document make of a paragraph or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_HEADING = re.compile(r"heading (\d)")
_LONGEST_CHAIN = 10
_OFF = {"0", "false", "off", "none"}


class Styles:
    """The styles of one document; Word keeps the names of built-in styles in English, whatever the language."""

    def __init__(self, word: WordDocument) -> None:
        self._styles = {
            style.get(qn("w:styleId")): style for style in word.styles.element.iter(qn("w:style"))
        }
        self._formats = dict(_number_formats(word))

    def kind(self, paragraph: BaseOxmlElement) -> Literal["p", "h2", "h3", "ul", "ol"]:
        """Heading 1 and a title give h2, lower headings h3; a numbering gives a list by its first sign."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return "p"
        chain = list(self._chain(_value(properties, "pStyle")))
        for name in map(_name, chain):
            if heading := _HEADING.fullmatch(name):
                return "h2" if heading[1] == "1" else "h3"
            if name == "title":
                return "h2"
        for holder in [properties, *(style.find(qn("w:pPr")) for style in chain)]:
            numbering = holder.find(qn("w:numPr")) if holder is not None else None
            if numbering is not None:
                level = _value(numbering, "ilvl") or "0"
                number_format = self._formats.get((_value(numbering, "numId"), level), "none")
                return "p" if number_format == "none" else "ul" if number_format == "bullet" else "ol"
        return "p"

    def weight(self, run: BaseOxmlElement) -> tuple[bool, bool]:
        """Whether the run is bold and whether it is italic, by itself or by its character style."""
        properties = run.find(qn("w:rPr"))
        names = [_name(style) for style in self._chain(_value(properties, "rStyle"))]
        return is_on(run, "b") or "strong" in names, is_on(run, "i") or "emphasis" in names

    def _chain(self, style_id: str) -> Iterator[BaseOxmlElement]:
        """The style and those it is based on, nearest first."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = _value(style, "basedOn")


def is_on(run: BaseOxmlElement, name: str) -> bool:
    """Whether the run has this property (b, i, vanish) switched on."""
    properties = run.find(qn("w:rPr"))
    switch = properties.find(qn(f"w:{name}")) if properties is not None else None
    return switch is not None and switch.get(qn("w:val"), "1") not in _OFF


def _number_formats(word: WordDocument) -> Iterator[tuple[tuple[str, str], str]]:
    """((numbering, level), "bullet" or "decimal" and its kin) for every numbering of the document."""
    parts = [
        relation.target_part
        for relation in word.part.rels.values()
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external
    ]
    for part in parts:
        patterns = {
            pattern.get(qn("w:abstractNumId")): pattern
            for pattern in part.element.findall(qn("w:abstractNum"))
        }
        for number in part.element.findall(qn("w:num")):
            pattern = patterns.get(_value(number, "abstractNumId"))
            for level in pattern.findall(qn("w:lvl")) if pattern is not None else ():
                key = (number.get(qn("w:numId"), ""), level.get(qn("w:ilvl"), "0"))
                yield key, _value(level, "numFmt") or "bullet"


def _value(parent: BaseOxmlElement | None, name: str) -> str:
    child = parent.find(qn(f"w:{name}")) if parent is not None else None
    return child.get(qn("w:val"), "") if child is not None else ""


def _name(style: BaseOxmlElement) -> str:
    return _value(style, "name").lower()
