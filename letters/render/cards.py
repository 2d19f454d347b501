"""The card for a talk (gesprekskaart): all one wants to know before going in, on one page of A4, its back blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from crm.dutch.dates import long_date
from letters.render.house import PRESS, line

QUESTIONS: Final = 3
# What fits on one page, whatever was typed.
_LONGEST_NAME: Final = 90
_LONGEST: Final = 140
_LONGEST_QUOTE: Final = 300
_MOST: Final = 4
_MOST_PEOPLE: Final = 6


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotes, and where they stand: "brief 2025-014, 29 juli 2025"."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class CardValues:
    """What stands on the card. ``facts`` are labels with their values (when, where, who of us goes); ``about_them``
    says who they are, ``people`` whom one may meet there. What is not known is empty."""

    name: str
    network: str
    made_on: date
    facts: Sequence[tuple[str, str]] = ()
    about_them: str = ""
    people: Sequence[str] = ()
    last_contact: str = ""
    our_letter: str = ""
    our_sentence: str = ""
    their_answer: Quoted | None = None
    positions: Sequence[str] = ()
    we_promised: Sequence[str] = ()
    they_promised: Sequence[str] = ()
    questions: Sequence[str] = field(default=())


def render_card(card: CardValues) -> bytes:
    """The card as PDF/UA-1: a page with everything, and a blank one. The same bytes for the same values; raises
    ``TypesettingError``."""
    title = f"Gesprekskaart {_cut(card.name, _LONGEST_NAME)}"
    quoted = card.their_answer
    questions = [_cut(question, _LONGEST) for question in card.questions[:QUESTIONS]]
    values = {
        "title": title,
        "network": _cut(card.network, _LONGEST_NAME),
        "footer": f"{title}, {long_date(card.made_on)}",
        "facts": [[label, _cut(value, _LONGEST)] for label, value in card.facts if value.strip()],
        "about_them": _cut(card.about_them, _LONGEST),
        "people": _some(card.people, _MOST_PEOPLE),
        "last_contact": _cut(card.last_contact, _LONGEST_QUOTE),
        "our_letter": _cut(card.our_letter, _LONGEST),
        "our_sentence": _cut(card.our_sentence, _LONGEST_QUOTE),
        "their_quote": _cut(quoted.words, _LONGEST_QUOTE) if quoted else "",
        "their_source": _cut(quoted.source, _LONGEST) if quoted else "",
        "positions": _some(card.positions),
        "we_promised": _some(card.we_promised),
        "they_promised": _some(card.they_promised),
        "questions": questions + [""] * (QUESTIONS - len(questions)),
    }
    return PRESS.pdf("cards.typ", values, dated_on=card.made_on, mark_missing=True)


def _some(items: Sequence[str], most: int = _MOST) -> list[str]:
    """The first of them, and how many more there are."""
    shown = [_cut(item, _LONGEST) for item in items[:most]]
    return [*shown, f"en nog {len(items) - most}"] if len(items) > most else shown


def _cut(text: str, longest: int) -> str:
    words = line(text)
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
