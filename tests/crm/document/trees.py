"""Hand-made trees in normal form, one for every thing a text can hold."""

from crm.document.tree import (
    Break,
    Document,
    Emphasis,
    Fact,
    Field,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Rule,
    Strong,
    Text,
)


def paragraph(*children: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(child) if isinstance(child, str) else child for child in children))


def text(*paragraphs: str) -> Document:
    return Document(tuple(paragraph(words) for words in paragraphs))


SITE = "https://stadsdorpen.example/over?a=1&b=2"

NORMAL: dict[str, Document] = {
    "nothing": Document(),
    "one paragraph": text("Samen bereiken de stadsdorpen ruim 15.000 Amsterdammers."),
    "three paragraphs": text("Eén.", "Twee.", "Drie."),
    "signs that HTML knows": text('5 < 6 & 7 > 3, zei O\'Brien: "&amp; <b>"'),
    "template signs": text("#set text(size:99pt) {{ naam }} {% x %} $ \\ `"),
    "beyond ASCII": text("’t Café in Ĳburg kost € 5 – 日本 👩‍🔬"),
    "bold": Document((paragraph("Een ", Strong((Text("vet"),)), " woord"),)),
    "italics": Document((paragraph(Emphasis((Text("Schuin"),)), " begin"),)),
    "bold and italics": Document(
        (paragraph(Strong((Text("vet "), Emphasis((Text("en schuin"),)), Text(" vet")))),)
    ),
    "style inside a word": Document((paragraph("stads", Strong((Text("dorp"),)), "en"),)),
    "bold over a break": Document((paragraph(Strong((Text("een"), Break(), Text("twee")))),)),
    "breaks": Document((paragraph("een", Break(), "twee", Break(), Break(), "drie"),)),
    "link": Document((paragraph("Zie ", Link(SITE, (Text("onze site"),)), "."),)),
    "bold in a link": Document((paragraph(Link(SITE, (Text("onze "), Strong((Text("site"),))))),)),
    "mail link": Document((paragraph(Link("mailto:info@stadsdorpen.example", (Text("mail ons"),))),)),
    "two links side by side": Document(
        (paragraph(Link(SITE, (Text("a"),)), Link("http://b.example", (Text("b"),))),)
    ),
    "merge field": Document((paragraph("Wij vragen ", Field("organisatie"), " om steun"),)),
    "merge field alone": Document((paragraph(Field("eigen_alinea")),)),
    "merge fields side by side": Document((paragraph(Field("organisatie"), Field("datum")),)),
    "fact": Document((paragraph("Wij bereiken ", Fact("bereik", "ruim 15.000"), " mensen"),)),
    "merge field in a link": Document((paragraph(Link(SITE, (Text("van "), Field("organisatie")))),)),
    "headings": Document(
        (Heading(2, (Text("Kop"),)), paragraph("x"), Heading(3, (Text("Onder"), Strong((Text("kop"),)))))
    ),
    "list": Document((ListBlock(False, ((Text("een"),), (Strong((Text("twee"),)), Text(" en meer")))),)),
    "numbered list": Document((ListBlock(True, ((Text("een"),), (Field("organisatie"),))),)),
    "break in a list item": Document((ListBlock(False, ((Text("een"), Break(), Text("twee")),)),)),
    "lists of two kinds": Document((ListBlock(False, ((Text("a"),),)), ListBlock(True, ((Text("b"),),)))),
    "two lists of one kind": Document((ListBlock(True, ((Text("a"),),)), ListBlock(True, ((Text("b"),),)))),
    "rules": Document((Rule(), paragraph("x"), Rule(), Rule())),
}

FIELDS = {"organisatie", "datum", "eigen_alinea"}
