"""A trial letter that shows on paper whether the address falls in the window of the envelope."""

from __future__ import annotations

from datetime import date

from crm.document.tree import Document, ListBlock, Paragraph, Text
from letters.render.house import PRESS
from letters.render.letters import LetterheadValues, LetterPage, values

_EXPLANATION = Document(
    (
        Paragraph((Text("Met deze brief kijk je of het adres in het venster van je enveloppen past."),)),
        ListBlock(
            True,
            (
                (Text("Print deze bladzijde op ware grootte (100 %), niet passend gemaakt."),),
                (Text("Vouw hem bij een streepje aan de zijkant en stop hem in een vensterenvelop."),),
                (Text("Schud de envelop heen en weer. Blijft het hele adres zichtbaar, dan is het goed."),),
            ),
        ),
        Paragraph(
            (
                Text(
                    "De stippellijnen zijn het vak links en het vak rechts. Zie je door het venster het andere "
                    "vak, kies dan bij het briefpapier de andere kant."
                ),
            )
        ),
    )
)


def render_window_proof(letterhead: LetterheadValues, *, dated_on: date) -> bytes:
    """A sample letter on this letterhead with both window areas and the folds drawn over it, as PDF/UA-1.

    Raises as ``letters.render`` does.
    """
    page = LetterPage(
        subject="Proef: past het adres in het venster?",
        reference="",
        dated_on=dated_on,
        place="",
        letterhead=letterhead,
        address_lines=(
            "Naam van de organisatie",
            "Afdeling of persoon",
            "Straatnaam 100",
            "1000 AA  PLAATSNAAM",
        ),
        salutation="Beste collega",
        body=_EXPLANATION,
        closing="",
    )
    return PRESS.pdf("overlay.typ", values(page), dated_on=dated_on)
