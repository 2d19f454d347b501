"""Good letters by others: nothing to say about them, least of all about their spelling."""

from pathlib import Path

import pytest

from letters.preflight.files import read
from letters.preflight.run import examine
from tests.letters.preflight.drafts import GOOD_LETTERS, LETTERS_OF_ALL_KINDS


def test_there_are_letters_to_read() -> None:
    assert [path.stem for path in GOOD_LETTERS] == ["meeting-rooms", "patients", "programme-ideas", "tenants"]


@pytest.mark.parametrize("path", GOOD_LETTERS, ids=lambda path: path.stem)
def test_nothing_is_found(path: Path) -> None:
    draft = read(path.name, path.read_bytes())
    assert sum(len(line.text.split()) for line in draft.lines) > 250
    assert examine(draft) == ()


@pytest.mark.parametrize("path", GOOD_LETTERS, ids=lambda path: path.stem)
def test_nothing_is_found_with_the_own_words_of_another_network(path: Path) -> None:
    own = ("Netwerk Amsterdamse Stadsdorpen", "stadsdorp", "buurtgenoot", "NLZVE", "bewonersnetwerk")
    assert examine(read(path.name, path.read_bytes(), own)) == ()


KINDS = [
    "accountability",
    "complaint",
    "cooperation",
    "council-petition",
    "formal-view",
    "housing-corporation",
    "invitation",
    "press",
    "thanks",
    "umbrella",
]
OWN = ("stadsdorp", "stadsdorpen", "Netwerk Amsterdamse Stadsdorpen", "NLZVE", "Nederland Zorgt voor Elkaar")


def test_there_are_letters_of_all_kinds() -> None:
    assert [path.stem for path in LETTERS_OF_ALL_KINDS] == KINDS


@pytest.mark.parametrize("own", [(), OWN], ids=["of nobody", "of the network"])
@pytest.mark.parametrize("path", LETTERS_OF_ALL_KINDS, ids=lambda path: path.stem)
def test_nothing_is_found_in_a_letter_of_another_kind(path: Path, own: tuple[str, ...]) -> None:
    draft = read(path.name, path.read_bytes(), own)
    assert sum(len(line.text.split()) for line in draft.lines) > 150
    assert examine(draft) == ()
