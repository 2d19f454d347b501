"""Words, sentences, figures and lines of a stretch of text."""

import pytest

from crm.checking.passages import Passage


def words(text: str) -> list[str]:
    return [word.text for word in Passage(text).words]


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in Passage(text).sentences]


def test_words_have_hyphens_and_apostrophes_inside() -> None:
    assert words("Thema’s als e-mail, 's avonds (en daarbuiten).") == [
        "Thema’s", "als", "e-mail", "s", "avonds", "en", "daarbuiten",
    ]  # fmt: skip


def test_addresses_and_pieces_of_words_are_no_words() -> None:
    assert words("D66 en jeugd- en km/h op www.buren.example of a.b@buren.example, 3e") == [
        "en",
        "en",
        "op",
        "of",
    ]


def test_an_endless_word_is_blank() -> None:
    passage = Passage("Voor " + "a" * 100 + " na")
    assert [word.text for word in passage.words] == ["Voor", "na"]
    assert len(passage.readable) == len(passage.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eerste zin. Tweede zin! Derde zin?", ["Eerste zin.", "Tweede zin!", "Derde zin?"]),
        ("Dhr. J. de Vries van o.a. nr. 14 komt. Goed.", ["Dhr. J. de Vries van o.a. nr. 14 komt.", "Goed."]),
        ("De titel ‘Hier zijn wij!’ Dit rapport.", ["De titel ‘Hier zijn wij!’", "Dit rapport."]),
        ("Op 14 oktober jl. sprak u. En toen?", ["Op 14 oktober jl. sprak u.", "En toen?"]),
        ("Ja! riep ze.", ["Ja! riep ze."]),
        ("  ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_sentence_without_end_is_cut_between_words() -> None:
    pieces = sentences("woord " * 500)
    assert all(len(piece) <= 600 for piece in pieces)
    assert " ".join(pieces).split() == ["woord"] * 500


def test_figures_know_their_sentence() -> None:
    passage = Passage("Er zijn 36 groepen. Ruim 600 mensen helpen.")
    assert [(figure.quantity.text, figure.sentence.text) for figure in passage.quantities] == [
        ("36", "Er zijn 36 groepen."),
        ("600", "Ruim 600 mensen helpen."),
    ]


def test_a_row_of_figures_is_a_table() -> None:
    assert Passage("Er zijn " + "36, " * 30 + "groepen.").quantities == ()


def test_lines_of_the_file() -> None:
    passage = Passage("een twee drie", "paragraph-1", (4, 4, 5))
    assert [(word.text, word.line, word.spot) for word in passage.words] == [
        ("een", 4, "paragraph-1"),
        ("twee", 4, "paragraph-1"),
        ("drie", 5, "paragraph-1"),
    ]
    assert Passage("een twee drie").words[0].line is None


def test_addresses() -> None:
    assert Passage("Mail naar info@buren.example.").has_address
    assert Passage("Zie www.buren.example").has_address
    assert not Passage("Wij wonen @ de gracht").has_address


def test_language() -> None:
    assert not Passage("The neighbours and the city are working together.").is_dutch
    assert Passage("De buren en de stad werken samen aan ‘The Village’.").is_dutch
    assert Passage("Wij groeten u").is_dutch
