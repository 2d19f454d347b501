"""The merge fields of a letter: what they are called on screen and what they become."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from crm.document.tree import Break, Document, Inline, Paragraph, Text
from crm.dutch.dates import long_date
from letters.models import Letter, Recipient

from . import addressing

LABELS = {
    "organisatie": _("organisation"),
    "geadresseerde": _("addressee"),
    "kenmerk": _("reference"),
    "datum": _("date of the letter"),
    "eigen_alinea": _("paragraph of its own"),
}


def values(recipient: Recipient, letter: Letter) -> dict[str, Document | str]:
    """What each field becomes for one recipient."""
    name = addressing.in_a_sentence(recipient)
    return {
        "organisatie": name,
        "geadresseerde": addressing.to_whom(recipient, letter) or name,
        "kenmerk": letter.reference,
        "datum": long_date(letter.dated_on),
        "eigen_alinea": paragraphs(recipient.own_paragraph),
    }


def for_everybody(letter: Letter) -> dict[str, Document | str]:
    """What each field becomes in a copy for any reader."""
    return {
        "organisatie": "uw organisatie",
        "geadresseerde": "u",
        "kenmerk": letter.reference,
        "datum": long_date(letter.dated_on),
        "eigen_alinea": "",
    }


def paragraphs(text: str) -> Document:
    """Typed text as paragraphs: an empty line parts them, a line end stays one."""
    blocks = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        inlines: list[Inline] = []
        for line in part.splitlines():
            inlines += [Break(), Text(line.strip())] if inlines else [Text(line.strip())]
        if inlines:
            blocks.append(Paragraph(tuple(inlines)))
    return Document(tuple(blocks))
