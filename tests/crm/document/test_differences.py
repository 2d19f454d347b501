"""What an approver is shown when a text has changed."""

import pytest

from crm.document.differences import Change, Part, compare, number_paragraphs
from crm.document.tree import (
    Break,
    Document,
    Fact,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Rule,
    Strong,
    Text,
)

from .trees import NORMAL, paragraph, text

FIRST = "Samen bereiken de stadsdorpen ruim 15.000 Amsterdammers."
SECOND = "Ook het vinden van ontmoetingsruimtes is een toenemend probleem."
THIRD = "Uiteraard zijn wij graag bereid tot een gesprek."


def kept(words: str) -> tuple[Part, ...]:
    return (Part("kept", words),)


def items(*texts: str, ordered: bool = False) -> ListBlock:
    return ListBlock(ordered, tuple((Text(words),) for words in texts))


def test_paragraphs_are_counted_as_a_reader_does() -> None:
    blocks = (
        Heading(2, (Text("Kop"),)),
        paragraph("een"),
        items("a", "b"),
        Rule(),
        Heading(3, (Text("Kop"),)),
        paragraph("drie"),
        Rule(),
    )
    numbers = [number for number, _ in number_paragraphs(Document(blocks))]
    assert numbers == [1, 1, 2, 3, 3, 3, 4]
    assert tuple(block for _, block in number_paragraphs(Document(blocks))) == blocks


def test_a_changed_word_is_shown_between_the_words_that_stayed() -> None:
    old, new = (
        text(FIRST, "Er zijn 36 stadsdopen in de stad.", THIRD),
        text(FIRST, "Er zijn 36 stadsdorpen in de hele stad.", THIRD),
    )
    assert compare(old, new) == (
        Change(
            "changed",
            2,
            2,
            None,
            (
                Part("kept", "Er zijn 36 "),
                Part("removed", "stadsdopen "),
                Part("added", "stadsdorpen "),
                Part("kept", "in de "),
                Part("added", "hele "),
                Part("kept", "stad."),
            ),
        ),
    )


def test_words_changed_side_by_side_stand_together() -> None:
    assert compare(text("Een rood huis staat hier."), text("Een blauw schip staat hier.")) == (
        Change(
            "changed",
            1,
            1,
            None,
            (
                Part("kept", "Een "),
                Part("removed", "rood huis "),
                Part("added", "blauw schip "),
                Part("kept", "staat hier."),
            ),
        ),
    )


def test_a_new_paragraph_does_not_make_those_below_it_differ() -> None:
    assert compare(text(FIRST, THIRD), text(FIRST, SECOND, THIRD)) == (
        Change("added", 2, None, None, (Part("added", SECOND),)),
    )


def test_a_removed_paragraph_is_shown_with_its_old_number() -> None:
    assert compare(text(FIRST, SECOND, THIRD), text(FIRST, THIRD)) == (
        Change("removed", 2, 2, None, (Part("removed", SECOND),)),
    )


def test_a_moved_paragraph_is_one_change() -> None:
    assert compare(text(FIRST, SECOND, THIRD), text(THIRD, FIRST, SECOND)) == (
        Change("moved", 1, 3, None, kept(THIRD)),
    )


def test_a_paragraph_changed_on_the_way_shows_both() -> None:
    assert compare(text(FIRST, SECOND, THIRD), text(THIRD.replace("graag", "altijd"), FIRST, SECOND)) == (
        Change(
            "moved",
            1,
            3,
            None,
            (
                Part("kept", "Uiteraard zijn wij "),
                Part("removed", "graag "),
                Part("added", "altijd "),
                Part("kept", "bereid tot een gesprek."),
            ),
        ),
    )


def test_a_rewritten_paragraph_stands_in_the_place_of_the_old() -> None:
    assert compare(text(FIRST, "Alles anders!"), text(FIRST, "Geen woord gelijk")) == (
        Change("changed", 2, 2, None, (Part("removed", "Alles anders!"), Part("added", "Geen woord gelijk"))),
    )


def test_two_unlike_paragraphs_for_one_are_one_gone_and_two_come() -> None:
    assert compare(text(FIRST), text(SECOND, THIRD)) == (
        Change("removed", 1, 1, None, (Part("removed", FIRST),)),
        Change("added", 1, None, None, (Part("added", SECOND),)),
        Change("added", 2, None, None, (Part("added", THIRD),)),
    )


def test_list_items_are_told_apart_by_their_place() -> None:
    old, new = (
        Document((paragraph("x"), items("een", "twee"))),
        Document((paragraph("x"), items("een", "drie", "twee"))),
    )
    assert compare(old, new) == (Change("added", 2, None, 2, (Part("added", "drie"),)),)


def one(*children: Inline | str) -> Document:
    return Document((paragraph(*children),))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (one("vet"), one(Strong((Text("vet"),)))),
        (one("vet"), Document((Heading(2, (Text("vet"),)),))),
        (Document((Heading(3, (Text("vet"),)),)), Document((Heading(2, (Text("vet"),)),))),
        (one(Fact("a", "vet")), one(Fact("b", "vet"))),
        (one(Fact("a", "vet")), one("vet")),
    ],
)
def test_the_same_words_in_another_shape_are_a_change_of_form(old: Document, new: Document) -> None:
    assert compare(old, new) == (Change("formatted", 1, 1, None, kept("vet")),)


def test_a_break_for_a_space_is_a_change_of_form() -> None:
    assert compare(one("een twee"), one("een", Break(), "twee")) == (
        Change("formatted", 1, 1, None, kept("een\ntwee")),
    )


def test_another_kind_of_list_is_a_change_of_form_of_each_item() -> None:
    assert compare(Document((items("a", "b"),)), Document((items("a", "b", ordered=True),))) == (
        Change("formatted", 1, 1, 1, kept("a")),
        Change("formatted", 1, 1, 2, kept("b")),
    )


def test_one_list_cut_in_two_does_not_go_unseen() -> None:
    old = Document((items("a", "b", ordered=True),))
    new = Document((items("a", ordered=True), items("b", ordered=True)))
    assert compare(old, new) == (Change("formatted", 1, 1, None, kept("a")),)


def test_another_address_behind_the_same_word_is_shown() -> None:
    def link(href: str) -> Document:
        return one("Zie ", Link(href, (Text("hier"),)))

    assert compare(link("https://goed.example"), link("https://kwaad.example")) == (
        Change(
            "changed",
            1,
            1,
            None,
            (
                Part("kept", "Zie hier (https://"),
                Part("removed", "goed.example"),
                Part("added", "kwaad.example"),
                Part("kept", ")"),
            ),
        ),
    )


def test_a_rule_that_comes_or_goes_is_shown() -> None:
    assert compare(text("x"), Document((Rule(), paragraph("x")))) == (Change("added", 1, None, None, ()),)


@pytest.mark.parametrize("old", NORMAL.values(), ids=NORMAL)
def test_nothing_is_shown_exactly_when_nothing_changed(old: Document) -> None:
    assert [name for name, new in NORMAL.items() if not compare(old, new)] == [
        name for name, new in NORMAL.items() if new == old
    ]


@pytest.mark.parametrize("old", NORMAL.values(), ids=NORMAL)
def test_kept_and_added_parts_are_the_new_text(old: Document) -> None:
    new = text("Een vet woord.", "Samen bereiken we 15.000 mensen, of meer.")
    for change in compare(old, new):
        if change.kind != "removed":
            shown = "".join(part.text for part in change.parts if part.kind != "removed")
            assert shown == (
                "Een vet woord." if change.number == 1 else "Samen bereiken we 15.000 mensen, of meer."
            )


def test_empty_paragraphs_are_no_change() -> None:
    assert compare(text("x"), Document((Paragraph(()), paragraph(" x ")))) == ()


def test_texts_of_book_length_are_compared_too() -> None:
    old = text(*(f"Alinea {n} gaat over {n * n}." for n in range(1500)), "woord " * 5000)
    new = text(*(f"Alinea {n} gaat over {n * n + 1}." for n in range(1500)), "wolk " * 5000)
    changes = compare(old, new)
    assert {change.kind for change in changes} == {"added", "removed"}
    assert len(changes) == 3002
