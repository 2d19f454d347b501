"""What the placing of messages looks up: the threads (a letter to a recipient) of tokens, ids and addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from crm.models import Channel, ContactPoint, Lineage, Mandate, Organisation
from letters.inbound.known import Thread
from letters.models import Dispatch, IncomingPlace, Letter, Recipient, Reply
from letters.models.letters import OUT

# Of somebody to whom we wrote this often only the newest letters are looked at.
MOST_LETTERS = 20


class Archive:
    """The answers of the database, for one message; satisfies ``letters.inbound.known.Known``."""

    def by_token(self, tokens: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """Tokens in reply addresses of what was sent."""
        return _by(
            row
            for sent in (Dispatch, Reply)
            for row in sent.objects.filter(outgoing__reply_token__in=tokens).values_list(
                "outgoing__reply_token", "recipient_id"
            )
        )

    def by_message_id(self, message_ids: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """Ids of what was sent, and of what came in and was placed."""
        sent = Dispatch.objects.filter(outgoing__message_id__in=message_ids)
        replied = Reply.objects.filter(outgoing__message_id__in=message_ids)
        came = IncomingPlace.objects.filter(message__message_id__in=message_ids)
        return _by(
            [
                *sent.values_list("outgoing__message_id", "recipient_id"),
                *replied.values_list("outgoing__message_id", "recipient_id"),
                *came.values_list("message__message_id", "recipient_id"),
            ]
        )

    def by_reference(self, references: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """References of letters that left, with every recipient."""
        found = Recipient.objects.filter(letter__reference__in=references, letter__state__in=OUT)
        return _by(found.values_list("letter__reference", "pk"))

    def by_address(self, addresses: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """Addresses of recipients: those to which letters went, and those that we know them by."""
        points = ContactPoint.objects.filter(kind=Channel.EMAIL).annotate(lower=Lower("value"))
        sent = Dispatch.objects.filter(channel=Channel.EMAIL).annotate(lower=Lower("address"))
        return _of_holders(
            points.filter(lower__in=addresses).values_list("lower", "organisation_id", "person_id"),
            sent.filter(lower__in=addresses).values_list("lower", "recipient_id"),
        )

    def by_domain(self, domains: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """Domains at which recipients have an address."""
        wanted = Q(pk=None)
        for domain in domains:
            wanted |= Q(value__iendswith=f"@{domain}")
        points = ContactPoint.objects.filter(wanted, kind=Channel.EMAIL)
        rows = points.values_list("value", "organisation_id", "person_id")
        return _of_holders([(_domain(value), org, person) for value, org, person in rows], ())


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _of_holders(
    points: Iterable[tuple[str, int | None, int | None]], sent: Iterable[tuple[str, int]]
) -> Mapping[str, Sequence[Thread]]:
    """The threads of who holds an address, the newest letters first: of an organisation and those it speaks for, or of
    a person and the organisations at which she has a role."""
    organisations: dict[int, set[str]] = defaultdict(set)
    people: dict[int, set[str]] = defaultdict(set)
    for value, organisation, person in points:
        if organisation:
            organisations[organisation].add(value)
        if person:
            people[person].add(value)
    roles = Mandate.objects.held_on(timezone.localdate()).filter(person__in=people)
    for person, organisation in roles.values_list("person_id", "organisation_id"):
        organisations[organisation] |= people[person]
    for speaker, other in _speaks_for(organisations):
        organisations[other] |= organisations[speaker]
    rows = list(sent)
    if organisations or people:
        found = (
            Recipient.objects.filter(letter__state__in=OUT)
            .filter(Q(organisation__in=organisations, person=None) | Q(person__in=people))
            .order_by("-letter__dated_on", "-pk")
        )
        for pk, organisation, person in found.values_list("pk", "organisation_id", "person_id"):
            held = people[person] if person else organisations[organisation]
            rows += [(value, pk) for value in held]
    return _by(rows)


def _speaks_for(organisations: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of an organisation and another one whose letters it may answer: what it grew out of, and its party."""
    grown = Lineage.objects.filter(successor__in=organisations).values_list("successor_id", "predecessor_id")
    parties = Organisation.objects.filter(pk__in=organisations, party__isnull=False)
    return [*grown, *parties.values_list("pk", "party_id")]


def _by(rows: Iterable[tuple[str, int]]) -> Mapping[str, Sequence[Thread]]:
    """Threads by what they were asked with, at most ``MOST_LETTERS`` each."""
    keys: dict[str, dict[int, None]] = defaultdict(dict)
    for value, recipient in rows:
        if len(keys[value]) < MOST_LETTERS:
            keys[value][recipient] = None
    found = threads({pk for recipients in keys.values() for pk in recipients})
    return {value: [found[pk] for pk in recipients if pk in found] for value, recipients in keys.items()}


def threads(recipients: Collection[int]) -> dict[int, Thread]:
    """The thread of each recipient of a letter that left, in three queries."""
    rows = Recipient.objects.filter(pk__in=recipients, letter__state__in=OUT).select_related(
        "letter", "organisation", "person"
    )
    addresses: dict[int, set[str]] = defaultdict(set)
    moments: dict[int, datetime] = {}
    for dispatch in Dispatch.objects.filter(recipient__in=recipients).select_related("outgoing"):
        if dispatch.channel == Channel.EMAIL:
            addresses[dispatch.recipient_id].add(dispatch.address.lower())
        moment = _left_at(dispatch)
        if moment is not None:
            earlier = moments.get(dispatch.recipient_id, moment)
            moments[dispatch.recipient_id] = min(moment, earlier)
    held: dict[tuple[int | None, int | None], set[str]] = defaultdict(set)
    owners = Q(organisation__in=[row.organisation_id for row in rows if not row.person_id]) | Q(
        person__in=[row.person_id for row in rows if row.person_id]
    )
    points = ContactPoint.objects.filter(owners, kind=Channel.EMAIL)
    for organisation, person, value in points.values_list("organisation_id", "person_id", "value"):
        held[organisation, person].add(value.lower())
    return {
        row.pk: Thread(
            key=row.pk,
            letter=row.letter.reference,
            name=str(row.person or row.organisation),
            addresses=frozenset(
                addresses[row.pk]
                | held[(None, row.person_id) if row.person_id else (row.organisation_id, None)]
            ),
            sent_at=moments.get(row.pk) or _moment(row.letter),
        )
        for row in rows
    }


def _left_at(dispatch: Dispatch) -> datetime | None:
    if dispatch.outgoing is not None:
        return dispatch.outgoing.accepted_at
    return _noon(dispatch.posted_on) if dispatch.posted_on else None


def _moment(letter: Letter) -> datetime:
    return letter.dispatched_at or _noon(letter.dated_on)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
