"""Mail that Django and Wagtail send themselves, such as a new password: it leaves through the outbox like all mail."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from crm.models.outgoing import new_message_id, new_reply_token

from . import outgoing
from .action import SYSTEM, Refused


class OutboxBackend(BaseEmailBackend):
    """The setting ``EMAIL_BACKEND``: hands every message over, one per recipient, and lets it go.

    A room that sends mail of another ``kind`` says so in a subclass: with it the key of each message begins.
    """

    kind = "account"

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken. Raises Refused for an address that cannot be, unless ``fail_silently``."""
        taken = 0
        for message in email_messages:
            for address in message.recipients():
                try:
                    _send(message, address, self.kind)
                except Refused:
                    if not self.fail_silently:
                        raise
                else:
                    taken += 1
        return taken


def _send(message: EmailMessage, address: str, kind: str) -> None:
    sender = parseaddr(message.from_email)[1]
    message_id = new_message_id(sender.rpartition("@")[2])
    headers: dict[str, Any] = {**message.extra_headers, "Message-ID": message_id}
    message.extra_headers, kept = headers, message.extra_headers
    raw = message.message().as_bytes(linesep="\r\n")
    message.extra_headers = kept
    parcel = outgoing.Parcel(
        key=f"{kind}:{message_id}",
        batch=f"{kind}:{message_id}",
        envelope_from=sender,
        envelope_to=parseaddr(address)[1] or address,
        raw=raw if raw.endswith(b"\r\n") else raw + b"\r\n",
        message_id=message_id,
        reply_token=new_reply_token(),
    )
    outgoing.enqueue(parcels=[parcel], by=SYSTEM)
    outgoing.release(batch=parcel.batch, by=SYSTEM)
