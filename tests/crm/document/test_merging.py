"""Filling merge fields for one recipient, and telling which fields and facts a text has."""

import pytest

from crm.document.mail import to_html
from crm.document.merging import UnknownField, facts_in, fields_in, fill
from crm.document.tree import Document, Fact, Field, Heading, Link, ListBlock, Paragraph, Strong, Text

from .trees import paragraph, text

ASK = Document((paragraph("Wij vragen ", Field("organisatie"), " om steun."),))


def test_a_value_becomes_part_of_the_sentence() -> None:
    assert fill(ASK, {"organisatie": "de SP", "datum": "niet nodig"}) == text("Wij vragen de SP om steun.")


@pytest.mark.parametrize(
    "value",
    [
        "#set text(size:99pt)",
        "{{ naam }}",
        "{% include 'x' %}",
        "<b>x</b>",
        "\"'’&amp;",
        "[organisatie]",
        "\\n $x$",
    ],
)
def test_a_value_is_text_whatever_it_looks_like(value: str) -> None:
    assert fill(ASK, {"organisatie": value}) == text(f"Wij vragen {value} om steun.")


def test_a_value_with_markup_is_escaped_in_the_mail() -> None:
    filled = fill(ASK, {"organisatie": "<script>x</script>"})
    assert to_html(filled) == (
        '<div lang="nl">\n<p>Wij vragen &lt;script&gt;x&lt;/script&gt; om steun.</p>\n</div>\n'
    )


@pytest.mark.parametrize(
    "value", ["de\nSP", "de\r\n\r\nSP", "\x00de\x1b \u202eSP", " de\u00a0SP ", "de\u2028SP"]
)
def test_line_ends_and_control_characters_in_a_value_do_not_reach_the_letter(value: str) -> None:
    assert fill(ASK, {"organisatie": value}) == text("Wij vragen de SP om steun.")


def test_fields_are_filled_in_headings_lists_bold_and_links() -> None:
    field = Field("organisatie")
    document = Document(
        (
            Heading(2, (Text("Aan "), field)),
            ListBlock(True, ((Text("voor "), field),)),
            paragraph(Link("https://x.example", (Strong((Text("over "), field)),))),
        )
    )
    assert fill(document, {"organisatie": "D66"}) == Document(
        (
            Heading(2, (Text("Aan D66"),)),
            ListBlock(True, ((Text("voor D66"),),)),
            paragraph(Link("https://x.example", (Strong((Text("over D66"),)),))),
        )
    )


OWN = Document((paragraph("Voor."), paragraph(Field("eigen_alinea")), paragraph("Na.")))


def test_a_paragraph_of_its_own_brings_its_blocks() -> None:
    value = Document((paragraph("Beste ", Field("organisatie"), "."), ListBlock(False, ((Text("a"),),))))
    assert fill(OWN, {"eigen_alinea": value, "organisatie": "SP"}) == Document(
        (paragraph("Voor."), paragraph("Beste SP."), ListBlock(False, ((Text("a"),),)), paragraph("Na."))
    )


@pytest.mark.parametrize("nothing", ["", " \n", Document(), text("")])
def test_an_empty_value_takes_its_paragraph_along(nothing: str | Document) -> None:
    assert fill(OWN, {"eigen_alinea": nothing}) == text("Voor.", "Na.")


def test_an_empty_value_inside_a_sentence_leaves_no_double_space() -> None:
    assert fill(ASK, {"organisatie": ""}) == text("Wij vragen om steun.")


def test_a_text_inside_a_sentence_brings_its_words() -> None:
    assert fill(ASK, {"organisatie": Document((paragraph("de ", Strong((Text("SP"),))),))}) == Document(
        (paragraph("Wij vragen de ", Strong((Text("SP"),)), " om steun."),)
    )


def test_every_unknown_field_is_named() -> None:
    document = Document((paragraph(Field("b"), Field("a"), Field("organisatie")),))
    with pytest.raises(UnknownField) as caught:
        fill(document, {"organisatie": "SP"})
    assert caught.value.names == ("a", "b")
    assert (
        str(caught.value) == "Deze invulvelden kennen we niet: “a”, “b”. Haal ze weg of kies een ander veld."
    )


def test_a_text_that_fills_a_field_cannot_hold_another_text() -> None:
    with pytest.raises(UnknownField) as caught:
        fill(OWN, {"eigen_alinea": Document((Paragraph((Field("eigen_alinea"),)),))})
    assert caught.value.names == ("eigen_alinea",)


def test_fields_and_facts_are_found_wherever_they_stand() -> None:
    bereik, uren = Fact("bereik", "ruim 15.000"), Fact("uren", "3000")
    document = Document(
        (
            Heading(2, (Field("datum"),)),
            paragraph(Strong((bereik,)), Field("organisatie")),
            ListBlock(False, ((uren,), (bereik, Field("datum")))),
        )
    )
    assert fields_in(document) == {"datum", "organisatie"}
    assert facts_in(document) == (bereik, uren)
