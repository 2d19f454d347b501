"""The letter that is measured, and the memory it takes; imports nothing but what the product itself needs."""

from __future__ import annotations

import datetime
import resource
import sys
from pathlib import Path

from crm.document import importing
from letters.render.letters import LetterheadValues, LetterPage, render_many

DAY = datetime.date(2025, 7, 29)
SEED = Path(__file__).resolve().parent.parent / "files" / "seed-letter.txt"
HEAD = LetterheadValues(
    sender_name="Netwerk De Brug",
    sender_lines=("Postbus 1", "1000 AA  AMSTERDAM"),
    return_line="Netwerk De Brug · Postbus 1 · 1000 AA Amsterdam",
    reply_address="antwoord@brug.example",
)


def page(number: int) -> LetterPage:
    """The seed letter to one of many parties."""
    return LetterPage(
        subject="Stadsdorpen in uw programma",
        reference="2025-014 K",
        dated_on=DAY,
        place="Amsterdam",
        letterhead=HEAD,
        address_lines=(
            f"Partij {number}",
            "t.a.v. het bestuur",
            f"Verzonnenkade {number}",
            "1099 ZZ  AMSTERDAM",
        ),
        salutation=f"Geacht bestuur van Partij {number}",
        body=importing.from_text(SEED.read_text()).document,
        closing="Met vriendelijke groet",
        sign_off="De commissie van het Netwerk De Brug",
    )


def main() -> None:
    """Make as many letters as asked, dropping each, and print the peak memory of this process in MiB."""
    for _pdf in render_many(page(number) for number in range(int(sys.argv[1]))):
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
