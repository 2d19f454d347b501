"""To whom a letter goes, as the committee sees it: address, channel, salutation, and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.dates import long_date
from crm.dutch.salutations import Salutation
from crm.models import Channel, Mandate, WritingPurpose
from crm.queries import reach
from letters.models import Letter, Recipient

from . import addressing


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One recipient on screen. ``warnings`` are sentences; a gap has no usable address."""

    recipient: Recipient
    number: int
    to_whom: str
    address: str
    salutation: Salutation
    computed: str
    may_write: reach.Verdict | None
    warnings: tuple[str, ...]
    mandate_ended_on: date | None = None

    @property
    def is_gap(self) -> bool:
        """Whether there is no address to write to."""
        return self.may_write is None

    @property
    def will_be_sent(self) -> bool:
        """Whether a letter will leave for this recipient."""
        return self.may_write is not None and self.may_write.allowed


@dataclass(frozen=True, slots=True)
class Summary:
    """How many, by what way, and how many not."""

    total: int
    email: int
    post: int
    gaps: int
    refused: int

    @property
    def sendable(self) -> int:
        """How many letters will leave."""
        return self.email + self.post


def of(letter: Letter) -> QuerySet[Recipient]:
    """The recipients with what their rows need."""
    return (
        letter.recipients.select_related("organisation", "person", "contact_point")
        .select_related("contact_point__organisation", "contact_point__person")
        .order_by("position", "pk")
    )


def usable(recipient: Recipient) -> bool:
    """Whether the recipient's contact point can be used by its channel."""
    point = recipient.contact_point
    return point is not None and point.is_usable and point.kind == recipient.channel


def rows(letter: Letter) -> list[RecipientRow]:
    """Every recipient in order, in a constant number of queries."""
    recipients = list(of(letter))
    verdicts = reach.may_write_to_many(
        [(r.contact_point, r.channel) for r in recipients if usable(r) and r.contact_point],
        purpose=WritingPurpose.LETTER,
    )
    doubles = _same_human_twice(recipients)
    ended = _ended_mandates(recipients)
    result = []
    for number, recipient in enumerate(recipients, start=1):
        verdict = (
            verdicts[recipient.contact_point.pk] if recipient.contact_point and usable(recipient) else None
        )
        mandate = ended.get(recipient.person_id or 0)
        warnings = list(doubles[recipient.pk])
        if mandate is not None and mandate.until_on is not None:
            warnings.append(
                _("Was %(post)s of %(organisation)s until %(day)s.")
                % {
                    "post": mandate.title,
                    "organisation": mandate.organisation,
                    "day": long_date(mandate.until_on),
                }
            )
        if verdict is not None and not verdict.allowed:
            warnings.insert(0, verdict.because)
        result.append(
            RecipientRow(
                recipient=recipient,
                number=number,
                to_whom=addressing.to_whom(recipient, letter),
                address=str(recipient.contact_point) if usable(recipient) else "",
                salutation=addressing.salutation(recipient, letter),
                computed=addressing.computed_salutation(recipient, letter).text,
                may_write=verdict,
                warnings=tuple(warnings),
                mandate_ended_on=mandate.until_on if mandate else None,
            )
        )
    return result


def summary(rows_: Sequence[RecipientRow]) -> Summary:
    """Count the rows."""
    going = [row for row in rows_ if row.will_be_sent]
    return Summary(
        total=len(rows_),
        email=sum(row.recipient.channel == Channel.EMAIL for row in going),
        post=sum(row.recipient.channel == Channel.POST for row in going),
        gaps=sum(row.is_gap for row in rows_),
        refused=sum(not row.is_gap and not row.will_be_sent for row in rows_),
    )


def _same_human_twice(recipients: Sequence[Recipient]) -> dict[int, list[str]]:
    """Recipients that end at the same e-mail address, or the same person by another way."""
    by_address: defaultdict[str, list[Recipient]] = defaultdict(list)
    for recipient in recipients:
        if usable(recipient) and recipient.contact_point and recipient.channel == Channel.EMAIL:
            by_address[recipient.contact_point.value.lower()].append(recipient)
    result: defaultdict[int, list[str]] = defaultdict(list)
    for address, same in by_address.items():
        for recipient in same if len(same) > 1 else []:
            others = ", ".join(str(other) for other in same if other.pk != recipient.pk)
            result[recipient.pk].append(
                _("%(address)s gets this letter also as %(others)s.") % {"address": address, "others": others}
            )
    return result


def _ended_mandates(recipients: Sequence[Recipient]) -> dict[int, Mandate]:
    """The last mandate of each person on the list who has none that still runs, by person."""
    people = [recipient.person_id for recipient in recipients if recipient.person_id]
    today = timezone.localdate()
    newest: dict[int, Mandate] = {}
    running: set[int] = set()
    for mandate in (
        Mandate.objects.filter(person__in=people).select_related("organisation").order_by("until_on")
    ):
        if mandate.until_on is None or mandate.until_on > today:
            running.add(mandate.person_id)
        else:
            newest[mandate.person_id] = mandate
    return {person: mandate for person, mandate in newest.items() if person not in running}
