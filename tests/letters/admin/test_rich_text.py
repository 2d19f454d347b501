"""Chips and facts between storage and editor: what goes in comes out, and nothing foreign gets through."""

import datetime
import json
from io import BytesIO

import docx
import pikepdf
import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from campaigns.models import Fact
from crm.document import mail, merging, richtext, word
from crm.document.tree import Document, Emphasis, Field, Paragraph, Strong, Text
from crm.document.tree import Fact as FactInText
from letters.admin.rich_text import LETTER_FEATURES, STANDARD_TEXT_FEATURES, LetterTextArea, StandardTextArea
from letters.queries import merge_fields
from letters.render.letters import render
from tests.letters.render.samples import letter as letter_page

pytestmark = pytest.mark.django_db


def to_editor(html):
    return json.loads(ContentstateConverter(LETTER_FEATURES).from_database_format(html))


def to_storage(state):
    return LetterTextArea().value_from_datadict({"body": json.dumps(state)}, {}, "body")


def parse(html):
    return richtext.parse(html, fields=merge_fields.LABELS)


@pytest.fixture
def reach():
    return Fact.objects.create(
        key="bereik",
        words="ruim 15.000 Amsterdammers",
        as_of_on=datetime.date(2024, 12, 31),
        source="Jaarverslag 2024",
    )


ROUND_TRIPS = [
    '<p>Aan <span data-merge="organisatie">organisatie</span> in Amsterdam.</p>',
    '<p><b><span data-merge="kenmerk">kenmerk</span></b></p>',
    '<p><i>van <span data-merge="datum">datum</span></i> af</p>',
    '<ul><li>voor <span data-merge="geadresseerde">geadresseerde</span></li></ul>',
    '<p>Wij bereiken <span data-fact="bereik">ruim 15.000 Amsterdammers</span>.</p>',
    '<p><b><i><span data-fact="bereik">15.000</span></i></b> mensen</p>',
    '<h2>Kop</h2><p>Zie <a href="https://brug.example/a?b=1&amp;c=2">de site</a> of '
    '<a href="mailto:post@brug.example">mail</a>.</p><hr/><ol><li>een</li><li>twee</li></ol>',
    "<p>Regel een<br/>regel twee</p>",
]


@pytest.mark.parametrize("html", ROUND_TRIPS)
def test_what_is_stored_comes_back_the_same_after_the_editor(html, reach):
    assert parse(to_storage(to_editor(html))) == parse(html)


def test_a_merge_field_is_one_unbreakable_piece_that_shows_its_label():
    state = to_editor('<p>Aan <span data-merge="eigen_alinea">eigen_alinea</span>.</p>')
    label = str(merge_fields.LABELS["eigen_alinea"])
    assert state["blocks"][0]["text"] == f"Aan {label}."
    assert state["blocks"][0]["entityRanges"] == [{"key": 0, "offset": 4, "length": len(label)}]
    assert state["entityMap"] == {
        "0": {"mutability": "IMMUTABLE", "type": "MERGE_FIELD", "data": {"field": "eigen_alinea"}}
    }


def test_bold_inside_a_chip_is_about_the_whole_chip():
    html = '<p>Aan <span data-merge="eigen_alinea"><b>eigen_</b>alinea</span> <b>nu</b></p>'
    state = to_editor(html)
    label = str(merge_fields.LABELS["eigen_alinea"])
    assert [(style["offset"], style["length"]) for style in state["blocks"][0]["inlineStyleRanges"]] == [
        (4, len(label)),
        (4 + len(label) + 1, 2),
    ]
    assert parse(to_storage(state)) == Document(
        (Paragraph((Text("Aan "), Strong((Field("eigen_alinea"), Text(" nu"))))),)
    )


def test_a_bold_sentence_with_chips_stays_bold_from_editor_to_every_form_of_the_letter(reach):
    """As Draftail sends it: bold over the whole line, chips included."""
    state = to_editor(
        '<p>Aan <span data-merge="organisatie">organisatie</span> met '
        '<span data-fact="bereik">15.000</span> leden</p>'
    )
    block = state["blocks"][0]
    block["inlineStyleRanges"] = [
        {"offset": 0, "length": len(block["text"]), "style": "BOLD"},
        {"offset": 4, "length": block["entityRanges"][0]["length"], "style": "ITALIC"},
    ]
    tree = parse(to_storage(state))
    assert tree == Document(
        (
            Paragraph(
                (
                    Strong(
                        (
                            Text("Aan "),
                            Emphasis((Field("organisatie"),)),
                            Text(" met "),
                            FactInText("bereik", "15.000"),
                            Text(" leden"),
                        )
                    ),
                )
            ),
        )
    )
    stored = richtext.serialise(tree)
    assert parse(to_storage(to_editor(stored))) == tree
    filled = merging.fill(tree, {"organisatie": "de Waag"})
    assert mail.to_html(filled) == (
        '<div lang="nl">\n<p><strong>Aan <em>de Waag</em> met 15.000 leden</strong></p>\n</div>\n'
    )
    assert mail.to_text(filled, width=80).strip() == "Aan de Waag met 15.000 leden"
    styles = [
        (run.text, run.bold, run.italic)
        for paragraph in docx.Document(BytesIO(word.to_docx(filled, title="Brief"))).paragraphs
        for run in paragraph.runs
    ]
    assert styles[-5:] == [
        ("Aan ", True, None),
        ("de Waag", True, True),
        (" met ", True, None),
        ("15.000", True, None),
        (" leden", True, None),
    ]
    assert fonts(filled) == fonts(parse("<p>x <b>vet <i>en schuin</i></b></p>"))


def fonts(document):
    """The faces with which the page is printed."""
    with pikepdf.open(BytesIO(render(letter_page(body=document)))) as pdf:
        return {
            str(font.BaseFont).rpartition("+")[2]
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }


def test_a_fact_in_the_editor_knows_its_source_and_date(reach):
    state = to_editor('<p><span data-fact="bereik">Ruim 15.000</span></p>')
    entity = state["entityMap"]["0"]
    assert (entity["type"], entity["mutability"], entity["data"]["key"]) == ("FACT", "IMMUTABLE", "bereik")
    assert "31 december 2024" in entity["data"]["note"]
    assert "Jaarverslag 2024" in entity["data"]["note"]


def test_a_fact_that_left_the_cabinet_keeps_its_words():
    html = '<p><span data-fact="weg">300 leden</span></p>'
    assert parse(to_storage(to_editor(html))) == Document((Paragraph((FactInText("weg", "300 leden"),)),))


def chip(kind, data, text="woord"):
    return {
        "blocks": [
            {
                "key": "aaaaa",
                "text": text,
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"key": 0, "offset": 0, "length": len(text)}],
            }
        ],
        "entityMap": {"0": {"type": kind, "mutability": "IMMUTABLE", "data": data}},
    }


HOSTILE = {
    "a script behind a link": chip("LINK", {"url": "javascript:alert(1)"}),
    "a page of the site": chip("LINK", {"url": "/beheer/"}),
    "a link without address": chip("LINK", {}),
    "an unknown field": chip("MERGE_FIELD", {"field": "wachtwoord"}),
    "a field without name": chip("MERGE_FIELD", {}),
    "a fact without key": chip("FACT", {}),
}


@pytest.mark.parametrize("state", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_a_letter_cannot_hold_is_refused_in_words(state):
    with pytest.raises(richtext.RichTextError) as refusal:
        parse(to_storage(state))
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "sent",
    ["", "geen json", "[]", "{}", '{"blocks": 3}', '{"blocks": []}', "[" * 100_000],
)
def test_what_is_no_editor_content_is_refused_and_never_stored_as_an_empty_text(sent):
    stored = LetterTextArea().value_from_datadict({"body": sent}, {}, "body")
    with pytest.raises(richtext.RichTextError):
        parse(stored)


def test_an_editor_without_text_gives_an_empty_text():
    assert LetterTextArea().value_from_datadict({"body": "null"}, {}, "body") == ""


def test_html_in_a_chip_stays_text():
    state = chip("FACT", {"key": '"><script>'}, text="<script>alert(1)</script>")
    assert parse(to_storage(state)) == Document(
        (Paragraph((FactInText('"><script>', "<script>alert(1)</script>"),)),)
    )


def test_an_image_that_was_pasted_is_left_out():
    state = chip("IMAGE", {"id": 1}, text=" ")
    state["blocks"][0]["text"], state["blocks"][0]["entityRanges"][0]["length"] = "Kijk", 0
    assert parse(to_storage(state)) == Document((Paragraph((Text("Kijk"),)),))


def test_lists_do_not_nest_and_a_standard_text_holds_no_other():
    assert LetterTextArea().options["maxListNesting"] == 0
    kinds = [entity["type"] for entity in LetterTextArea().options["entityTypes"]]
    assert kinds == ["LINK", "MERGE_FIELD", "FACT", "STANDARD_TEXT"]
    assert [entity["type"] for entity in StandardTextArea().options["entityTypes"]] == kinds[:3]
    assert "standard-text" not in STANDARD_TEXT_FEATURES
