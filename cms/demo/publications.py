"""Our own publications: the annual report, set as a real PDF, and the report that is still to come."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from campaigns.models import Publication
from crm.models import FrozenFile
from crm.typesetting import pdf
from crm.typesetting.typst import Typesetter

from .fixtures import make, read

_PRESS: Final = Typesetter(Path(__file__).parent)


def annual_report_pdf() -> bytes:
    """The annual report as PDF/UA-1, four pages, the same bytes each time."""
    report = read("publications")["annual_report"]
    chapters = [
        {
            "title": chapter["title"],
            "paragraphs": chapter["paragraphs"],
            "items": chapter.get("items", []),
            "breaks": chapter.get("breaks", False),
        }
        for chapter in report["chapters"]
    ]
    data = {
        "title": report["title"],
        "publisher": report["publisher"],
        "colophon": report["colophon"],
        "figures": report["figures"],
        "chapters": chapters,
    }
    return _PRESS.pdf("annual-report.typ", data, dated_on=report["published_on"])


def annual_report() -> Publication:
    """The annual report with its file, set when it is not there yet."""
    row = read("publications")["annual_report"]
    found = Publication.objects.filter(title=row["title"]).first()
    if found is not None:
        return found
    data = annual_report_pdf()
    return make(
        Publication(
            title=row["title"],
            published_on=row["published_on"],
            file=FrozenFile.objects.keep(data, media_type="application/pdf"),
            pages=pdf.page_count(data),
        )
    )


def planned_report() -> Publication:
    """The report "Hier zijn wij!", of which only the month is known."""
    row = read("publications")["planned"]
    return Publication.objects.filter(title=row["title"]).first() or make(Publication(**row))
