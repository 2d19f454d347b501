"""What is to be done at Mailchimp, and why with some nothing is: our readers beside what it says of each address."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from campaigns.models import (
    AudienceLink,
    AudienceMember,
    MemberStatus,
    NewsletterGroup,
    Step,
    Subscriber,
    SubscriberState,
)
from campaigns.models.audience import AWAY, LIVE, TAKEN_OFF, digest
from crm.models import Channel, ConsentEntry, Decision, Organisation, SegmentSubject, WritingPurpose
from crm.models.organisations import POLITICAL
from crm.queries import segments

CHUNK: Final = 2000
# So many withdrawals at once are a person's to look at.
BRAKE_LEAST: Final = 20
BRAKE_SHARE: Final = 0.05
# Its moments are in whole seconds: within one nobody knows which came first.
SAME_MOMENT: Final = datetime.timedelta(seconds=1)
# Why nothing is done with most: they are there as they should be.
SAME: Final = "same"
# What a group may be chosen by to be known outside the house. Where somebody works may show their politics.
_HARMLESS: Final = {"post", "theme", "tag", "address", "at", "at_kind"}
_NO: Final = [Decision.WITHDRAWN, Decision.OBJECTED]
_NEWSLETTER: Final[dict[str, Any]] = {"purpose": WritingPurpose.NEWSLETTER, "channel": Channel.EMAIL}


def link() -> AudienceLink | None:
    """The connection of this installation; None as long as nothing was asked of it, or no audience is set."""
    return AudienceLink.objects.filter(audience=settings.MAILCHIMP["audience"]).exclude(audience="").first()


def may_leave(group: NewsletterGroup) -> bool:
    """Whether Mailchimp may know who is in a group: not when it follows people at a party, or something that we
    cannot judge (AVG art. 9)."""
    if group.segment is None:
        return True
    criteria = group.segment.criteria
    if group.segment.subject != SegmentSubject.PEOPLE or not criteria.keys() <= _HARMLESS:
        return False
    if POLITICAL & set(criteria.get("at_kind", ())):
        return False
    at = Organisation.objects.filter(pk=criteria["at"]).first() if criteria.get("at") else None
    return at is None or at.kind not in POLITICAL


def groups_that_leave() -> list[NewsletterGroup]:
    """The groups that Mailchimp knows, or will."""
    return [one for one in NewsletterGroup.objects.select_related("segment") if may_leave(one)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a reader should be there: the first name, and the ids of the groups, our marker among them."""

    subscriber: int
    address: str
    first_name: str
    interests: frozenset[str]

    @property
    def digest(self) -> str:
        """Its fingerprint."""
        return digest(self.first_name, self.interests)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is to be done with one reader; or ``kept``: why nothing is. ``member`` is what it says of the address."""

    wanted: Wanted
    member: AudienceMember | None
    step: Step | None = None
    kept: str = ""

    @property
    def is_of_name(self) -> bool:
        """Whether the name is another one there."""
        return self.member is not None and self.member.first_name != self.wanted.first_name


@dataclass(frozen=True, slots=True)
class Ours:
    """Our groups as they are there: ``ids`` of all of them with the marker, and who is in which by themselves."""

    marker: str
    ids: frozenset[str]
    of_group: dict[int, str]
    of_segment: dict[str, frozenset[int]]

    @classmethod
    def of(cls, link: AudienceLink) -> Ours:
        """Those that it has by now."""
        there = [group for group in groups_that_leave() if group.remote_id]
        people = {
            group.remote_id: frozenset(
                segments.members(group.segment)
                .filter(subscriptions__isnull=False)
                .order_by()
                .values_list("pk", flat=True)
            )
            for group in there
            if group.segment is not None
        }
        ids = frozenset({link.marker_id, *(group.remote_id for group in there)})
        return cls(link.marker_id, ids, {group.pk: group.remote_id for group in there}, people)


def withdrawals(link: AudienceLink) -> QuerySet[AudienceMember]:
    """Who gets it there while the ledger here says no; those that were refused once are left out, and those whose
    address moved, as their membership goes along."""
    by_address = ConsentEntry.objects.filter(address=OuterRef("address"))
    by_person = ConsentEntry.objects.filter(person=OuterRef("subscriber__person"))
    said_no = (
        Q(said__in=_NO)
        | Q(person_said__in=_NO)
        | Q(objected=True)
        | Q(subscriber__person__do_not_contact=True)
        | Q(subscriber__state=SubscriberState.LEFT, subscriber__address=F("address"))
    )
    return (
        link.members.filter(status__in=LIVE)
        .exclude(refused_digest=TAKEN_OFF)
        .annotate(
            said=_newest(by_address),
            person_said=_newest(by_person),
            objected=Exists(by_address.filter(decision=Decision.OBJECTED)),
        )
        .filter(said_no)
        .exclude(pk__in=moves(link).values("pk"))
    )


def _newest(entries: QuerySet[ConsentEntry]) -> Subquery:
    newest = entries.filter(**_NEWSLETTER).order_by("-decided_at", "-pk")
    return Subquery(newest.values("decision")[:1])


def moves(link: AudienceLink) -> QuerySet[AudienceMember]:
    """Members whose reader has another address by now, and still reads."""
    there = link.members.filter(status=MemberStatus.SUBSCRIBED, subscriber__isnull=False)
    elsewhere = there.exclude(subscriber__address=F("address")).exclude(
        refused_digest=F("subscriber__address")
    )
    readers = Subscriber.objects.reachable().filter(pk=OuterRef("subscriber"))
    return elsewhere.filter(Exists(readers)).select_related("subscriber")


def differences(link: AudienceLink, *, full: bool = False) -> Iterator[Difference]:
    """Every reader, in the order they came, with what is to be brought there, or why nothing is; withdrawals and moves
    are apart. With ``full`` also what was changed there. Never holds more than a part of them."""
    ours = Ours.of(link)
    moving = set(moves(link).values_list("subscriber", flat=True))
    last = 0
    while rows := list(
        Subscriber.objects.reachable().filter(pk__gt=last).order_by("pk")
        .values_list("pk", "address", "first_name", "person")[:CHUNK]
    ):  # fmt: skip
        last = rows[-1][0]
        chosen = _chosen(ours, first=rows[0][0], last=last)
        members = {one.address: one for one in link.members.filter(address__in=[row[1] for row in rows])}
        back = _yes_since([one for one in members.values() if one.status in AWAY])
        for pk, address, first_name, person in rows:
            if pk in moving:
                continue
            by_themselves = {group for group, people in ours.of_segment.items() if person in people}
            interests = frozenset({ours.marker, *chosen.get(pk, ()), *by_themselves})
            wanted = Wanted(pk, address, first_name, interests)
            yield _compare(wanted, members.get(address), ours.ids, is_back=address in back, full=full)


def _chosen(ours: Ours, *, first: int, last: int) -> dict[int, set[str]]:
    through = Subscriber.groups.through.objects.filter(
        subscriber__gte=first, subscriber__lte=last, newslettergroup__in=ours.of_group.keys()
    )
    found: dict[int, set[str]] = defaultdict(set)
    for subscriber, group in through.values_list("subscriber", "newslettergroup"):
        found[subscriber].add(ours.of_group[group])
    return found


def _compare(
    wanted: Wanted, member: AudienceMember | None, ours: Collection[str], *, is_back: bool, full: bool
) -> Difference:
    step: Step | None = None
    match member.status if member else "":
        case "":
            step = Step.NEW
        case MemberStatus.SUBSCRIBED:
            assert member is not None
            if member.holds(ours) == wanted.digest or (member.digest == wanted.digest and not full):
                return Difference(wanted, member, kept=SAME)
            step = Step.CHANGED
        case status if status in AWAY and is_back:
            step = Step.ASKED
        case status:
            return Difference(wanted, member, kept=status)
    if member is not None and member.refusal and member.refused_digest == wanted.digest:
        return Difference(wanted, member, kept="refused")
    return Difference(wanted, member, step)


def said_yes_since(address: str, moment: datetime.datetime) -> bool:
    """Whether the ledger has a yes of this address that is later than a moment."""
    later = ConsentEntry.objects.filter(address=address, decision=Decision.GRANTED, **_NEWSLETTER)
    return later.filter(decided_at__gt=moment + SAME_MOMENT).exists()


def _yes_since(members: Iterable[AudienceMember]) -> set[str]:
    """Which of these addresses said yes after they left there."""
    left = {one.address: one.left_at for one in members}
    entries = ConsentEntry.objects.filter(address__in=left, decision=Decision.GRANTED, **_NEWSLETTER)
    back = set()
    for address, decided_at in entries.values_list("address", "decided_at"):
        moment = left[address]
        if moment is None or decided_at > moment + SAME_MOMENT:
            back.add(address)
    return back


def still(link: AudienceLink, batch: Iterable[Difference]) -> list[Difference]:
    """Of a batch those that hold at this moment: nobody who left meanwhile, here or there."""
    batch = list(batch)
    readers = set(
        Subscriber.objects.reachable()
        .filter(pk__in=[one.wanted.subscriber for one in batch])
        .values_list("address", flat=True)
    )
    addresses = [one.wanted.address for one in batch]
    now = {one.address: (one.status, one.left_at) for one in link.members.filter(address__in=addresses)}
    return [
        one
        for one in batch
        if one.wanted.address in readers
        and now.get(one.wanted.address, ("", None))
        == ((one.member.status, one.member.left_at) if one.member else ("", None))
    ]


def plan(link: AudienceLink, *, full: bool = False) -> dict[str, Any]:
    """What would be done now, in numbers: by ``Step``, of the changes how many are of a name (``names``), who is left
    alone by reason (``kept``: ``SAME``, "refused", "there" for who is only known there, else what Mailchimp says of
    the address), and how many are live there."""
    counts: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    matched = 0
    for one in differences(link, full=full):
        if one.step is None:
            kept[one.kept] += 1
        else:
            counts[one.step] += 1
            counts["names"] += one.step == Step.CHANGED and one.is_of_name
        matched += one.member is not None and one.member.status in LIVE
    counts[Step.MOVED] = moves(link).count()
    counts[Step.WITHDRAWN] = withdrawals(link).count()
    live = link.members.filter(status__in=LIVE).count()
    only_there = live - matched - counts[Step.MOVED] - counts[Step.WITHDRAWN]
    if only_there > 0:
        kept["there"] = only_there
    steps = {step: counts[step] for step in Step.values}
    return {**steps, "names": counts["names"], "kept": dict(kept), "live": live}


def counted(link: AudienceLink) -> dict[str, int]:
    """How many get it there, left, and do not get their mail, as far as we know."""
    shown = (MemberStatus.SUBSCRIBED, MemberStatus.UNSUBSCRIBED, MemberStatus.CLEANED)
    return link.members.aggregate(**{status.value: Count("pk", filter=Q(status=status)) for status in shown})


def brakes(plan: dict[str, Any], *, agreed: int = 0) -> bool:
    """Whether so many would be taken off that a person has to look first; ``agreed`` is what one agreed with."""
    withdrawn = int(plan.get(Step.WITHDRAWN, 0))
    return withdrawn > max(BRAKE_LEAST, BRAKE_SHARE * int(plan.get("live", 0)), agreed)


def is_empty(plan: dict[str, Any]) -> bool:
    """Whether there is nothing to do."""
    return not any(plan.get(step) for step in Step.values)
