"""The consent ledger: writing down a yes, a no longer, and a do not write. Nothing is ever changed in it."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.addresses import check_email
from crm.models import Channel, ConsentEntry, Decision, Person, User

from . import telling
from .action import Actor, action, record
from .changing import AlreadyThere, check, fill, take_turns


@action(permission="crm.add_consententry")
def grant(
    *,
    person: Person | None = None,
    address: str = "",
    purpose: str,
    channel: str,
    wording: str,
    source: str,
    proof: str = "",
    decided_at: datetime.datetime | None = None,
    by: Actor,
) -> ConsentEntry:
    """They said yes to a ``purpose`` by a ``channel``, in answer to the words ``wording``, as ``source`` shows.

    Raises Invalid without words or source: a yes that cannot be shown is none.
    """
    errors = {}
    if not wording.strip():
        errors["wording"] = _("Write down what they said yes to, in the words in which it was asked.")
    if not source.strip():
        errors["source"] = _("Write down where they said yes: a form, a conversation, a letter.")
    values = {"wording": wording, "proof": proof}
    return _enter(Decision.GRANTED, person, address, purpose, channel, source, decided_at, by, values, errors)


@action(permission="crm.add_consententry")
def withdraw(
    *,
    person: Person | None = None,
    address: str = "",
    purpose: str,
    channel: str,
    source: str,
    proof: str = "",
    decided_at: datetime.datetime | None = None,
    by: Actor,
) -> ConsentEntry:
    """They no longer want this; it wins over every earlier yes."""
    return _enter(
        Decision.WITHDRAWN, person, address, purpose, channel, source, decided_at, by, {"proof": proof}
    )


@action(permission="crm.add_consententry")
def object_to(
    *,
    person: Person | None = None,
    address: str = "",
    purpose: str,
    channel: str,
    source: str,
    proof: str = "",
    decided_at: datetime.datetime | None = None,
    by: Actor,
) -> ConsentEntry:
    """They asked us not to write at all (AVG art. 21); it wins everywhere, paper included."""
    return _enter(
        Decision.OBJECTED, person, address, purpose, channel, source, decided_at, by, {"proof": proof}
    )


def _enter(
    decision: Decision,
    person: Person | None,
    address: str,
    purpose: str,
    channel: str,
    source: str,
    decided_at: datetime.datetime | None,
    by: Actor,
    values: dict[str, str],
    errors: dict[str, str] | None = None,
) -> ConsentEntry:
    errors = dict(errors or {})
    entry = ConsentEntry(person=person, decision=decision)
    moment = decided_at or timezone.now()
    fill(entry, {"purpose": purpose, "channel": channel, "source": source, "decided_at": moment, **values})
    if not entry.source:
        errors.setdefault("source", _("Write down how they told us."))
    if moment > timezone.now() + datetime.timedelta(minutes=5):
        errors["decided_at"] = _("That is still to come.")
    entry.address = address.strip().lower()
    if entry.address and channel == Channel.EMAIL:
        try:
            entry.address = check_email(address).lower()
        except ValueError as error:
            errors["address"] = str(error)
    if person is None and not entry.address:
        errors["address"] = _("Say whose decision it is: a person or an address.")
    check(entry, errors)
    take_turns(ConsentEntry, entry.person_id, entry.address)
    same = ConsentEntry.objects.filter(person=person, address=entry.address, purpose=purpose, channel=channel)
    newest = same.order_by("-decided_at", "-pk").first()
    if newest is not None and newest.decision == decision and abs(newest.decided_at - moment) < _AGAIN:
        raise AlreadyThere(newest)
    entry.save()
    subjects = [
        subject for subject in (person, by if person is None else None) if isinstance(subject, Person | User)
    ]
    record(
        f"crm.consent_{decision.value}",
        by=by,
        on=subjects,
        name=str(person or entry.address),
        purpose=telling.choice(entry, "purpose"),
        channel=telling.choice(entry, "channel"),
        source=entry.source,
    )
    return entry


# The same decision within this time is the same form sent twice.
_AGAIN = datetime.timedelta(minutes=1)
