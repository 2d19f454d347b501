"""Who sent a message, as far as we know them, and to whom they likely belong."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from crm.models import Channel, ContactPoint, Mandate, Organisation, Person
from crm.queries import people
from letters.inbound.domains import is_free_mail, is_own
from letters.models import IncomingGuess, IncomingKind, IncomingMessage

MOST = 3
# Kinds whose sender is nobody to keep an address of.
_NOBODY = {
    IncomingKind.BOUNCE,
    IncomingKind.DELAY,
    IncomingKind.RECEIPT,
    IncomingKind.SPAM,
    IncomingKind.OWN,
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A sender whose address we do not have, and the organisations to which they may belong, the likeliest first.

    ``namesakes`` are the people of that name whom we know, each with a role that she has, if any.
    """

    name: str
    address: str
    organisations: tuple[Organisation, ...]
    namesakes: tuple[tuple[Person, Mandate | None], ...] = ()


def unknown(message: IncomingMessage) -> Unknown | None:
    """The sender, when their address stands nowhere yet. At most five queries."""
    address = message.sender_address.lower()
    if "@" not in address or message.kind in _NOBODY:
        return None
    points = ContactPoint.objects.filter(kind=Channel.EMAIL)
    if points.filter(lookup=address).exists():
        return None
    domain = address.rpartition("@")[2]
    found: dict[int, Organisation] = {}
    if not is_free_mail(domain):
        at = Organisation.objects.filter(
            contact_points__in=points.filter(lookup__endswith=f"@{domain}")
        ).distinct()
        # At a domain that several share, an address of one says nothing of the others.
        found |= {one.pk: one for one in at.order_by("sort_name", "pk") if _is_theirs(domain, one)}
    likely = IncomingGuess.objects.filter(message=message, is_likely=True).values("recipient")
    meant = Organisation.objects.filter(
        Q(letters_received__places__message=message) | Q(letters_received__in=likely)
    )
    found |= {one.pk: one for one in meant.distinct().order_by("sort_name", "pk")[:MOST]}
    return Unknown(
        message.sender_name,
        message.sender_address,
        tuple(found.values())[:MOST],
        _namesakes(message.sender_name),
    )


def known(message: IncomingMessage) -> Organisation | Person | None:
    """Whose the address of the sender is; None when it is of nobody, or of several. One query."""
    if message.kind in _NOBODY:
        return None
    lookup = message.sender_address.lower()
    points = ContactPoint.objects.filter(kind=Channel.EMAIL, lookup=lookup).select_related(
        "organisation", "person"
    )
    holders = {point.person or point.organisation for point in points if lookup}
    return holders.pop() if len(holders) == 1 else None


def _namesakes(name: str) -> tuple[tuple[Person, Mandate | None], ...]:
    found = people.called([name]).get(name, [])[:MOST]
    if not found:
        return ()
    running = Mandate.objects.held_on(timezone.localdate()).filter(person__in=found)
    # Of several roles the one that began last is named.
    roles: dict[int, Mandate] = {}
    for role in running.select_related("organisation"):
        roles.setdefault(role.person_id, role)
    return tuple((one, roles.get(one.pk)) for one in found)


def _is_theirs(domain: str, organisation: Organisation) -> bool:
    return any(is_own(domain, name) for name in (organisation.name, organisation.short_name) if name)
