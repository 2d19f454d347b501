"""What the placing of messages looks up: the threads (a letter to a recipient) of tokens, ids and addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Lower, Replace
from django.utils import timezone

from crm.models import Channel, ContactPoint, Mandate, Organisation, OutgoingMessage
from crm.queries import people
from letters.inbound.known import Answers, Thread, Threads, Wanted
from letters.models import Dispatch, IncomingPlace, Letter, Recipient
from letters.models.letters import OUT

# Of somebody to whom we wrote this often only the newest letters are looked at.
MOST_LETTERS = 20
# Of a letter to more recipients than this the last ones are not told by its reference.
MOST_RECIPIENTS = 1000


class Archive:
    """The answers of the database, in at most thirteen queries; satisfies ``letters.inbound.known.Known``."""

    def look_up(self, wanted: Wanted) -> Answers:
        """The threads by what was wanted, the newest letters first."""
        if not wanted:
            return Answers()
        return _Search(wanted).answers()


class _Search:
    """First whose it all is, then the threads of them all at once."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.by_token: dict[str, set[int]] = defaultdict(set)
        self.by_message_id: dict[str, set[int]] = defaultdict(set)
        self.by_address: dict[str, set[int]] = defaultdict(set)
        # Who has these addresses, or an address at these domains.
        self.organisations: dict[int, set[str]] = defaultdict(set)
        self.people: dict[int, set[str]] = defaultdict(set)
        # Whose name this is, where they have a role, and what is called so.
        self.namesakes: dict[int, set[str]] = defaultdict(set)
        self.by_role: dict[int, set[str]] = defaultdict(set)
        self.called: dict[int, set[str]] = defaultdict(set)
        self.to_us: set[str] = set()

    def answers(self) -> Answers:
        self._sent_and_received()
        self._named()
        self._held()
        groups = (self.by_token, self.by_message_id, self.by_address)
        named = {pk for group in groups for recipients in group.values() for pk in recipients}
        rows = self._recipients(named)
        chosen = self._chosen(rows)
        found = _threads([row for row in rows if any(row.pk in keys for keys in chosen.values())])
        return Answers(
            **{name: _by([(value, found[pk]) for value, pk in keys.pairs]) for name, keys in chosen.items()},
            to_us=frozenset(self.to_us),
        )

    def _sent_and_received(self) -> None:
        wanted = self.wanted
        if wanted.tokens or wanted.message_ids:
            sent = OutgoingMessage.objects.filter(
                Q(reply_token__in=wanted.tokens) | Q(message_id__in=wanted.message_ids)
            )
            fields = ("reply_token", "message_id", "dispatch__recipient_id", "reply__recipient_id")
            for token, message_id, to, replied_to in sent.order_by().values_list(*fields):
                if (recipient := to or replied_to) is None:
                    self.to_us |= {token, message_id}
                    continue
                if token in wanted.tokens:
                    self.by_token[token].add(recipient)
                if message_id in wanted.message_ids:
                    self.by_message_id[message_id].add(recipient)
        if wanted.message_ids:
            came = IncomingPlace.objects.filter(message__message_id__in=wanted.message_ids).order_by()
            for message_id, recipient in came.values_list("message__message_id", "recipient_id"):
                self.by_message_id[message_id].add(recipient)
        if wanted.addresses:
            mailed = Dispatch.objects.filter(channel=Channel.EMAIL).annotate(lower=Lower("address"))
            went = mailed.filter(lower__in=wanted.addresses).order_by()
            for address, recipient in went.values_list("lower", "recipient_id"):
                self.by_address[address].add(recipient)

    def _held(self) -> None:
        """Who has an address: an organisation and those it speaks for, or a person and where she has a role."""
        holds = Q(lookup__in=self.wanted.addresses)
        for domain in self.wanted.domains:
            holds |= Q(lookup__endswith=f"@{domain}")
        if self.wanted.addresses or self.wanted.domains:
            points = ContactPoint.objects.filter(holds, kind=Channel.EMAIL).order_by()
            for value, organisation, person in points.values_list("lookup", "organisation_id", "person_id"):
                if organisation:
                    self.organisations[organisation].add(value)
                if person:
                    self.people[person].add(value)
        if somebody := {*self.people, *self.namesakes}:
            roles = Mandate.objects.held_on(timezone.localdate()).filter(person__in=somebody).order_by()
            for person, organisation in roles.values_list("person_id", "organisation_id"):
                _pass_on(self.people, person, self.organisations, organisation)
                _pass_on(self.namesakes, person, self.by_role, organisation)
        groups = (self.organisations, self.by_role, self.called)
        for speaker, other in _speaks_for({pk for group in groups for pk in group}):
            for group in groups:
                _pass_on(group, speaker, group, other)

    def _named(self) -> None:
        """Whose name the sender has, and which organisation has the name that stands there."""
        for name, namesakes in people.called(self.wanted.names).items():
            for person in namesakes:
                self.namesakes[person.pk].add(name)
        if self.wanted.called:
            bare = Organisation.objects.order_by().annotate(
                bare=Replace("sort_name", Value(" ")), bare_short=Lower(Replace("short_name", Value(" ")))
            )
            so = bare.filter(Q(bare__in=self.wanted.called) | Q(bare_short__in=self.wanted.called))
            for pk, *names in so.values_list("pk", F("bare"), F("bare_short")):
                self.called[pk] |= self.wanted.called.intersection(names)

    def _recipients(self, named: Collection[int]) -> list[Recipient]:
        """All that may be meant, the newest letters first."""
        wanted = Q(pk__in=named)
        if self.wanted.references:
            wanted |= Q(letter__reference__in=self.wanted.references)
        if organisations := {*self.organisations, *self.by_role, *self.called}:
            wanted |= Q(organisation__in=organisations, person=None)
        if somebody := {*self.people, *self.namesakes}:
            wanted |= Q(person__in=somebody)
        return list(_out().filter(wanted).order_by("-letter__dated_on", "-pk"))

    def _chosen(self, rows: Iterable[Recipient]) -> dict[str, _Keys]:
        found = {
            "by_token": _Keys(MOST_RECIPIENTS),
            "by_message_id": _Keys(MOST_RECIPIENTS),
            "by_reference": _Keys(MOST_RECIPIENTS),
            "by_address": _Keys(MOST_LETTERS),
            "by_domain": _Keys(MOST_LETTERS),
            "by_name": _Keys(MOST_LETTERS),
            "by_called": _Keys(MOST_LETTERS),
        }
        told = {
            "by_token": _turned(self.by_token),
            "by_message_id": _turned(self.by_message_id),
            "by_address": _turned(self.by_address),
        }
        for row in rows:
            for name, by_recipient in told.items():
                for value in by_recipient.get(row.pk, ()):
                    found[name].add(value, row.pk)
            if row.letter.reference in self.wanted.references:
                found["by_reference"].add(row.letter.reference, row.pk)
            holder = (
                self.people.get(row.person_id)
                if row.person_id
                else self.organisations.get(row.organisation_id or 0)
            )
            for value in sorted(holder or ()):
                if value in self.wanted.addresses:
                    found["by_address"].add(value, row.pk)
                if (domain := value.rpartition("@")[2]) in self.wanted.domains:
                    found["by_domain"].add(domain, row.pk)
            organisation = 0 if row.person_id else row.organisation_id or 0
            named = self.namesakes.get(row.person_id or 0) or self.by_role.get(organisation) or ()
            for value in sorted(named):
                found["by_name"].add(value, row.pk)
            for value in sorted(self.called.get(organisation, ())):
                found["by_called"].add(value, row.pk)
        return found


class _Keys:
    """Which recipients belong to a value, at most so many, each once, in the order in which they were added."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.recipients: set[int] = set()
        self.pairs: dict[tuple[str, int], None] = {}
        self._count: dict[str, int] = defaultdict(int)

    def __contains__(self, recipient: int) -> bool:
        return recipient in self.recipients

    def add(self, value: str, recipient: int) -> None:
        if (value, recipient) not in self.pairs and self._count[value] < self.most:
            self._count[value] += 1
            self.pairs[value, recipient] = None
            self.recipients.add(recipient)


def _pass_on(of: dict[int, set[str]], one: int, to: dict[int, set[str]], other: int) -> None:
    if values := of.get(one):
        to[other] |= values


def _turned(recipients: dict[str, set[int]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for value, several in recipients.items():
        for pk in several:
            found[pk].append(value)
    return found


def _by(pairs: Iterable[tuple[str, Thread]]) -> Threads:
    found: dict[str, list[Thread]] = defaultdict(list)
    for value, thread in pairs:
        found[value].append(thread)
    return dict(found)


def _speaks_for(organisations: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of an organisation and another one whose letters it may answer: what it grew out of, and its party."""
    if not organisations:
        return []
    rows = Organisation.objects.filter(pk__in=organisations).order_by()
    others = rows.values_list("pk", "came_from__predecessor_id", "party_id")
    return [(pk, other) for pk, *several in others for other in several if other is not None]


def threads(recipients: Collection[int]) -> dict[int, Thread]:
    """The thread of each recipient of a letter that left, in three queries."""
    return _threads(list(_out().filter(pk__in=recipients)))


def _out() -> QuerySet[Recipient]:
    """Recipients of letters that left, with what a thread says of them and without the long texts."""
    return (
        Recipient.objects.filter(letter__state__in=OUT)
        .select_related("letter", "organisation", "person")
        .only(
            "letter__reference",
            "letter__dated_on",
            "letter__dispatched_at",
            "organisation__name",
            "organisation__short_name",
            "person__given_name",
            "person__initials",
            "person__name_prefix",
            "person__family_name",
            "person__gender",
        )
    )


def _threads(rows: Collection[Recipient]) -> dict[int, Thread]:
    if not rows:
        return {}
    addresses: dict[int, set[str]] = defaultdict(set)
    moments: dict[int, datetime] = {}
    dispatches = Dispatch.objects.filter(recipient__in=[row.pk for row in rows]).order_by()
    fields = ("recipient_id", "channel", "address", "posted_on", "outgoing_id", "outgoing__accepted_at")
    for recipient, channel, address, posted_on, outgoing, accepted_at in dispatches.values_list(*fields):
        if channel == Channel.EMAIL:
            addresses[recipient].add(address.lower())
        moment = accepted_at if outgoing else _noon(posted_on) if posted_on else None
        if moment is not None:
            moments[recipient] = min(moment, moments.get(recipient, moment))
    held: dict[tuple[int | None, int | None], set[str]] = defaultdict(set)
    owners = Q(organisation__in=[row.organisation_id for row in rows if not row.person_id]) | Q(
        person__in=[row.person_id for row in rows if row.person_id]
    )
    points = ContactPoint.objects.filter(owners, kind=Channel.EMAIL).order_by()
    for organisation, person, value in points.values_list("organisation_id", "person_id", "lookup"):
        held[organisation, person].add(value)
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


def _moment(letter: Letter) -> datetime:
    return letter.dispatched_at or _noon(letter.dated_on)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
