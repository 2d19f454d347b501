"""Messages for the outbox, and a real mail server at the end of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crm.actions import delivering, outgoing
from crm.actions.action import SYSTEM
from crm.actions.outgoing import Parcel
from crm.actions.outgoing_steps import PACE, Pace
from crm.models import OutgoingMessage, OutgoingState
from tests.servers.smtp import Server, smtp_server

BATCH = "letter:12"


def parcel(number: int = 1, *, batch: str = BATCH, body: str = "Geachte griffie,", **changes: Any) -> Parcel:
    """A finished message for the numbered recipient."""
    message_id = f"<{batch.replace(':', '-')}.{number}@spreekbuis.example>"
    raw = (
        f"Message-ID: {message_id}\r\nFrom: post@spreekbuis.example\r\nTo: partij{number}@raad.example\r\n"
        f"Subject: Jaarverslag\r\n\r\n{body}\r\n"
    )
    values: dict[str, Any] = {
        "key": f"{batch}:email:{number}",
        "batch": batch,
        "envelope_from": f"post+token{number}@spreekbuis.example",
        "envelope_to": f"partij{number}@raad.example",
        "raw": raw.encode(),
        "message_id": message_id,
        "reply_token": f"{batch.replace(':', '')}x{number}",
    }
    return Parcel(**values | changes)


def queued(count: int = 1, *, batch: str = BATCH, **changes: Any) -> list[OutgoingMessage]:
    """Messages that wait to be delivered."""
    rows = outgoing.enqueue(
        parcels=[parcel(number, batch=batch, **changes) for number in range(1, count + 1)], by=SYSTEM
    )
    outgoing.release(batch=batch, by=SYSTEM)
    return rows


def states(batch: str = BATCH) -> list[str]:
    """The states of a batch, in the order of the recipients."""
    return list(OutgoingMessage.objects.filter(batch=batch).order_by("pk").values_list("state", flat=True))


def drain(*, worker: str = "worker", pace: Pace = PACE, **options: Any) -> Counter[OutgoingState]:
    """One worker, until nothing is due."""
    return delivering.drain(worker=worker, pace=pace, **options)


@contextmanager
def mail_server(settings: Any, **plan: Any) -> Iterator[Server]:
    """A real server that the outbox of this test delivers to."""
    with smtp_server(**plan) as server:
        settings.SMTP = {
            "host": "127.0.0.1",
            "port": server.port,
            "username": "",
            "password": "",
            "security": "none",
        }
        settings.MAIL_ARCHIVE = ""
        yield server
