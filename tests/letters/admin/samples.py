"""Files to upload."""

import datetime

from crm.document.tree import Document
from letters.render.letters import LetterPage, render
from tests.letters.render.samples import LETTERHEAD, paragraph


def one_page() -> bytes:
    """A real PDF of one page."""
    page = LetterPage(
        subject="Jaarverslag",
        reference="",
        dated_on=datetime.date(2025, 1, 1),
        place="",
        letterhead=LETTERHEAD,
        address_lines=(),
        salutation="",
        body=Document((paragraph("Een jaar."),)),
        closing="Dag",
    )
    return render(page)
