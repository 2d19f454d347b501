"""The body of an e-mail, in HTML and in plain text."""

from crm.document.mail import to_html, to_text
from crm.document.tree import (
    Break,
    Document,
    Emphasis,
    Fact,
    Field,
    Heading,
    Link,
    ListBlock,
    Rule,
    Strong,
    Text,
)

from .trees import paragraph, text

LETTER = Document(
    (
        Heading(2, (Text("Onze vraag"),)),
        paragraph(
            "Wij tellen ",
            Fact("bereik", "ruim 15.000"),
            " mensen & zijn ",
            Strong((Text("warm"), Emphasis((Text("hartig"),)))),
            ".",
            Break(),
            Link("https://x.example/?a=1&b=2", (Text("Lees meer"),)),
        ),
        ListBlock(False, ((Text("één"),), (Text("twee"),))),
        Rule(),
        ListBlock(True, ((Text("eerst"),), (Field("organisatie"),))),
    )
)


def test_html_is_a_fragment_with_its_language_and_nothing_to_run() -> None:
    assert to_html(LETTER) == (
        '<div lang="nl">\n'
        "<h2>Onze vraag</h2>\n"
        "<p>Wij tellen ruim 15.000 mensen &amp; zijn <strong>warm<em>hartig</em></strong>.<br>\n"
        '<a href="https://x.example/?a=1&amp;b=2">Lees meer</a></p>\n'
        "<ul>\n<li>één</li>\n<li>twee</li>\n</ul>\n"
        "<hr>\n"
        "<ol>\n<li>eerst</li>\n<li>[organisatie]</li>\n</ol>\n"
        "</div>\n"
    )


def test_text_is_wrapped_and_marked_as_people_type_it() -> None:
    assert to_text(LETTER, width=30) == (
        "Onze vraag\n\n"
        "Wij tellen ruim 15.000 mensen\n"
        "& zijn warmhartig.\n"
        "Lees meer\n"
        "(https://x.example/?a=1&b=2)\n\n"
        "- één\n- twee\n\n"
        "* * *\n\n"
        "1. eerst\n2. [organisatie]\n"
    )


def test_signs_are_escaped_in_html_and_left_alone_in_text() -> None:
    document = text('O\'Brien <b>zei</b> "5 > 3" & ’t was – écht – € 5')
    assert to_text(document) == 'O\'Brien <b>zei</b> "5 > 3" & ’t was – écht – € 5\n'
    assert to_html(document, language="en") == (
        '<div lang="en">\n<p>O\'Brien &lt;b&gt;zei&lt;/b&gt; "5 &gt; 3" &amp; ’t was – écht – € 5</p>\n</div>\n'
    )


def test_an_address_is_not_said_twice_and_never_broken() -> None:
    address = "https://www.netwerk-amsterdamse-stadsdorpen.example/over-ons/wat-is-een-stadsdorp"
    document = Document(
        (
            paragraph(Link("https://www.x.example/", (Text("www.x.example"),))),
            paragraph(Link("mailto:info@x.example", (Text("info@x.example"),))),
            paragraph(Link("mailto:info@x.example", (Text("mail ons"),))),
            paragraph("Zie ", Link(address, (Strong((Text("onze site"),)),)), " voor meer."),
        )
    )
    assert to_text(document, width=40) == (
        "www.x.example\n\ninfo@x.example\n\nmail ons (info@x.example)\n\n"
        f"Zie onze site\n({address})\nvoor meer.\n"
    )


def test_the_second_line_of_a_list_item_stands_under_the_first() -> None:
    items = ((Text("een punt van meer dan een regel"), Break(), Text("en nog een regel")),) * 10
    assert to_text(Document((ListBlock(True, items),)), width=24).splitlines()[-3:] == [
        "10. een punt van meer",
        "    dan een regel",
        "    en nog een regel",
    ]


def test_an_unsafe_address_in_a_tree_made_by_hand_does_not_leave() -> None:
    document = Document((paragraph(Link("javascript:alert(1)", (Text("klik"),))),))
    assert to_html(document) == '<div lang="nl">\n<p>klik</p>\n</div>\n'


def test_nothing_to_say_is_nothing() -> None:
    assert to_text(Document()) == ""
    assert to_html(Document()) == '<div lang="nl">\n</div>\n'
