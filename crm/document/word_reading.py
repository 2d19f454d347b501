"""The body of an opened Word document as pieces: paragraphs with their runs, and names of what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Literal, NamedTuple, TypeAlias

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from crm.document.characters import clean
from crm.document.links import safe_href
from crm.document.normal import Run
from crm.document.tree import Break, Text
from crm.document.uploads import MAX_CHARACTERS, TOO_LONG, UploadError
from crm.document.word_styles import Styles, is_on

MAX_PARAGRAPHS = 2000

Kind: TypeAlias = Literal["p", "h2", "h3", "ul", "ol"]

# Word's own administration, and marks without content.
_SILENT = {
    *("pPr", "rPr", "tblPr", "tblGrid", "tcPr", "trPr", "tblPrEx", "sectPr", "sdtPr", "sdtEndPr", "proofErr"),
    *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd"),
    *(
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "lastRenderedPageBreak",
    ),
    *("fldChar", "softHyphen", "smartTagPr", "customXmlPr", "annotationRef", "footnoteRef", "endnoteRef"),
}
_TRANSPARENT = {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
_DROPPED = {
    **dict.fromkeys(("del", "moveFrom", "delText"), "tekst die met ‘wijzigingen bijhouden’ is verwijderd"),
    **dict.fromkeys(("drawing", "pict", "object", "AlternateContent"), "een afbeelding"),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), "een voetnoot"),
    **dict.fromkeys(("oMath", "oMathPara"), "een formule"),
    "commentReference": "een opmerking in de kantlijn",
    "sym": "een symbool",
    "altChunk": "een ingevoegd document",
}
_CHARACTERS = {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}


class Piece(NamedTuple):
    """A paragraph of the document: what it is here, and its text."""

    kind: Kind
    runs: tuple[Run, ...]


def read_pieces(package: BytesIO) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The paragraphs of the document in reading order, and what was left out, each once.

    ``package`` must come from ``safe_package``. Inserted text counts, deleted text does not; a table gives a
    paragraph per row. Raises UploadError for too much text, and python-docx's errors for a damaged document.
    """
    word = docx.Document(package)
    body = word.element.body
    if sum(1 for _ in body.iter(qn("w:p"))) > MAX_PARAGRAPHS:
        raise UploadError(
            f"Het document heeft meer dan {MAX_PARAGRAPHS} alinea’s. Plak het deel dat je nodig hebt."
        )
    if sum(len(node.text or "") for node in body.iter(qn("w:t"))) > MAX_CHARACTERS:
        raise UploadError(TOO_LONG)
    reader = _Reader(word)
    pieces = tuple(reader.blocks(body))
    reader.name_headers()
    return pieces, tuple(reader.dropped)


class _Reader:
    """Walks the XML itself: python-docx's own walk passes over inserted text and content controls."""

    def __init__(self, word: WordDocument) -> None:
        self.dropped: dict[str, None] = {}
        self._relations = word.part.rels
        self._styles = Styles(word)

    def blocks(self, parent: BaseOxmlElement) -> Iterator[Piece]:
        for tag, element in _children(parent):
            if tag == "p":
                yield Piece(self._styles.kind(element), tuple(self._runs(element)))
            elif tag == "tbl":
                self._drop("de indeling van een tabel")
                yield from self._rows(element)
            elif tag in _TRANSPARENT:
                yield from self.blocks(element)
            else:
                self._left_out(tag, element)

    def name_headers(self) -> None:
        for relation in self._relations.values():
            is_header = not relation.is_external and relation.reltype.endswith(("/header", "/footer"))
            if is_header and (text := _text_in(relation.target_part.element)):
                self._drop(f"de kop- of voettekst: “{text}”")

    def _rows(self, table: BaseOxmlElement) -> Iterator[Piece]:
        for tag, row in _children(table):
            if tag in _TRANSPARENT:
                yield from self._rows(row)
            elif tag == "tr":
                cells = [pieces for cell in self._cells(row) if (pieces := list(self.blocks(cell)))]
                filled = [
                    cell for cell in cells if any(run.leaf != Break() for piece in cell for run in piece.runs)
                ]
                if len(filled) == 1:
                    yield from filled[0]
                else:
                    yield Piece("p", tuple(_in_a_row(filled)))

    def _cells(self, row: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
        for tag, element in _children(row):
            if tag == "tc":
                yield element
            elif tag in _TRANSPARENT:
                yield from self._cells(element)

    def _runs(self, parent: BaseOxmlElement, href: str | None = None) -> Iterator[Run]:
        for tag, element in _children(parent):
            if tag == "r":
                yield from self._run(element, href)
            elif tag == "hyperlink":
                yield from self._runs(element, self._href(element))
            elif tag in _TRANSPARENT:
                yield from self._runs(element, href)
            else:
                self._left_out(tag, element)

    def _run(self, run: BaseOxmlElement, href: str | None) -> Iterator[Run]:
        if is_on(run, "vanish"):
            self._drop("verborgen tekst")
            return
        strong, emphasis = self._styles.weight(run)
        for tag, element in _children(run):
            if tag == "t":
                yield Run(Text(element.text or ""), strong, emphasis, href)
            elif tag in _CHARACTERS:
                yield Run(Text(_CHARACTERS[tag]), strong, emphasis, href)
            elif tag in {"br", "cr"}:
                of_page = element.get(qn("w:type")) in {"page", "column"}
                yield Run(Text(" ") if of_page else Break(), strong, emphasis, href)
            elif tag == "instrText":
                if "HYPERLINK" in (element.text or ""):
                    self._drop("het adres achter een link")
            else:
                self._left_out(tag, element)

    def _href(self, element: BaseOxmlElement) -> str | None:
        relation = self._relations.get(element.get(qn("r:id"), ""))
        if relation is None or not relation.is_external:
            return None
        href = safe_href(relation.target_ref)
        if href is None:
            self._drop(f"het adres achter een link: “{clean(relation.target_ref)[:60]}”")
        return href

    def _left_out(self, tag: str, element: BaseOxmlElement) -> None:
        box = next((inner for inner in element.iter(qn("w:txbxContent"))), None)
        if box is not None:
            self._drop(f"een tekstvak: “{_text_in(box)}”")
        elif tag not in _SILENT:
            self._drop(_DROPPED.get(tag, f"een onbekend onderdeel ({tag[:30]})"))

    def _drop(self, name: str) -> None:
        self.dropped[name] = None


def _children(parent: BaseOxmlElement) -> Iterator[tuple[str, BaseOxmlElement]]:
    """The child elements with their tags without namespace; comments and the like are passed over."""
    for element in parent:
        if isinstance(element.tag, str):
            yield element.tag.rpartition("}")[2], element


def _in_a_row(cells: list[list[Piece]]) -> Iterator[Run]:
    for place, cell in enumerate(cells):
        if place:
            yield Run(Text(" – "))
        for piece in cell:
            yield from piece.runs
            yield Run(Text(" "))


def _text_in(element: BaseOxmlElement) -> str:
    text = clean(" ".join(node.text or "" for node in element.iter(qn("w:t")))).strip()
    return text if len(text) <= 100 else f"{text[:100]}…"
