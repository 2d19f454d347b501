"""What a reader of a PDF of ours would see: its lines with their places, and what it says about itself."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

MM = 72 / 25.4
CAPS = 0.66  # the height of a capital in Source Sans, of the type size


@dataclass(frozen=True)
class Line:
    """A run of text; ``left`` and ``baseline`` in millimetres from the left and upper edge of the page."""

    page: int
    left: float
    baseline: float
    size: float
    text: str

    @property
    def top(self) -> float:
        return self.baseline - CAPS * self.size / MM


def read(data: bytes) -> list[Line]:
    """The lines of all pages, in reading order."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [line for number, page in enumerate(pdf.pages, 1) for line in _lines(number, page)]


def words(data: bytes, page: int | None = None) -> str:
    """All text (of one page) as one string, with the places to break left out."""
    text = " ".join(line.text for line in read(data) if page in (None, line.page))
    return " ".join(text.replace("\u200b", "").replace("\u2060", "").split())


def solid(text: str) -> str:
    """The text without any white space, to compare where lines were broken."""
    return "".join(text.split())


def about(data: bytes) -> dict[str, Any]:
    """Title, language, PDF/UA part, whether it is tagged, creation date and number of pages."""
    with pikepdf.open(BytesIO(data)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
        part = re.search(r"<pdfuaid:part>(\d)</pdfuaid:part>", metadata)
        return {
            "title": str(pdf.docinfo["/Title"]),
            "language": str(pdf.Root.Lang),
            "ua": part[1] if part else None,
            "tagged": "/MarkInfo" in pdf.Root and bool(pdf.Root.MarkInfo.Marked),
            "created": str(pdf.docinfo.get("/CreationDate", "")),
            "pages": len(pdf.pages),
        }


def tags(data: bytes) -> list[str]:
    """The structure types of the document in reading order: "/H1", "/P", "/L", ..."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return list(_tags(pdf.Root.StructTreeRoot.K))


def _tags(node: Any) -> Any:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _tags(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)
        if "/K" in node:
            yield from _tags(node.K)


def _lines(number: int, page: pikepdf.Page) -> list[Line]:
    fonts = {
        name: _characters(font) for name, font in page.Resources.get("/Font", pikepdf.Dictionary()).items()
    }
    height = float(page.mediabox[3])
    matrix, saved, result = pikepdf.Matrix(), [], []
    known, size, place, text, instead = {}, 0.0, None, "", None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Tf":
                known, size = fonts[str(operands[0])], float(operands[1])
            case "Tm" if place is None:
                place = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "BDC" if isinstance(operands[1], pikepdf.Dictionary) and "/ActualText" in operands[1]:
                # What these glyphs stand for together, such as a letter with two accents.
                text, instead = text + str(operands[1].ActualText), True
            case "EMC":
                instead = None
            case "TJ" | "Tj" if not instead:
                parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                text += "".join(
                    _decoded(bytes(part), known) for part in parts if isinstance(part, pikepdf.String)
                )
            case "ET" if place is not None:
                result.append(Line(number, place.e / MM, (height - place.f) / MM, size, text))
                place, text = None, ""
    return result


def _decoded(codes: bytes, known: dict[int, str]) -> str:
    return "".join(known[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))


def _characters(font: Any) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    return {
        int(code, 16): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", table, re.MULTILINE)
    }
