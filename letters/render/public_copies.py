"""The public copy of a message that came in: its words on paper, without the passages that were taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from crm.dutch.dates import long_date
from letters.render.house import PRESS, line, moment_in_words, running

_BLANK_LINES = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class PublicCopyPage:
    """What stands in the copy, with the passages taken out already; ``written_at`` is aware.

    ``has_quotes``: the text is all of the message, also what it quotes.
    """

    subject: str
    sender: str
    written_at: datetime
    text: str
    places: int
    made_on: date
    has_quotes: bool


def render_public_copy(copy: PublicCopyPage) -> bytes:
    """The copy as PDF/UA-1, the same bytes for the same values; raises ``TypesettingError``."""
    title = line(copy.subject) or "Bericht zonder onderwerp"
    went = (
        f"In deze openbare kopie is op {copy.places} {'plaats' if copy.places == 1 else 'plaatsen'} iets weggelakt."
        if copy.places
        else "In deze openbare kopie is niets weggelakt."
    )
    values = {
        "title": title,
        "footer": f"Openbare kopie, gemaakt op {long_date(copy.made_on)}",
        "facts": [
            ["Van", line(copy.sender)],
            ["Geschreven", moment_in_words(copy.written_at)],
        ],
        "note": f"{went} {'Bijlagen' if copy.has_quotes else 'Bijlagen en wat werd aangehaald'} staan er niet in.",
        "paragraphs": [
            [running(one) for one in block.split("\n")]
            for block in _BLANK_LINES.split(copy.text.strip())
            if block.strip()
        ],
    }
    return PRESS.pdf("public_copies.typ", values, dated_on=copy.made_on, mark_missing=True)
