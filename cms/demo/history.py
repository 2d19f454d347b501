"""What passed between us before the demo begins: contact moments, consents, and a letter of the year before."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from crm.actions import consents, interactions
from crm.document import richtext
from crm.dutch import references
from crm.models import Channel, Organisation, OrganisationKind, User
from letters.actions import past
from letters.models import Letter, Letterhead
from letters.queries import contents
from letters.render.letters import LetterPage, render

from .calendar import moment
from .fixtures import read
from .shelf import Shelf

_PAST: Final = read("history")["past_letter"]
PAST_REFERENCE: Final = references.issue(_PAST["sent_on"].year, _PAST["number"])


def load(shelf: Shelf) -> None:
    """The contact moments and the consent ledger, on their own days."""
    for row in read("history")["interactions"]:
        interactions.log(
            kind=row["kind"],
            summary=row["summary"],
            body=row["body"],
            organisation=shelf.organisations[row["organisation"]],
            person=shelf.people[row["person"]] if "person" in row else None,
            happened_at=moment(row["days_ago"]),
            by=shelf.users[row["by"]],
        )
    for row in read("history")["consents"]:
        decide = consents.grant if "wording" in row else consents.withdraw
        decide(
            person=shelf.people[row["person"]],
            channel=Channel.EMAIL,
            decided_at=moment(row["days_ago"]),
            by=shelf.users[row["by"]],
            **{name: row[name] for name in ("address", "purpose", "wording", "source") if name in row},
        )


def past_letter(*, letterhead: Letterhead, by: User) -> Letter:
    """The letter of 2024 to all districts and whoever asked for it, recorded with its PDF; the one that is there stays
    as it is."""
    found = Letter.objects.filter(reference=PAST_REFERENCE).first()
    if found is not None:
        return found
    return past.record_past(
        subject=_PAST["subject"],
        sent_on=_PAST["sent_on"],
        data=render(_past_page(letterhead)),
        recipients=list(
            Organisation.objects.filter(
                Q(kind=OrganisationKind.DISTRICT)
                | Q(kind=OrganisationKind.PARTY, short_name__in=_PAST["copies_to"])
            )
        ),
        reference=PAST_REFERENCE,
        by=by,
    )


def _past_page(letterhead: Letterhead) -> LetterPage:
    return LetterPage(
        subject=_PAST["subject"],
        reference=PAST_REFERENCE,
        dated_on=_PAST["sent_on"],
        place=letterhead.place,
        letterhead=contents.letterhead_values(Letter(letterhead=letterhead)),
        address_lines=tuple(_PAST["address_lines"]),
        salutation=_PAST["salutation"],
        body=richtext.parse(_PAST["body"], fields=()),
        closing=letterhead.closing,
        sign_off=letterhead.sign_off,
    )
