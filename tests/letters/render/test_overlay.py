"""The outline that shows where the window of an envelope comes."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from letters.render.overlay import render_window_proof
from tests.letters.render.reading import MM, about, read, words
from tests.letters.render.samples import LETTERHEAD

DAY = date(2025, 7, 29)


def boxes(data: bytes) -> list[tuple[float, float, float, float]]:
    """The dashed outlines: left, top, right and bottom in millimetres from the upper left corner of the page."""
    result, matrix, saved, corners, dashed = [], pikepdf.Matrix(), [], [], False
    with pikepdf.open(BytesIO(data)) as pdf:
        height = float(pdf.pages[0].mediabox[3])
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            match str(operator):
                case "q":
                    saved.append((matrix, dashed))
                case "Q":
                    matrix, dashed = saved.pop()
                case "cm":
                    matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
                case "d":
                    dashed = len(operands[0]) > 0
                case "m" | "l":
                    x, y = map(float, operands)
                    place = pikepdf.Matrix(1, 0, 0, 1, x, y) @ matrix
                    corners.append((place.e / MM, (height - place.f) / MM))
                case "S" if dashed and len(corners) == 4:
                    lefts, tops = zip(*corners, strict=True)
                    result.append((min(lefts), min(tops), max(lefts), max(tops)))
                    corners = []
                case "S" | "f" | "n":
                    corners = []
    return result


@pytest.mark.parametrize(("window", "left"), [("left", 35), ("right", 110)])
def test_the_outline_stands_around_the_address_of_this_letterhead(window: str, left: int) -> None:
    data = render_window_proof(replace(LETTERHEAD, window=window), dated_on=DAY)
    outlines = [tuple(round(edge) for edge in box) for box in boxes(data)]
    assert outlines == [(34, 46, 111, 83), (109, 46, 186, 83)]
    address = [line for line in read(data) if line.text in ("Naam van de organisatie", "1000 AA  PLAATSNAAM")]
    assert [round(line.left) for line in address] == [left, left]
    assert max(line.baseline for line in address) < 82


def test_the_proof_explains_itself() -> None:
    data = render_window_proof(LETTERHEAD, dated_on=DAY)
    text = words(data)
    assert "1. Print deze bladzijde op ware grootte (100 %), niet passend gemaakt." in text
    assert "venster links venster rechts" in text
    assert about(data)["title"] == "Proef: past het adres in het venster?"
    assert about(data)["ua"] == "1"
    assert about(data)["pages"] == 1
