"""What goes to the printer: the stack in envelope order, and address labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils import timezone

from crm.models import Channel
from crm.typesetting.pdf import page_count
from letters.models import Dispatch, Letter
from letters.models.dispatches import TO_POST
from letters.queries import contents, scanning
from letters.render.batches import BatchLetter, print_batch
from letters.render.covers import Cover, CoverRow, render_cover
from letters.render.labels import Label, render_labels


def stack(letter: Letter, waiting: Sequence[Dispatch], *, duplex: bool) -> bytes:
    """The cover sheet, then every letter with the enclosures behind it, as one PDF."""
    layout = contents.Layout.of(letter)
    enclosures = tuple(file.read() for _title, file in layout.files)
    extra = sum(page_count(data) for data in enclosures)
    parts = [BatchLetter(dispatch.pdf.read(), enclosures) for dispatch in waiting]
    cover = render_cover(
        Cover(
            subject=layout.subject,
            reference=layout.reference,
            printed_on=timezone.localdate(),
            rows=[
                CoverRow(
                    number=dispatch.number,
                    addressee=dispatch.recipient.name,
                    address_lines=tuple(dispatch.address.splitlines()),
                    pages=page_count(part.pdf) + extra,
                )
                for dispatch, part in zip(waiting, parts, strict=True)
            ],
            duplex=duplex,
            scan_at=scanning.address(letter),
        )
    )
    return print_batch(cover, parts, duplex=duplex)


def labels(letter: Letter, *, start: int) -> bytes:
    """Address labels of the letters still to be posted, sorted by postcode, each with the number of its envelope.

    Raises TypesettingError when there are none, or no label has this number on a sheet.
    """
    waiting = letter.dispatches.filter(channel=Channel.POST, post_state__in=TO_POST).order_by("number")
    made = [Label(dispatch.number, tuple(dispatch.address.splitlines())) for dispatch in waiting]
    return render_labels(sorted(made, key=_postcode), dated_on=letter.dated_on, start=start)


def _postcode(label: Label) -> str:
    found = re.search(r"\b\d{4} ?[A-Z]{2}\b", "\n".join(label.lines))
    return found[0].replace(" ", "") if found else "~"
