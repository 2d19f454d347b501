"""Rich text in and out: what is read, what is evened out, what is refused and in which words."""

import pytest

from crm.document.normal import normalise
from crm.document.richtext import MAX_CHARACTERS, RichTextError, parse, serialise
from crm.document.tree import (
    Break,
    Document,
    Emphasis,
    Fact,
    Field,
    Heading,
    Link,
    ListBlock,
    Paragraph,
    Rule,
    Strong,
    Text,
)

from .trees import FIELDS, NORMAL, paragraph, text

PASTE_PLAIN = "plak de tekst opnieuw zonder opmaak (Ctrl+Shift+V)."
DAMAGED = f"De opmaak van de tekst is beschadigd. Haal het laatste stuk weg en {PASTE_PLAIN}"


def complaints(html: str) -> tuple[str, ...]:
    with pytest.raises(RichTextError) as caught:
        parse(html, fields=FIELDS)
    return caught.value.messages


@pytest.mark.parametrize("document", NORMAL.values(), ids=NORMAL)
def test_what_is_written_reads_back_the_same(document: Document) -> None:
    assert parse(serialise(document), fields=FIELDS) == document


@pytest.mark.parametrize("document", NORMAL.values(), ids=NORMAL)
def test_the_normal_form_stays_as_it_is(document: Document) -> None:
    assert normalise(document) == document


def test_every_kind_of_block_and_inline_is_read_as_draftail_stores_it() -> None:
    html = (
        '<h2 data-block-key="a1b2c">Onze vraag</h2>'
        '<p data-block-key="d3e4f">Wij vragen <span data-merge="organisatie">Organisatie</span> om <b>vet</b>, '
        '<i>schuin</i> en <a href="https://stadsdorpen.example">een link</a>.<br/>Samen zijn we met '
        '<span data-fact="bereik">ruim 15.000</span>.</p>'
        '<hr/><ul><li data-block-key="g5h6i">een</li><li>twee</li></ul><ol><li>eerst</li></ol><h3>Slot</h3>'
    )
    assert parse(html, fields=FIELDS) == Document(
        (
            Heading(2, (Text("Onze vraag"),)),
            paragraph(
                "Wij vragen ",
                Field("organisatie"),
                " om ",
                Strong((Text("vet"),)),
                ", ",
                Emphasis((Text("schuin"),)),
                " en ",
                Link("https://stadsdorpen.example", (Text("een link"),)),
                ".",
                Break(),
                "Samen zijn we met ",
                Fact("bereik", "ruim 15.000"),
                ".",
            ),
            Rule(),
            ListBlock(False, ((Text("een"),), (Text("twee"),))),
            ListBlock(True, ((Text("eerst"),),)),
            Heading(3, (Text("Slot"),)),
        )
    )


@pytest.mark.parametrize(
    ("noisy", "plain"),
    [
        ('<p data-block-key="abc">x</p>', "<p>x</p>"),
        ("<p>x</p><p></p><p> &nbsp;</p>", "<p>x</p>"),
        ("<p></p><p>x</p><p><br/></p><p>y</p>", "<p>x</p><p>y</p>"),
        ("<p>a&nbsp;b  c\n d\u00a0</p>", "<p>a b c d</p>"),
        ("<p>a<b></b> <i> </i>b</p>", "<p>a b</p>"),
        ("<p><b>a</b><b>b</b></p>", "<p><b>ab</b></p>"),
        ("<p><b>a</b> <strong>b</strong></p>", "<p><b>a b</b></p>"),
        ("<p><b>a </b>b</p>", "<p><b>a</b> b</p>"),
        ("<p><i><b>a</b></i></p>", "<p><b><i>a</i></b></p>"),
        ("<p><b><b>a</b></b></p>", "<p><b>a</b></p>"),
        (
            '<p><b>a <a href="https://x.example">b</a></b></p>',
            '<p><b>a</b> <a href="https://x.example"><b>b</b></a></p>',
        ),
        ('<p><a href="https://x.example"> b </a>c</p>', '<p><a href="https://x.example">b</a> c</p>'),
        ('<p><a href="HTTPS://x.example">b</a></p>', '<p><a href="https://x.example">b</a></p>'),
        (
            '<p><span data-merge="datum"><b>Dat</b>um</span></p>',
            '<p><b><span data-merge="datum">datum</span></b></p>',
        ),
        (
            '<p><b>op </b><span data-merge="datum"><b><i>x</i></b></span><b> om</b></p>',
            '<p><b>op <i><span data-merge="datum"></span></i> om</b></p>',
        ),
        (
            '<p><span data-fact="k"><b>ruim&nbsp;</b> 15.000 </span></p>',
            '<p><b><span data-fact="k">ruim 15.000</span></b></p>',
        ),
        ("<p>a <br/> b<br/></p>", "<p>a<br/>b</p>"),
        ("<p>e\u0301<b>n</b></p>", "<p>é<b>n</b></p>"),
        ("<p>stads\u00addor\u200bp\u202e</p>", "<p>stadsdorp</p>"),
        ("<ul><li>a</li><li></li></ul><ul></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li>a</li></ul>\n<ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<P>x</P>", "<p>x</p>"),
        ("los <b>eind</b><p>x</p>", "<p>los <b>eind</b></p><p>x</p>"),
        ("<p>x<br>y</p><hr>", "<p>x<br/>y</p><hr/>"),
    ],
)
def test_texts_that_read_the_same_are_equal(noisy: str, plain: str) -> None:
    assert parse(noisy, fields=FIELDS) == parse(plain, fields=FIELDS)


def test_an_empty_paragraph_keeps_two_lists_apart() -> None:
    apart = parse("<ol><li>a</li></ol><p></p><ol><li>b</li></ol>", fields=())
    assert apart == Document((ListBlock(True, ((Text("a"),),)), ListBlock(True, ((Text("b"),),))))


def test_entities_are_read_once() -> None:
    assert parse("<p>&amp;lt; &eacute; &#39; &quot;</p>", fields=()) == text("&lt; é ' \"")


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (
            "<p>x</p><svg></svg>",
            f"In de tekst staat opmaak die hier niet kan (svg). Haal die weg, of {PASTE_PLAIN}",
        ),
        (
            "<h4>x</h4>",
            f"In de tekst staat opmaak die hier niet kan (h4). Haal die weg, of {PASTE_PLAIN}",
        ),
        (
            "<script>alert(1)</script>",
            f"In de tekst staat programmacode (script). Haal die weg en {PASTE_PLAIN}",
        ),
        (
            '<embed embedtype="image" id="3"/>',
            "Een afbeelding of film kan niet in de tekst. Stuur die mee als bijlage, of zet er een link neer.",
        ),
        ("<table></table>", "Een tabel kan niet in de tekst. Maak er een lijst van."),
        (
            '<p onclick="x()">x</p>',
            f"In de tekst staat programmacode (onclick). Haal dat stuk weg en {PASTE_PLAIN}",
        ),
        (
            '<p style="color:red">x</p>',
            f"In de tekst staat opmaak die hier niet kan (style). Haal dat stuk weg en {PASTE_PLAIN}",
        ),
        (
            '<p><a href="javascript:alert(1)">x</a></p>',
            "De link “javascript:alert(1)” kan niet. Gebruik een volledig adres, dat begint met https://, of een "
            "e-mailadres.",
        ),
        (
            '<p><a linktype="page" id="3">x</a></p>',
            "Een link naar een eigen pagina of document kan niet. Plak het volledige adres, dat begint met https://.",
        ),
        (
            '<p><span data-merge="naam">x</span></p>',
            "Het invulveld “naam” bestaat niet. Haal het weg en kies een veld uit de lijst.",
        ),
        (
            '<p><span data-fact="bereik"> </span></p>',
            "Bij een feit staat geen tekst meer. Haal het weg en voeg het opnieuw in.",
        ),
        (
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            "Een lijst binnen een lijst kan niet. Zet alle punten op hetzelfde niveau (Shift+Tab).",
        ),
        (
            "x" * (MAX_CHARACTERS + 1),
            "De tekst is te lang. Maak hem korter, of stuur het lange stuk mee als bijlage.",
        ),
        ("<p>5 < 6</p>", DAMAGED),
        ("<p><b>x</p></b>", DAMAGED),
        ("<p>x", DAMAGED),
        ("x</p>", DAMAGED),
        ("<p>a<p>b</p></p>", DAMAGED),
        ("<ul>los</ul>", DAMAGED),
        ("<li>los</li>", DAMAGED),
        ("<p><span>x</span></p>", DAMAGED),
        ('<p><span data-merge="datum" data-fact="k">x</span></p>', DAMAGED),
        ("<p><!-- x --></p>", DAMAGED),
        ("<p>&#99999999999;</p>", DAMAGED),
        ("<p class=x>x</p>", DAMAGED),
    ],
)
def test_what_cannot_stand_in_a_text_is_refused_with_what_to_do(html: str, message: str) -> None:
    assert complaints(html) == (message,)


def test_all_complaints_come_at_once_and_each_once() -> None:
    html = '<p><span data-merge="naam">x</span><span data-merge="naam">x</span><a href="/pad">y</a></p>'
    assert complaints(html) == (
        "Het invulveld “naam” bestaat niet. Haal het weg en kies een veld uit de lijst.",
        "De link “/pad” kan niet. Gebruik een volledig adres, dat begint met https://, of een e-mailadres.",
    )


def test_a_tree_that_is_not_in_normal_form_is_written_in_it() -> None:
    loose = Document((Paragraph((Text(" a"), Text("  b "), Strong(()), Break())), Paragraph(())))
    assert serialise(loose) == "<p>a b</p>"


def test_the_stored_form_is_wagtails() -> None:
    document = Document(
        (
            paragraph("a & b", Break(), Link("https://x.example/?a=1&b=2", (Strong((Text("c"),)),))),
            paragraph(Field("organisatie"), " ", Fact("bereik", "ruim 15.000")),
            ListBlock(True, ((Text("d"),),)),
            Rule(),
        )
    )
    assert serialise(document) == (
        '<p>a &amp; b<br/><a href="https://x.example/?a=1&amp;b=2"><b>c</b></a></p>'
        '<p><span data-merge="organisatie">organisatie</span> <span data-fact="bereik">ruim 15.000</span></p>'
        "<ol><li>d</li></ol><hr/>"
    )
