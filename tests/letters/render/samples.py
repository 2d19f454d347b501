"""A real letter as values: the seed letter by hand, addressed to an invented party."""

from datetime import date
from pathlib import Path
from typing import Any

from crm.document.tree import Document, Link, ListBlock, Paragraph, Strong, Text
from letters.render.letters import LetterheadValues, LetterPage

SEED = Path(__file__).parents[2] / "files" / "seed-letter.txt"

LETTERHEAD = LetterheadValues(
    sender_name="Netwerk Amsterdamse Stadsdorpen",
    sender_lines=("Voorbeeldkade 12", "1000 AA  AMSTERDAM"),
    return_line="Netwerk Amsterdamse Stadsdorpen, Voorbeeldkade 12, 1000 AA Amsterdam",
    reply_address="post@stadsdorpen.example",
    website="www.stadsdorpen.example",
    phone="020 000 00 00",
)

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M2 20 30 3l28 17v18H2z" fill="#9a3412"/>'
    b'<path d="M23 38V26h14v12z" fill="#fffdf8"/></svg>'
)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def paragraphs(*texts: str) -> Document:
    return Document(tuple(map(paragraph, texts)))


def seed_body() -> Document:
    """The paragraphs of the seed letter between salutation and closing, its bullets as one list."""
    text = SEED.read_text(encoding="utf-8")
    text = text[text.index("Beste Partij,") + len("Beste Partij,") : text.index("Met vriendelijke groet")]
    head, _, rest = text.partition("4 kernfuncties:")
    bullets, _, rest = rest.partition("Wij doen graag")
    items = [" ".join(item.split()) for item in bullets.split("•")[1:]]
    blocks = [*_paragraphs(f"{head}4 kernfuncties:"), ListBlock(False, tuple(map(_item, items)))]
    blocks += _paragraphs(f"Wij doen graag{rest}")
    link = Link("mailto:post@stadsdorpen.example", (Text("post@stadsdorpen.example"),))
    blocks[-1] = Paragraph((*blocks[-1].children, Text(" "), link, Text(".")))
    return Document(tuple(blocks))


def _paragraphs(text: str) -> list[Any]:
    return [paragraph(" ".join(part.split())) for part in text.split("\n\n") if part.strip()]


def _item(text: str) -> tuple[Any, ...]:
    name, _, rest = text.partition(": ")
    return (Strong((Text(f"{name}:"),)), Text(f" {rest}"))


def letter(**changes: Any) -> LetterPage:
    """The seed letter to an invented party, with the named values changed."""
    values: dict[str, Any] = {
        "subject": "Stadsdorpen in uw verkiezingsprogramma: jaarverslag 2024",
        "reference": "2025-014 K",
        "dated_on": date(2025, 7, 29),
        "place": "Amsterdam",
        "letterhead": LETTERHEAD,
        "address_lines": ("De Brug", "Programmacommissie", "Postbus 100", "1000 AB  AMSTERDAM"),
        "salutation": "Geachte programmacommissie",
        "body": seed_body(),
        "closing": "Met vriendelijke groet",
        "sign_off": "De Coördinatie Commissie van het Netwerk Amsterdamse Stadsdorpen",
        "signatories": (("Alida Voorbeeld", "voorzitter"), ("Bram de Proef", "secretaris")),
        "enclosures": ("Jaarverslag 2024",),
    }
    return LetterPage(**values | changes)
