"""Readers of the newsletter: taking them in with their yes, what changes about them, and that they leave."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from contextlib import suppress
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import NewsletterGroup, Subscriber, SubscriberState
from campaigns.queries import subscribers as queries
from crm.actions import consents
from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import (
    AlreadyThere,
    Invalid,
    check,
    check_unchanged,
    day,
    fill,
    fill_many,
    take_turns,
)
from crm.dutch.addresses import check_email
from crm.models import Channel, ConsentEntry, Decision, Person, User, WritingPurpose

ADD: Final = "campaigns.add_subscriber"
CHANGE: Final = "campaigns.change_subscriber"
VIEW: Final = "campaigns.view_subscriber"
_NEWSLETTER: Final[dict[str, Any]] = {"purpose": WritingPurpose.NEWSLETTER, "channel": Channel.EMAIL}


@action(permission=ADD)
def add(
    *,
    address: str,
    first_name: str = "",
    person: Person | None = None,
    groups: Collection[NewsletterGroup] = (),
    wording: str,
    source: str,
    proof: str = "",
    decided_at: datetime.datetime | None = None,
    by: Actor,
) -> Subscriber:
    """Somebody said yes to the newsletter, in answer to ``wording``, as ``source`` shows; who left before is back.

    The address is theirs alone: with a ``person`` it is written down for her too. Raises Invalid for what is no
    address or a yes that cannot be shown, AlreadyThere for who gets it already, and Refused for who asked us not to
    write at all, or left after the yes was said (``decided_at``, now unless given).
    """
    address = _address(address)
    take_turns(Subscriber, address)
    subscriber = Subscriber.objects.select_for_update(of=("self",)).filter(address=address).first()
    if subscriber is not None and Subscriber.objects.reachable().filter(pk=subscriber.pk).exists():
        raise AlreadyThere(subscriber, _("%(address)s gets the newsletter already.") % {"address": address})
    person = person or (subscriber.person if subscriber else None)
    if queries.asked_to_be_left_alone(address, person):
        raise Refused(_("%(address)s asked us not to write at all.") % {"address": address})
    if decided_at is not None and (left := queries.left_since(address, person, decided_at)):
        raise Refused(
            _("%(address)s left on %(day)s, after this yes.")
            % {"address": address, "day": day(timezone.localdate(left))}
        )
    # Of the address the yes is kept: a person may read at several, and leave one of them.
    said: dict[str, Any] = {"wording": wording, "source": source, "proof": proof, "decided_at": decided_at}
    with suppress(AlreadyThere):
        consents.grant(address=address, **said, **_NEWSLETTER, by=by)
    # That she wanted it nowhere any more is taken back by her own yes, and by nothing less.
    newest = queries.newest_of_person(person) if person else None
    if newest is not None and newest.decision == Decision.WITHDRAWN:
        consents.grant(person=person, address=address, **said, **_NEWSLETTER, by=by)
    subscriber = subscriber or Subscriber(address=address)
    fill(subscriber, {"first_name": first_name or subscriber.first_name, "person": person})
    subscriber.state = SubscriberState.SUBSCRIBED
    check(subscriber)
    subscriber.save()
    subscriber.groups.set(groups)
    _tell("campaigns.subscriber_added", subscriber, by=by, source=source)
    return subscriber


@action(permission=CHANGE)
def change(
    *,
    subscriber: Subscriber,
    first_name: str,
    groups: Collection[NewsletterGroup],
    person: Person | None = None,
    seen: str = "",
    by: Actor,
) -> Subscriber:
    """Another name, other groups, or whose address it is. Raises Overtaken when somebody else changed it since
    ``seen``."""
    current = Subscriber.objects.select_for_update(of=("self",)).get(pk=subscriber.pk)
    check_unchanged(current, seen)
    changes = fill(current, {"first_name": first_name, "person": person})
    check(current)
    # Saved also when only the groups changed: by when it changed the mail service hears of it.
    changes += fill_many(current, {"groups": groups})
    if changes:
        current.save()
        _tell("campaigns.subscriber_changed", current, by=by, changes=changes)
    return current


@action(permission=CHANGE)
def move(*, subscriber: Subscriber, address: str, source: str, by: Actor) -> Subscriber:
    """They read at another address from now on, as ``source`` shows: the yes goes along, the old address has a no.

    Raises Invalid for what is no address, AlreadyThere for one that is a reader's, Refused for who left.
    """
    address = _address(address)
    take_turns(Subscriber, address)
    current = Subscriber.objects.select_for_update(of=("self",)).get(pk=subscriber.pk)
    if there := Subscriber.objects.filter(address=address).exclude(pk=current.pk).first():
        raise AlreadyThere(there)
    if not Subscriber.objects.reachable().filter(pk=current.pk).exists():
        raise Refused(_("%(address)s does not get the newsletter.") % {"address": current})
    if current.address != address:
        before = current.address
        yes = ConsentEntry.objects.filter(address=before, decision=Decision.GRANTED, **_NEWSLETTER)
        wording = yes.order_by("-decided_at", "-pk")[0].wording
        consents.grant(address=address, wording=wording, source=source, proof=before, **_NEWSLETTER, by=by)
        consents.withdraw(address=before, source=source, proof=address, **_NEWSLETTER, by=by)
        current.address = address
        current.save()
        _tell("campaigns.subscriber_moved", current, by=by, before=before)
    return current


@action(permission=CHANGE)
def leave(
    *,
    subscriber: Subscriber,
    source: str,
    proof: str = "",
    left_at: datetime.datetime | None = None,
    by: Actor,
) -> Subscriber:
    """They no longer want it, as ``source`` shows, since ``left_at`` or now. Safe to repeat."""
    current = Subscriber.objects.select_for_update(of=("self",)).get(pk=subscriber.pk)
    if current.state != SubscriberState.LEFT:
        # The ledger may have heard it elsewhere a moment ago.
        with suppress(AlreadyThere):
            consents.withdraw(
                address=current.address, source=source, proof=proof, decided_at=left_at, **_NEWSLETTER, by=by
            )
        current.state = SubscriberState.LEFT
        current.save()
        _tell("campaigns.subscriber_left", current, by=by, source=source)
    return current


@action(permission=CHANGE)
def fails(*, subscriber: Subscriber, reason: str, by: Actor) -> Subscriber:
    """Mail to them does not arrive (any more): nothing is sent there until the address is seen to. Safe to repeat."""
    current = Subscriber.objects.select_for_update(of=("self",)).get(pk=subscriber.pk)
    if current.state == SubscriberState.SUBSCRIBED:
        current.state = SubscriberState.FAILING
        current.save()
        _tell("campaigns.subscriber_fails", current, by=by, reason=reason)
    return current


@action(permission=VIEW)
def note_export(*, count: int, by: Actor) -> None:
    """Somebody takes the list of readers along as a file: should it get lost, this says when that was."""
    record("campaigns.subscribers_exported", by=by, on=[by] if isinstance(by, User) else [], count=count)


def _address(typed: str) -> str:
    try:
        return check_email(typed).lower()
    except ValueError as error:
        raise Invalid({"address": str(error)}) from error


def _tell(code: str, subscriber: Subscriber, *, by: Actor, **parameters: Any) -> None:
    on = [subscriber, *([subscriber.person] if subscriber.person else [])]
    record(code, by=by, on=on, address=subscriber.address, **parameters)
