"""Drafts to try the rules on: the seed letter, and letters of a few sentences."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from crm.document.lines import Line
from letters.preflight.draft import Draft
from letters.preflight.files import read
from letters.preflight.run import examine

SEED = Path(__file__).parents[2] / "files" / "seed-letter.txt"
GOOD_LETTERS = sorted((Path(__file__).parent / "letters").glob("*.txt"))
LETTERS_OF_ALL_KINDS = sorted((Path(__file__).parent / "letters" / "kinds").glob("*.txt"))


def seed(text: str | None = None, **known: Any) -> Draft:
    """The seed letter, or what became of its text, and what else is known about it."""
    written = SEED.read_text("utf-8") if text is None else text
    return replace(read("brief.txt", written.encode()), **known)


def note(*texts: str, **known: Any) -> Draft:
    """A letter of these paragraphs that is fine in every other way; "• " opens a list item."""
    lines = tuple(
        Line(text.removeprefix("• "), number, "li" if text.startswith("• ") else "p")
        for number, text in enumerate(texts, start=1)
    )
    fine = {"subject": "Ontmoeten in de buurt", "salutation": "Geacht bestuur van D66", "lines": lines}
    return Draft(**fine | known)


def codes(draft: Draft) -> list[str]:
    """What is found, by code."""
    return [finding.code for finding in examine(draft)]


def quotes(draft: Draft) -> list[tuple[str, ...]]:
    """The words that are found."""
    return [finding.quotes for finding in examine(draft)]


def advice(draft: Draft) -> list[str]:
    """What is said about it."""
    return [finding.advice for finding in examine(draft)]
