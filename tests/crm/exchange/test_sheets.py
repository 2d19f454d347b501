"""Workbooks of what anybody typed: they open, and text stays text."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from crm.exchange.sheets import Sheet, workbook


def cell(text):
    data = workbook([Sheet("Blad", [], [("Kop", 10)], [[text]])])
    return load_workbook(BytesIO(data)).active["A2"]


@pytest.mark.parametrize("strange", ["\ufffe", "\uffff", "\ud800", "\x00", "\x0b"])
def test_what_no_cell_can_hold_is_left_out(strange):
    assert cell(f"Een{strange} ruimte").value == "Een ruimte"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SOM(A1)",
        " =1+1",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\x01=1+1",
        "\ufffe@x",
        "\tx",
        "\xa0=1",
    ],
)
def test_text_that_looks_like_a_formula_stays_text_when_the_cell_is_opened(text):
    found = cell(text)
    assert (found.data_type, found.quotePrefix) == ("s", True)


@pytest.mark.parametrize("text", ["De Brug", "1 - 2", " De Brug", "a=b"])
def test_other_text_needs_no_mark(text):
    assert not cell(text).quotePrefix
