"""What Mailchimp says of addresses lands here: in its mirror, and a goodbye there at once in the consent ledger."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.actions import subscribers
from campaigns.clients.mailchimp_values import Member
from campaigns.clients.mailchimp_webhooks import Event
from campaigns.models import (
    AudienceLink,
    AudienceMember,
    HeardEvent,
    MemberStatus,
    Refusal,
    Subscriber,
    SubscriberState,
)
from campaigns.models.audience import LIVE
from campaigns.queries import audience
from crm.actions import consents, contact_points
from crm.actions.action import SYSTEM, Refused
from crm.models import Channel, ConsentEntry, ContactPoint, ContactStatus, Decision, WritingPurpose

SOURCE: Final = "Mailchimp"
# Not longer with the database to ourselves than it takes to write so many.
AT_ONCE: Final = 100
_NEWSLETTER: Final[dict[str, Any]] = {"purpose": WritingPurpose.NEWSLETTER, "channel": Channel.EMAIL}
_SHOWN: Final = [
    "status", "first_name", "interests", "changed_at", "left_at", "seen_at", "subscriber", "refusal", "refused_digest",
    "refused_words",
]  # fmt: skip
_OUT: Final = {MemberStatus.UNSUBSCRIBED, MemberStatus.CLEANED}


def land(*, link: AudienceLink, members: Sequence[Member], now: datetime.datetime) -> Counter[str]:
    """Take over what it says of these addresses; how many left and fail by that. Safe to repeat."""
    counts: Counter[str] = Counter()
    ours = audience.Ours.of(link).ids
    for start in range(0, len(members), AT_ONCE):
        with transaction.atomic():
            counts += _land(link, members[start : start + AT_ONCE], ours, now)
    return counts


def _land(
    link: AudienceLink, members: Sequence[Member], ours: Iterable[str], now: datetime.datetime
) -> Counter[str]:
    addresses = [one.email.lower() for one in members]
    rows = {row.address: row for row in link.members.select_for_update().filter(address__in=addresses)}
    readers = {one.address: one for one in Subscriber.objects.filter(address__in=addresses)}
    out: list[AudienceMember] = []
    kept = []
    for said in members:
        address = said.email.lower()
        reader = readers.get(address)
        row = rows.get(address) or AudienceMember(link=link, address=address)
        row.seen_at = now
        if address not in rows or row.pk is not None:
            kept.append(row)
        rows[address] = row
        if _is_stale(said, row):
            continue
        _take_name_over(said, row, reader)
        left_at = said.changed_at or now
        if said.status in _OUT and (
            row.status != said.status or row.left_at is None or left_at > row.left_at
        ):
            row.left_at = left_at
            out.append(row)
        row.status, row.changed_at = said.status, said.changed_at
        # A reader who has another address by now takes the membership along.
        row.subscriber = reader or row.subscriber
        row.first_name = said.first_name[:255]
        row.interests = sorted(said.interests.intersection(ours))
        if row.refusal == Refusal.EXISTS:
            row.refusal, row.refused_digest, row.refused_words = "", "", ""
    AudienceMember.objects.bulk_create([row for row in kept if row.pk is None])
    AudienceMember.objects.bulk_update([row for row in kept if row.pk is not None], _SHOWN)
    counts: Counter[str] = Counter()
    for row in out:
        counts += _goodbye(row)
    return counts


def _is_stale(said: Member, row: AudienceMember) -> bool:
    """Whether we know something newer: a message that came meanwhile. In the same second a goodbye wins."""
    if row.changed_at is None or said.changed_at is None:
        return False
    if said.changed_at == row.changed_at:
        return row.status in _OUT and said.status in LIVE
    return said.changed_at < row.changed_at


def _take_name_over(said: Member, row: AudienceMember, reader: Subscriber | None) -> None:
    """A reader who changed the name there has it here as well, unless it was changed here too."""
    if reader is None or row.status not in LIVE or said.first_name in ("", row.first_name):
        return
    if reader.first_name == row.first_name and len(said.first_name) <= 100:
        groups = list(reader.groups.all())
        subscribers.change(
            subscriber=reader,
            first_name=said.first_name,
            person=reader.person,
            groups=groups,
            by=SYSTEM,
        )


def _goodbye(row: AudienceMember, *, complaint: bool = False) -> Counter[str]:
    """Who left there, or where it does not arrive, is that here too; unless they said yes since."""
    assert row.left_at is not None
    if row.status == MemberStatus.CLEANED:
        _mark_points(row.address)
    if audience.said_yes_since(row.address, row.left_at):
        return Counter()
    reader = Subscriber.objects.filter(address=row.address).first()
    if row.status == MemberStatus.CLEANED:
        if reader is None or reader.state != SubscriberState.SUBSCRIBED:
            return Counter()
        subscribers.fails(
            subscriber=reader, reason=_("Mailchimp says that mail to it comes back."), by=SYSTEM
        )
        return Counter(failing=1)
    left_at = min(row.left_at, timezone.now())
    source = _("Mailchimp, reported as spam") if complaint else SOURCE
    if reader is not None:
        if reader.state == SubscriberState.LEFT:
            return Counter()
        subscribers.leave(subscriber=reader, source=source, left_at=left_at, by=SYSTEM)
        return Counter(left=1)
    newest = (
        ConsentEntry.objects.filter(address=row.address, **_NEWSLETTER).order_by("-decided_at", "-pk").first()
    )
    if newest is not None and newest.decision == Decision.GRANTED:
        consents.withdraw(address=row.address, source=source, decided_at=left_at, **_NEWSLETTER, by=SYSTEM)
        return Counter(left=1)
    return Counter()


def _mark_points(address: str) -> None:
    in_use = ContactPoint.objects.filter(kind=Channel.EMAIL, value__iexact=address)
    for point in in_use.exclude(status__in=[ContactStatus.FAILING, ContactStatus.WITHDRAWN]):
        because = "" if point.note else _("Mailchimp says that mail to it comes back.")
        contact_points.mark_failing(point=point, because=because, by=SYSTEM)


def settle_absent(*, link: AudienceLink, since: datetime.datetime) -> int:
    """After a complete look: what it did not show is there no more. That is no goodbye, and nobody is put back."""
    gone = link.members.exclude(status__in=["", MemberStatus.ARCHIVED]).filter(seen_at__lt=since)
    return gone.update(status=MemberStatus.ARCHIVED, left_at=since)


def hear(*, link: AudienceLink, event: Event) -> bool:
    """Take over one message that Mailchimp sent by itself; False when it was heard before, or is not for us."""
    if event.audience != link.audience or event.kind not in _HEARERS or not event.address:
        return False
    with transaction.atomic():
        digest = HeardEvent.digest_of(link.pk, event.kind, event.key, event.fired_at.isoformat())
        _row, is_new = HeardEvent.objects.get_or_create(digest=digest, defaults={"link": link})
        if is_new:
            AudienceLink.objects.filter(pk=link.pk).update(heard_at=timezone.now())
            _HEARERS[event.kind](link, event)
    return is_new


def _row(link: AudienceLink, address: str) -> AudienceMember:
    reader = Subscriber.objects.filter(address=address).first()
    row, _is_new = AudienceMember.objects.select_for_update(of=("self",)).get_or_create(
        link=link, address=address, defaults={"subscriber": reader, "seen_at": timezone.now()}
    )
    row.subscriber = reader or row.subscriber
    return row


def _hear_goodbye(link: AudienceLink, event: Event) -> None:
    row = _row(link, event.address)
    if audience.said_yes_since(event.address, event.fired_at):
        return
    row.changed_at = row.left_at = event.fired_at
    if event.kind == "cleaned":
        row.status = MemberStatus.CLEANED
    elif event.action == "delete" and event.reason != "abuse":
        # Somebody there took the address off the list: that is not what the reader said.
        row.status = MemberStatus.ARCHIVED
        row.save()
        return
    else:
        row.status = MemberStatus.UNSUBSCRIBED
    row.save()
    _goodbye(row, complaint=event.reason == "abuse")


def _hear_profile(link: AudienceLink, event: Event) -> None:
    row = _row(link, event.address)
    if row.changed_at is not None and row.changed_at > event.fired_at:
        return
    said = Member(event.address, row.status, event.first_name, frozenset(row.interests), event.fired_at)
    _take_name_over(said, row, row.subscriber)
    row.first_name = event.first_name[:255] or row.first_name
    row.save()


def _hear_subscribe(link: AudienceLink, event: Event) -> None:
    """Somebody signed up with Mailchimp itself. A reader who left is back by that; who is not known here is only
    noted: we have no words that they said yes to."""
    row = _row(link, event.address)
    if row.changed_at is not None and row.changed_at > event.fired_at:
        return
    reader = row.subscriber
    newest = ConsentEntry.objects.filter(address=event.address, **_NEWSLETTER).order_by("-decided_at", "-pk")
    last = newest.first()
    if (
        reader is not None
        and reader.state == SubscriberState.LEFT
        and last is not None
        and last.decided_at + audience.SAME_MOMENT < event.fired_at
    ):
        try:
            with transaction.atomic():
                subscribers.add(
                    address=event.address,
                    person=reader.person,
                    groups=list(reader.groups.all()),
                    wording=_("Signed up again with Mailchimp itself."),
                    source=SOURCE,
                    proof=event.fired_at.isoformat(),
                    by=SYSTEM,
                )
        except Refused:
            # They asked us never to write: the next comparison takes them off there as well.
            pass
    row.status, row.changed_at = MemberStatus.SUBSCRIBED, event.fired_at
    row.first_name = event.first_name[:255] or row.first_name
    row.save()


def _hear_move(link: AudienceLink, event: Event) -> None:
    """A reader changed the address there."""
    reader = Subscriber.objects.filter(address=event.before).first()
    if reader is not None:
        try:
            with transaction.atomic():
                subscribers.move(subscriber=reader, address=event.address, source=SOURCE, by=SYSTEM)
        except Refused:
            # They left here, or the new address is a reader's already: the next comparison sorts it out.
            pass
    old = link.members.select_for_update().filter(address=event.before).first()
    row = _row(link, event.address)
    row.status = old.status if old is not None and old.status else MemberStatus.SUBSCRIBED
    row.changed_at = event.fired_at
    if old is not None:
        row.first_name, row.interests, row.digest = old.first_name, old.interests, old.digest
        old.status, old.left_at, old.changed_at = MemberStatus.ARCHIVED, event.fired_at, event.fired_at
        old.save()
    row.save()


_HEARERS: Final = {
    "unsubscribe": _hear_goodbye,
    "cleaned": _hear_goodbye,
    "profile": _hear_profile,
    "subscribe": _hear_subscribe,
    "upemail": _hear_move,
}
