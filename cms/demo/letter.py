"""The seed letter: as the committee wrote it, and as it reads once it has been mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crm.actions.action import Actor
from crm.document import importing, richtext
from crm.dutch import references
from letters.actions import letters
from letters.models import Letter, Letterhead

from .calendar import DEMO_DAY
from .fixtures import DATA, read

SEED: Final = DATA / "seed-letter.txt"
# The thirteen before it went out on paper.
REFERENCE: Final = references.issue(DEMO_DAY.year, 14)


@dataclass(frozen=True, slots=True)
class MendedLetter:
    """What the committee changes. ``own_paragraphs``: the text of its own for a party, by the party's name.

    ``enclosure`` is the title of the publication that must go along.
    """

    subject: str
    salutation: str
    body: str
    enclosure: str
    own_paragraphs: Mapping[str, str]

    @property
    def values(self) -> dict[str, object]:
        """The fields of the draft, as ``save_draft`` takes them."""
        return {"subject": self.subject, "salutation": self.salutation, "body": self.body}


def seed_letter(*, letterhead: Letterhead, by: Actor) -> Letter:
    """The letter as a draft, exactly as written: no subject, no enclosure. The same one when it is there."""
    found = Letter.objects.filter(reference=REFERENCE).first()
    if found is not None:
        return found
    read_in = importing.from_upload(SEED.name, SEED.read_bytes())
    return letters.start(
        subject=read_in.subject,
        salutation=read_in.salutation,
        body=richtext.serialise(read_in.document),
        dated_on=DEMO_DAY,
        letterhead=letterhead,
        reference=REFERENCE,
        by=by,
    )


def mended_letter_values() -> MendedLetter:
    """The letter as it is sent; every finding of the last look on the seed letter is solved in it."""
    rows = read("mended-letter")
    names = {row["key"]: row["name"] for row in read("parties")["parties"]}
    return MendedLetter(
        subject=rows["subject"],
        salutation="",
        body=rows["body"],
        enclosure=rows["enclosure"],
        own_paragraphs={names[key]: text for key, text in rows["own_paragraphs"].items()},
    )
