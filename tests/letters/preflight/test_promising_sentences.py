"""Which sentences of a letter promise something."""

import datetime
import time
from pathlib import Path

import pytest

from letters.preflight.rules import promises
from tests.letters.preflight.drafts import GOOD_LETTERS, LETTERS_OF_ALL_KINDS, note, seed

AFTER = datetime.date(2026, 11, 9)

SENTENCES = Path(__file__).parent / "sentences"


def _sentences(name: str) -> list[str]:
    lines = (SENTENCES / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


PROMISED = _sentences("promised.txt")
NOT_PROMISED = _sentences("not-promised.txt")


def found(sentence: str) -> list[str]:
    return [promise.quote for promise in promises.found_in(note(sentence))]


@pytest.mark.parametrize("sentence", PROMISED)
def test_this_is_a_promise(sentence: str) -> None:
    assert found(sentence) == [sentence]


@pytest.mark.parametrize("sentence", NOT_PROMISED)
def test_this_is_none(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "due_on"),
    [
        (
            "Voor 15 januari 2027 laten wij u weten hoeveel buurten een buurtkamer hebben.",
            datetime.date(2027, 1, 15),
        ),
        ("Op 12 januari 2027 laten wij u weten wat de commissie heeft besloten.", datetime.date(2027, 1, 12)),
        ("Graag komen wij in februari bij u langs om dit toe te lichten.", datetime.date(2027, 2, 28)),
        ("Begin maart mail ik u de cijfers die u vroeg.", datetime.date(2027, 3, 31)),
        ("Wij sturen u het rapport toe zodra wij het hebben.", None),
        # It names no month: who keeps track of it is asked for the day.
        ("Volgende maand bellen wij u hierover.", None),
    ],
)
def test_the_day_that_it_names(sentence: str, due_on: datetime.date | None) -> None:
    (promise,) = promises.found_in(note(sentence))
    assert promise.due_on(AFTER) == due_on


def test_a_verb_in_a_clause_with_something_else_does_not_hide_it() -> None:
    hidden = ("heeft", "hebben", "werd", "was", "vraagt", "hoopt", "hierbij krijgt")
    for verb in hidden:
        sentence = f"Wij sturen u in maart het overzicht dat de commissie {verb}."
        assert found(sentence) == [sentence]


def test_two_things_promised_in_one_paragraph_are_two() -> None:
    (report, call) = promises.found_in(
        note("Wij sturen u het rapport in maart toe. Op 2 april 2027 bellen wij u over het rapport.")
    )
    assert (report.words, report.due_on(AFTER)) == ("Rapport", datetime.date(2027, 3, 31))
    assert call.quote == "Op 2 april 2027 bellen wij u over het rapport."
    assert call.due_on(AFTER) == datetime.date(2027, 4, 2)


def test_what_is_said_about_the_thing_promised_belongs_to_it() -> None:
    (report,) = promises.found_in(note("In maart verschijnt een rapport. Wij sturen het u dan toe."))
    assert len(report.sentences) == 2


def test_a_sentence_that_goes_on_in_the_next_line() -> None:
    sentence = "Zo  spoedig mogelijk sturen \n wij u  de cijfers toe."
    assert found(sentence) == [" ".join(sentence.split())]


def test_what_the_letters_of_others_promise() -> None:
    said = {path.stem: _promised(path.read_text("utf-8")) for path in GOOD_LETTERS + LETTERS_OF_ALL_KINDS}
    assert {stem: quotes for stem, quotes in said.items() if quotes} == {}


def test_what_the_seed_letter_promises() -> None:
    (promise,) = promises.found_in(seed())
    assert promise.words == "Rapport"
    assert promise.quote == "We zullen u dit rapport toesturen, zodra het beschikbaar is."


def test_a_hostile_sentence_takes_no_time() -> None:
    started = time.monotonic()
    for words in ("zodra wij ", "dat wij u, en laten wij ", "sturen wij u in maart en ", "“wij ", "in de "):
        found(words * 3000)
    assert time.monotonic() - started < 5


def _promised(text: str) -> list[str]:
    return [promise.quote for promise in promises.found_in(seed(text))]
