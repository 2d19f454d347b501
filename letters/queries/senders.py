"""Who sent a message, as far as we know them, and to whom they likely belong."""

from __future__ import annotations

from dataclasses import dataclass

from crm.models import Channel, ContactPoint, Organisation
from letters.inbound.domains import is_free_mail
from letters.models import IncomingKind, IncomingMessage

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
    """A sender whose address we do not have, and the organisations to which they may belong, the likeliest first."""

    name: str
    address: str
    organisations: tuple[Organisation, ...]


def unknown(message: IncomingMessage) -> Unknown | None:
    """The sender, when their address stands nowhere yet. At most three queries."""
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
        found |= {one.pk: one for one in at.order_by("sort_name", "pk")[:MOST]}
    placed = Organisation.objects.filter(letters_received__places__message=message).distinct()
    found |= {one.pk: one for one in placed.order_by("sort_name", "pk")[:MOST]}
    return Unknown(message.sender_name, message.sender_address, tuple(found.values())[:MOST])
