"""Letters out of Word: what is kept, what is left out and named."""

import docx
import pytest
from docx.oxml import parse_xml

from crm.document.importing import Imported, from_docx
from crm.document.tree import (
    Break,
    Document,
    Emphasis,
    Heading,
    Link,
    ListBlock,
    Rule,
    Strong,
    Text,
)
from crm.document.word import to_docx

from .trees import NORMAL, paragraph, text
from .word_files import SPACES, of_body, of_paragraphs, saved


def body(xml: str) -> Document:
    return from_docx(of_body(xml)).document


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def test_a_letter_in_word_is_taken_apart_like_a_pasted_one() -> None:
    data = of_paragraphs(
        "Stadsdorp De Brug",
        "Amsterdam, 29 juli 2025",
        "",
        "Betreft: ruimte",
        "Beste Partij,",
        "Wij vragen  ruimte.",
        "• geld",
        "- tijd",
        "",
        "Met vriendelijke groet,\nnamens het bestuur",
        "Anna de Vries",
    )
    assert from_docx(data) == Imported(
        document=Document(
            (paragraph("Wij vragen ruimte."), ListBlock(False, ((Text("geld"),), (Text("tijd"),))))
        ),
        subject="ruimte",
        salutation="Beste Partij",
        dated="Amsterdam, 29 juli 2025",
        closing="Met vriendelijke groet",
        sign_off=("namens het bestuur", "Anna de Vries"),
        dropped=("boven de aanhef: “Stadsdorp De Brug”",),
    )


def test_a_salutation_and_text_in_one_paragraph_are_parted() -> None:
    read = from_docx(of_paragraphs("Beste Partij,\nWij vragen ruimte.\nEn geld."))
    assert (read.salutation, read.document) == (
        "Beste Partij",
        Document((paragraph("Wij vragen ruimte.", Break(), "En geld."),)),
    )


def test_styles_lists_and_emphasis_of_word_are_kept() -> None:
    word = docx.Document()
    word.add_paragraph("Titel", style="Title")
    word.add_paragraph("Kop", style="Heading 1")
    word.add_paragraph("Onderkop", style="Heading 3")
    mixed = word.add_paragraph("Gewoon ")
    mixed.add_run("vet").bold = True
    mixed.add_run(" en ")
    mixed.add_run("schuin", style="Emphasis")
    mixed.add_run(" niet vet").bold = False
    word.add_paragraph("een", style="List Bullet")
    word.add_paragraph("twee", style="List Bullet")
    word.add_paragraph("eerst", style="List Number")
    assert from_docx(saved(word)).document == Document(
        (
            Heading(2, (Text("Titel"),)),
            Heading(2, (Text("Kop"),)),
            Heading(3, (Text("Onderkop"),)),
            paragraph("Gewoon ", Strong((Text("vet"),)), " en ", Emphasis((Text("schuin"),)), " niet vet"),
            ListBlock(False, ((Text("een"),), (Text("twee"),))),
            ListBlock(True, ((Text("eerst"),),)),
        )
    )


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in NORMAL
        if not any(word in name for word in ("field", "fact", "rules", "two", "numbered"))
    ],
)
def test_what_we_write_as_word_we_read_back(name: str) -> None:
    assert from_docx(to_docx(NORMAL[name], title="x")).document == NORMAL[name]


def test_tracked_changes_count_as_accepted() -> None:
    read = from_docx(
        of_body(
            f"<w:p>{run('Wij vragen ')}<w:del><w:r><w:delText>geld</w:delText></w:r></w:del>"
            f"<w:ins>{run('ruimte')}</w:ins>{run('.')}</w:p>"
        )
    )
    assert read.document == text("Wij vragen ruimte.")
    assert read.dropped == ("tekst die met ‘wijzigingen bijhouden’ is verwijderd",)


def test_text_in_content_controls_fields_and_tags_is_read() -> None:
    assert body(
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:sdt><w:sdtContent>{run('een')}</w:sdtContent></w:sdt>"
        f"<w:fldSimple>{run(' twee')}</w:fldSimple><w:smartTag>{run(' drie')}</w:smartTag></w:p></w:sdtContent></w:sdt>"
    ) == text("een twee drie")


def test_tabs_breaks_and_hyphens_are_read() -> None:
    assert body(
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t>"
        '<w:br w:type="page"/><w:t>c</w:t></w:r></w:p>'
    ) == Document((paragraph("a b", Break(), "e-mail c"),))


def test_a_table_becomes_paragraphs_and_is_named() -> None:
    word = docx.Document()
    table = word.add_table(rows=3, cols=2)
    for cell, words in zip(
        [cell for row in table.rows for cell in row.cells],
        ["Uren", "3000", "Leden", "600", "", "los"],
        strict=True,
    ):
        cell.text = words
    read = from_docx(saved(word))
    assert read.document == text("Uren – 3000", "Leden – 600", "los")
    assert read.dropped == ("de indeling van een tabel",)


def test_a_table_inside_a_table_is_read_once() -> None:
    def table(cell: str) -> str:
        return f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"

    assert body(table(f"<w:p>{run('buiten')}</w:p>" + table(f"<w:p>{run('binnen')}</w:p>"))) == text(
        "buiten", "binnen"
    )


def test_good_links_are_kept_and_bad_ones_named() -> None:
    word = docx.Document()
    line = word.add_paragraph()
    for href, words in (("https://x.example/a", "goed"), ("javascript:alert(1)", "kwaad")):
        link = parse_xml(
            f'<w:hyperlink {SPACES} r:id="{word.part.relate_to(href, LINK, is_external=True)}"/>'
        )
        link.append(parse_xml(f"<w:r {SPACES}><w:t>{words}</w:t></w:r>"))
        line._p.append(link)
    read = from_docx(saved(word))
    assert read.document == Document((paragraph(Link("https://x.example/a", (Text("goed"),)), "kwaad"),))
    assert read.dropped == ("het adres achter een link: “javascript:alert(1)”",)


LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("<w:drawing/>", "een afbeelding"),
        ("<w:pict/>", "een afbeelding"),
        ("<mc:AlternateContent/>", "een afbeelding"),
        (
            "<w:drawing><w:txbxContent><w:p><w:r><w:t>Bel ons</w:t></w:r></w:p></w:txbxContent></w:drawing>",
            "een tekstvak: “Bel ons”",
        ),
        ("<w:footnoteReference/>", "een voetnoot"),
        ("<w:commentReference/>", "een opmerking in de kantlijn"),
        ("<w:sym/>", "een symbool"),
        ("<w:instrText>HYPERLINK https://x.example</w:instrText>", "het adres achter een link"),
        ("<w:nieuwigheid/>", "een onbekend onderdeel (nieuwigheid)"),
    ],
)
def test_what_a_letter_cannot_hold_is_left_out_and_named(inside: str, name: str) -> None:
    read = from_docx(of_body(f"<w:p>{run('Tekst.')}<w:r>{inside}</w:r></w:p>"))
    assert (read.document, read.dropped) == (text("Tekst."), (name,))


def test_formulas_and_hidden_text_are_named() -> None:
    read = from_docx(of_body(f"<w:p>{run('a')}<m:oMath/>{run('geheim', '<w:vanish/>')}</w:p><w:altChunk/>"))
    assert read.document == text("a")
    assert read.dropped == ("een formule", "verborgen tekst", "een ingevoegd document")


def test_the_letterhead_in_header_and_footer_is_named() -> None:
    word = docx.Document()
    word.add_paragraph("Tekst.")
    word.sections[0].header.paragraphs[0].text = "Netwerk Amsterdamse Stadsdorpen"
    assert from_docx(saved(word)).dropped == ("de kop- of voettekst: “Netwerk Amsterdamse Stadsdorpen”",)


def test_words_own_administration_is_not_worth_naming() -> None:
    read = from_docx(
        of_body(
            '<w:p><w:pPr/><w:bookmarkStart w:id="0" w:name="x"/><w:proofErr w:type="spellStart"/>'
            f'{run("stadsdorp")}<w:bookmarkEnd w:id="0"/><w:r><w:lastRenderedPageBreak/></w:r></w:p><w:sectPr/>'
        )
    )
    assert (read.document, read.dropped) == (text("stadsdorp"), ())


def test_a_letter_of_nothing_but_a_rule_of_underscores_keeps_its_text() -> None:
    assert Rule() not in from_docx(of_paragraphs("Naam: ____")).document.blocks
