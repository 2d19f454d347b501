"""The body of a letter as typesetting source."""

import pytest

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
from letters.render.body import UnfilledField, UnsafeLink, body
from letters.render.letters import render
from tests.letters.render.reading import read, solid, tags, words
from tests.letters.render.samples import letter


def printed(*blocks: object) -> bytes:
    return render(letter(body=Document(blocks)))  # type: ignore[arg-type]


def test_every_kind_of_block_and_inline_is_printed() -> None:
    data = printed(
        Heading(2, (Text("Kop"),)),
        Paragraph(
            (
                Text("Gewoon, "),
                Strong((Text("vet "), Emphasis((Text("en schuin"),)))),
                Break(),
                Text("verder"),
            )
        ),
        ListBlock(True, ((Text("een"),), (Text("twee"),))),
        Rule(),
        ListBlock(False, ((Fact("bereik", "ruim 15.000"),),)),
        Paragraph((Link("https://a.example/", (Text("onze website"),)),)),
    )
    text = solid(words(data, page=1))
    assert "Geachteprogrammacommissie,KopGewoon,vetenschuinverder1.een2.twee•ruim15.000onzewebsite" in text
    kinds = tags(data)
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2"]
    assert (kinds.count("/L"), kinds.count("/LI")) == (2, 3)


def test_a_break_starts_a_new_line() -> None:
    lines = {line.text: line for line in read(printed(Paragraph((Text("boven"), Break(), Text("onder")))))}
    assert lines["onder"].baseline > lines["boven"].baseline
    assert lines["onder"].left == lines["boven"].left


def test_white_space_out_of_an_editor_is_single() -> None:
    assert "twee woorden en meer" in words(printed(Paragraph((Text("twee  woorden\n"), Text("en\tmeer")))))


@pytest.mark.parametrize(
    ("levels", "tagged"),
    [
        ((3,), ["/H1", "/H2"]),
        ((3, 2, 3, 3), ["/H1", "/H2", "/H2", "/H3", "/H3"]),
        ((2, 3, 2), ["/H1", "/H2", "/H3", "/H2"]),
    ],
)
def test_heading_levels_go_down_one_at_a_time(levels: tuple[int, ...], tagged: list[str]) -> None:
    data = printed(*(Heading(level, (Text(f"Kop {level}"),)) for level in levels))
    assert [kind for kind in tags(data) if kind.startswith("/H")] == tagged


def test_empty_blocks_of_an_editor_are_not_printed() -> None:
    empty = (Text(" \u200d"), Strong(()), Break())
    document = Document(
        (
            Heading(2, ()),
            Heading(2, empty),
            Paragraph(empty),
            ListBlock(False, ((), empty)),
            ListBlock(True, ()),
            ListBlock(True, ((Text("een"),), ())),
            Paragraph((Link("https://a.example", ()), Text("x"))),
        )
    )
    assert body(document) == [
        ["numbers", [[["run", [["text", "een"]]]]]],
        ["par", [["run", []], ["run", [["text", "x"]]]]],
    ]
    assert (
        words(render(letter(body=document))).count("een")
        == words(render(letter(body=Document()))).count("een") + 1
    )


def test_a_merge_field_without_a_value_stops_the_letter() -> None:
    for field in (
        Field("organisatie"),
        Strong((Field("organisatie"),)),
        Link("https://a.example", (Field("organisatie"),)),
    ):
        with pytest.raises(UnfilledField) as caught:
            printed(ListBlock(False, ((Text("aan "), field),)))
        assert caught.value.name == "organisatie"
        assert str(caught.value) == (
            "Het invulveld “organisatie” is nog leeg. "
            "Vul de waarde in bij deze ontvanger, of haal het veld uit de tekst."
        )


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "www.a.example", " https://a.example", ""]
)
def test_a_link_that_is_no_page_or_mailbox_stops_the_letter(href: str) -> None:
    with pytest.raises(UnsafeLink):
        printed(Paragraph((Link(href, (Text("klik"),)),)))


def test_a_web_address_moves_to_the_next_line_whole() -> None:
    address = "www.netwerkamsterdamsestadsdorpen.nl"
    for words_before in range(6, 14):
        data = printed(Paragraph((Text(f"{'woorden ' * words_before}{address}"),)))
        assert [address in line.text for line in read(data)].count(True) == 1


def test_a_web_address_longer_than_a_line_is_broken_and_printed_whole() -> None:
    address = "https://a.example/" + "/".join(f"deel{number}" for number in range(40))
    data = printed(Paragraph((Text(address),)))
    assert address in solid(words(data))
    assert max(len(line.text) for line in read(data)) < 130
