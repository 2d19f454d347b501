"""What Mailchimp tells us by itself: whether a message is really from it, and what it says.

Form-encoded, as in mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks; signed in a header
``X-Mailchimp-Signature: t=<seconds>,v1=<hex>`` over the moment, a full stop and the raw body.
"""

from __future__ import annotations

import datetime
import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl

TOLERANCE_SECONDS: Final = 300
_MOST_FIELDS: Final = 200
_LONGEST: Final = 320


class Unreadable(Exception):
    """It is no message as Mailchimp writes them."""


@dataclass(frozen=True, slots=True)
class Event:
    """One message. ``kind`` is subscribe, unsubscribe, cleaned, profile or upemail, or another that nobody reads here;
    ``address`` is the new one and ``before`` the old one of an upemail; ``reason`` is abuse for a complaint, and
    ``action`` delete when somebody there took them off the list."""

    kind: str
    key: str
    fired_at: datetime.datetime
    audience: str
    address: str
    before: str = ""
    first_name: str = ""
    reason: str = ""
    action: str = ""


def is_signed(body: bytes, header: str, *, key: str, now: float) -> bool:
    """Whether who knows the key signed this body, and not longer ago than five minutes."""
    said = dict(part.strip().partition("=")[::2] for part in header.split(",")[:10])
    moment = said.get("t", "")
    if not (moment.isascii() and moment.isdecimal() and len(moment) < 15):
        return False
    expected = hmac.new(key.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    given = said.get("v1", "").encode("utf-8", "replace")
    return hmac.compare_digest(expected.encode(), given) and abs(now - int(moment)) <= TOLERANCE_SECONDS


def read(body: bytes) -> Event:
    """What a body says. Raises Unreadable."""
    try:
        fields = dict(
            parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        )
        # Without a zone; theirs is UTC.
        fired_at = datetime.datetime.fromisoformat(fields.get("fired_at", ""))
    except ValueError as error:
        raise Unreadable(str(error)) from error
    kind, address = fields.get("type", ""), _address(fields, "new_email") or _address(fields, "email")
    return Event(
        kind=kind,
        key=fields.get("data[id]") or fields.get("data[new_id]") or address,
        fired_at=fired_at.replace(tzinfo=datetime.UTC) if fired_at.tzinfo is None else fired_at,
        audience=fields.get("data[list_id]", ""),
        address=address,
        before=_address(fields, "old_email"),
        first_name=fields.get("data[merges][FNAME]", "").strip(),
        reason=fields.get("data[reason]", ""),
        action=fields.get("data[action]", ""),
    )


def _address(fields: dict[str, str], name: str) -> str:
    return fields.get(f"data[{name}]", "").strip().lower()[:_LONGEST]
