"""To whom a letter goes, as the committee sees it: address, channel, salutation, and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from crm.dutch.dates import long_date
from crm.dutch.folding import fold
from crm.dutch.salutations import Salutation
from crm.models import Channel, Mandate, Organisation, WritingPurpose
from crm.queries import organisations, reach
from letters.models import Letter, Recipient
from letters.render import window

from . import addressing


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One recipient on screen. ``lines`` is the address as it will be printed, () when there is none to print;
    ``warnings`` are sentences; a gap has no usable address."""

    recipient: Recipient
    number: int
    to_whom: str
    address: str
    lines: tuple[str, ...]
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

    @property
    def goes_by_post(self) -> bool:
        """Whether its letter goes in an envelope."""
        return self.will_be_sent and self.recipient.channel == Channel.POST


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
    ended = _ended_mandates(recipients)
    found = [
        _row(letter, number, recipient, verdicts, ended.get(recipient.person_id or 0))
        for number, recipient in enumerate(recipients, start=1)
    ]
    doubles = _doubles(found)
    return [replace(row, warnings=(*row.warnings, *doubles[row.number])) for row in found]


def _row(
    letter: Letter,
    number: int,
    recipient: Recipient,
    verdicts: Mapping[int, reach.Verdict],
    mandate: Mandate | None,
) -> RecipientRow:
    point = recipient.contact_point if usable(recipient) else None
    verdict = verdicts[point.pk] if point else None
    warnings: list[str] = []
    lines = addressing.lines(recipient, letter)
    if point is not None and (trouble := addressing.trouble(point)):
        # A postcode that is none: until somebody mends it, this is no address.
        lines, point, verdict = (), None, None
        warnings.append(trouble)
    if verdict is not None and not verdict.allowed:
        warnings.append(verdict.because)
    if verdict is not None and recipient.channel == Channel.POST:
        warnings += _outside_window(lines)
    if mandate is not None and mandate.until_on is not None:
        warnings.append(
            _("Was %(post)s of %(organisation)s until %(day)s.")
            % {
                "post": mandate.title,
                "organisation": mandate.organisation,
                "day": long_date(mandate.until_on),
            }
        )
    return RecipientRow(
        recipient=recipient,
        number=number,
        to_whom=addressing.to_whom(recipient, letter),
        address=str(point) if point else "",
        lines=lines,
        salutation=addressing.salutation(recipient, letter),
        computed=addressing.computed_salutation(recipient, letter).text,
        may_write=verdict,
        warnings=tuple(warnings),
        mandate_ended_on=mandate.until_on if mandate else None,
    )


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


def sharing_an_address(rows_: Iterable[RecipientRow]) -> dict[str, list[RecipientRow]]:
    """The rows whose letters would go to one and the same address, by that address."""
    by_address: defaultdict[str, list[RecipientRow]] = defaultdict(list)
    for row in rows_:
        if row.will_be_sent:
            by_address[_destination(row).lower()].append(row)
    return {_destination(same[0]): same for same in by_address.values() if len(same) > 1}


def _destination(row: RecipientRow) -> str:
    return ", ".join(row.lines) if row.goes_by_post else row.address


def _doubles(rows_: Sequence[RecipientRow]) -> dict[int, list[str]]:
    """By number, what to say of recipients at one address, and of people who are on the list twice by their name."""
    result: defaultdict[int, list[str]] = defaultdict(list)
    for address, same in sharing_an_address(rows_).items():
        for row in same:
            words = _(
                "The same address as %(others)s: %(address)s. Each address gets the letter once. "
                "Choose another address for one of them, or take one off the list."
            )
            result[row.number].append(words % {"others": _others(row, same), "address": address})
    by_name: defaultdict[str, list[RecipientRow]] = defaultdict(list)
    for row in rows_:
        if row.recipient.person_id:
            by_name[fold(row.recipient.name)].append(row)
    for same in by_name.values():
        for row in same if len(same) > 1 else []:
            words = _("Perhaps the same person as %(others)s. If so, take one off the list.")
            result[row.number].append(words % {"others": _others(row, same)})
    return result


def _others(row: RecipientRow, same: Sequence[RecipientRow]) -> str:
    names = [
        _("number %(number)d (%(name)s)") % {"number": other.number, "name": other.recipient.name}
        for other in same
        if other.number != row.number
    ]
    return str(get_text_list(names, _("and")))


def _outside_window(lines: Sequence[str]) -> list[str]:
    """What to say of an address that the window of the envelope does not show whole."""
    if broken := window.too_wide(lines):
        words = _(
            "Too long for the window of the envelope: %(lines)s. Make it shorter in the address details."
        )
        return [words % {"lines": ", ".join(f"“{line}”" for line in broken)}]
    if window.too_many(lines):
        return [_("More lines than the window of the envelope shows. Take lines out of the address details.")]
    return []


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


def before(holder: Model) -> list[Organisation]:
    """What an organisation came from; nothing for a person. Two queries."""
    if not isinstance(holder, Organisation):
        return []
    return [step.organisation for step in organisations.came_from(holder)]


def sent_to(holder: Model) -> Q:
    """The recipients that an organisation or a person is, or that are what it came from. Two queries."""
    if isinstance(holder, Organisation):
        return Q(organisation__in=[holder, *before(holder)])
    return Q(person=holder)
