"""A tree as a Word document."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from crm.document.characters import clean
from crm.document.links import safe_href
from crm.document.normal import Leaf, flatten
from crm.document.tree import Break, Document, Fact, Field, Heading, Inline, ListBlock, Paragraph, Rule, Text

_LANGUAGE = "nl-NL"
_NEAR_BLACK = RGBColor(0x1C, 0x19, 0x17)
_LINK_BLUE = RGBColor(0x1D, 0x4E, 0x89)
# Word and the zip format both want a moment; a fixed one keeps equal letters equal to the byte.
_MOMENT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_ZIP_MOMENT = (2000, 1, 1, 0, 0, 0)


def to_docx(
    document: Document, *, title: str, before: Sequence[str] = (), after: Sequence[str] = ()
) -> bytes:
    """The text as DOCX on A4, in Dutch, with its title in the properties; equal input gives equal bytes.

    ``before`` and ``after`` are plain paragraphs around it (address, date, salutation; closing, signatories); a
    line end in them is a line break. Heading levels 2 and 3 become Word's 1 and 2, as the title is not on the
    page. A merge field that was not filled shows as ``[name]``.
    """
    word = docx.Document()
    _set_up(word, title)
    for text in before:
        _add_plain(word, text)
    for block in document.blocks:
        match block:
            case Paragraph(children):
                _add_inlines(word.add_paragraph(), children)
            case Heading(level, children):
                _add_inlines(word.add_paragraph(style=f"Heading {level - 1}"), children)
            case ListBlock(ordered, items):
                _add_list(word, ordered, items)
            case Rule():
                _add_rule(word)
    for text in after:
        _add_plain(word, text)
    stream = BytesIO()
    word.save(stream)
    return _with_fixed_times(stream)


def _set_up(word: WordDocument, title: str) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
    word.styles["Normal"].font.name = "Calibri"
    word.styles["Normal"].font.size = Pt(11)
    for level in (1, 2):
        word.styles[f"Heading {level}"].font.color.rgb = _NEAR_BLACK
    link = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    link.font.color.rgb = _LINK_BLUE
    properties = word.core_properties
    properties.title = clean(title).strip()[:255]  # python-docx refuses more
    properties.language = _LANGUAGE
    properties.author = properties.comments = ""
    properties.created = properties.modified = _MOMENT


def _add_plain(word: WordDocument, text: str) -> None:
    lines = text.splitlines()
    _add_inlines(word.add_paragraph(), tuple(leaf for line in lines for leaf in (Break(), Text(line)))[1:])


def _add_list(word: WordDocument, ordered: bool, items: tuple[tuple[Inline, ...], ...]) -> None:
    style = word.styles["List Number" if ordered else "List Bullet"]
    numbering = None
    if ordered:
        # Every list counts from 1 again, which Word does only for a numbering of its own.
        definitions = word.part.numbering_part.element
        pattern = definitions.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
        numbering = definitions.add_num(pattern)
        numbering.add_lvlOverride(ilvl=0).add_startOverride(1)
    for item in items:
        paragraph = word.add_paragraph(style=style)
        if numbering is not None:
            place = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            place.get_or_add_ilvl().val = 0
            place.get_or_add_numId().val = numbering.numId
        _add_inlines(paragraph, item)


def _add_rule(word: WordDocument) -> None:
    border = OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "6", "space": "1", "color": "auto"}.items():
        border.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(border)
    word.add_paragraph()._p.get_or_add_pPr().append(borders)


def _add_inlines(paragraph: WordParagraph, children: tuple[Inline, ...]) -> None:
    """The leaves as runs of the paragraph, those of a link inside a hyperlink element."""
    open_href, link = None, None
    for leaf, strong, emphasis, href in flatten(children):
        if href != open_href:
            open_href, link = href, _add_link(paragraph, href)
        element = OxmlElement("w:r")
        (paragraph._p if link is None else link).append(element)
        run = WordRun(element, paragraph)
        if link is not None:
            run.style = "Hyperlink"
        if strong:
            run.bold = True
        if emphasis:
            run.italic = True
        _write(run, leaf)


def _add_link(paragraph: WordParagraph, href: str | None) -> BaseOxmlElement | None:
    safe = safe_href(href) if href is not None else None
    if safe is None:
        return None
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(safe, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    return link


def _write(run: WordRun, leaf: Leaf) -> None:
    match leaf:
        case Text(value) | Fact(value=value):
            run.add_text(clean(value))
        case Break():
            run.add_break()
        case Field(name):
            run.add_text(f"[{clean(name)}]")


def _with_fixed_times(stream: BytesIO) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(stream) as saved, zipfile.ZipFile(result, "w") as fixed:
        for name in saved.namelist():
            member = zipfile.ZipInfo(name, _ZIP_MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            fixed.writestr(member, saved.read(name))
    return result.getvalue()
