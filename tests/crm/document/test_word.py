"""The Word document: what Word finds in it, and equal bytes for equal letters."""

import zipfile
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from crm.document.tree import Break, Document, Fact, Field, Heading, Link, ListBlock, Rule, Strong, Text
from crm.document.word import to_docx

from .trees import NORMAL, paragraph, text

LETTER = Document(
    (
        Heading(2, (Text("Onze vraag"),)),
        Heading(3, (Text("Ruimte"),)),
        paragraph(
            "O'Brien & co: ", Strong((Text("vet"),)), " ", Fact("k", "3.000"), Break(), Field("organisatie")
        ),
        paragraph(Link("https://x.example/?a=1&b=2", (Text("Lees meer"),))),
        ListBlock(False, ((Text("punt"),),)),
        ListBlock(True, ((Text("een"),), (Text("twee"),))),
        paragraph("Tussen."),
        ListBlock(True, ((Text("weer een"),),)),
        Rule(),
    )
)


def opened(data: bytes) -> WordDocument:
    return docx.Document(BytesIO(data))


def test_every_block_gets_the_style_word_knows() -> None:
    word = opened(
        to_docx(LETTER, title="Brief", before=["Aan D66\nPostbus 1", "Beste Partij,"], after=["Groet"])
    )
    assert [(line.style.name, line.text) for line in word.paragraphs] == [
        ("Normal", "Aan D66\nPostbus 1"),
        ("Normal", "Beste Partij,"),
        ("Heading 1", "Onze vraag"),
        ("Heading 2", "Ruimte"),
        ("Normal", "O'Brien & co: vet 3.000\n[organisatie]"),
        ("Normal", "Lees meer"),
        ("List Bullet", "punt"),
        ("List Number", "een"),
        ("List Number", "twee"),
        ("Normal", "Tussen."),
        ("List Number", "weer een"),
        ("Normal", ""),
        ("Normal", "Groet"),
    ]


def test_bold_and_links_are_real() -> None:
    lines = opened(to_docx(LETTER, title="Brief")).paragraphs
    assert [run.text for run in lines[2].runs if run.bold] == ["vet"]
    assert [(link.address, link.text) for link in lines[3].hyperlinks] == [
        ("https://x.example/?a=1&b=2", "Lees meer")
    ]


def test_every_numbered_list_starts_at_one() -> None:
    word = opened(to_docx(LETTER, title="Brief"))
    numbers = [line._p.pPr.numPr.numId.val for line in word.paragraphs if line.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    starts = [
        num.lvlOverride_lst[0].startOverride.val
        for num in word.part.numbering_part.element.num_lst
        if num.numId in numbers
    ]
    assert starts == [1, 1]


def test_title_and_language_are_set_and_no_maker_is_named() -> None:
    word = opened(to_docx(LETTER, title="Brief aan de partijen"))
    properties = word.core_properties
    assert (properties.title, properties.language, properties.author, properties.comments) == (
        "Brief aan de partijen",
        "nl-NL",
        "",
        "",
    )
    languages = {element.get(qn("w:val")) for element in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}


def test_equal_letters_are_equal_to_the_byte_and_others_are_not() -> None:
    made = {to_docx(document, title="Brief") for document in NORMAL.values() for _ in range(2)}
    assert len(made) == len(NORMAL)


def test_no_clock_is_read() -> None:
    with zipfile.ZipFile(BytesIO(to_docx(LETTER, title="Brief"))) as package:
        assert {member.date_time for member in package.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_what_xml_cannot_hold_is_left_out() -> None:
    word = opened(to_docx(text("a\x00\x0b\ufffeb"), title="T\x01itel " + "x" * 300, before=["\x07c", ""]))
    assert [line.text for line in word.paragraphs] == ["c", "", "a b"]
    assert word.core_properties.title == "Titel " + "x" * 249


def test_an_unsafe_address_in_a_tree_made_by_hand_does_not_leave() -> None:
    data = to_docx(Document((paragraph(Link("javascript:alert(1)", (Text("klik"),))),)), title="x")
    word = opened(data)
    assert (word.paragraphs[0].text, word.paragraphs[0].hyperlinks) == ("klik", [])
