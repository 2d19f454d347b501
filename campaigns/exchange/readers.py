"""The readers of the newsletter, each with the proof of her yes, as a workbook for a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaigns.models import Subscriber
from campaigns.queries import subscribers as queries
from crm.dutch.dates import long_date
from crm.exchange.sheets import Sheet, Value, workbook
from crm.models import Channel, ConsentEntry, Decision, Network, WritingPurpose


def readers(found: list[Subscriber]) -> bytes:
    """One sheet with a line for each of these readers; a constant number of queries."""
    opening = [
        _("Readers of the newsletter of %(network)s") % {"network": Network.load()},
        _("As of %(day)s.") % {"day": long_date(timezone.localdate())},
        _("These are personal data: keep this file no longer than you need it."),
    ]
    columns = [
        (_("E-mail address"), 34), (_("First name"), 18), (_("Gets it"), 18), (_("Groups"), 28), (_("Person"), 24),
        (_("Said yes on"), 20), (_("In answer to"), 60), (_("Source"), 36), (_("Proof"), 60),
    ]  # fmt: skip
    return workbook([Sheet(_("Readers"), opening, columns, _rows(found))])


def _rows(found: list[Subscriber]) -> Iterator[list[Value]]:
    words = queries.in_words(found)
    yes = _newest_yes()
    for one in found:
        entry = yes.get(one.address)
        yield [
            one.address,
            one.first_name,
            capfirst(words[one.pk]),
            ", ".join(group.name for group in one.groups.all()),
            str(one.person or ""),
            queries.decided(entry) if entry else "",
            entry.wording if entry else "",
            entry.source if entry else "",
            entry.proof if entry else "",
        ]


def _newest_yes() -> dict[str, ConsentEntry]:
    given = ConsentEntry.objects.filter(
        purpose=WritingPurpose.NEWSLETTER, channel=Channel.EMAIL, decision=Decision.GRANTED
    )
    return {entry.address: entry for entry in given.exclude(address="").order_by("decided_at", "pk")}
