"""The flat reading of a text."""

from crm.document.lines import Line, to_lines
from crm.document.tree import Break, Document, Fact, Field, Heading, Link, ListBlock, Rule, Strong, Text

from .trees import paragraph


def test_every_block_and_list_item_is_a_line_with_the_number_of_its_paragraph() -> None:
    document = Document(
        (
            Heading(2, (Text("Kop"),)),
            paragraph("Aan ", Field("organisatie"), Break(), "met ", Strong((Fact("k", "3.000"),))),
            Rule(),
            ListBlock(False, ((Text("een"),), (Link("https://x.example", (Text("twee"),)),))),
            paragraph("Slot."),
        )
    )
    assert to_lines(document) == (
        Line("Kop", 1, "h"),
        Line("Aan [organisatie]\nmet 3.000", 1, "p"),
        Line("een", 2, "li"),
        Line("twee", 2, "li"),
        Line("Slot.", 3, "p"),
    )
