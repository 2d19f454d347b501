"""Own words and spelling, wherever in the letter they stand."""

from letters.preflight.run import examine
from tests.letters.preflight.drafts import codes, note


def test_the_subject_and_the_sign_off_are_read_as_well() -> None:
    brief = note(
        "Goed nieuws.",
        subject="Bericht van de stadsdopen",
        sign_off="Netwerk Amsterdamse Stadsdropen",
        own_words=("Netwerk Amsterdamse Stadsdorpen",),
    )
    assert [(finding.quotes, finding.spot) for finding in examine(brief)] == [
        (("stadsdopen",), "subject"),
        (("Stadsdropen",), "sign_off"),
    ]


def test_a_word_is_found_once() -> None:
    brief = note("Wij zijn de stadsdopen van de stad.", own_words=("stadsdorpen",))
    assert codes(brief) == ["near_miss"]


def test_a_sentence_broken_over_paragraphs_is_one_sentence() -> None:
    brief = note(
        "Daaruit blijkt", "dat er 40 groepen zijn die verspreidt", "zijn over de stad.", "Goed nieuws."
    )
    assert [(finding.quotes, finding.spot) for finding in examine(brief)] == [
        (("verspreidt zijn",), "paragraph-1")
    ]
