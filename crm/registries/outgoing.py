"""Who wants to know what became of a message, by the start of its key."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one message. ``state`` is one of the states of ``OutgoingMessage``.

    ``reply`` is what the mail server said, or the reason a person gave; ``by`` is the ``crm.actions.action.Actor``
    who said so, SYSTEM for the mail server.
    """

    pk: int
    key: str
    batch: str
    envelope_to: str
    state: str
    code: int | None
    reply: str
    at: datetime.datetime
    by: Any


SUBSCRIBERS: dict[str, Callable[[Result], None]] = {}


def on_result(prefix: str, callback: Callable[[Result], None]) -> None:
    """Have ``callback`` called for every message whose key starts with ``prefix``.

    It is called when the message is accepted, refused, uncertain, dropped or bounced, in the transaction that says
    so: only quick work in the database belongs in it. Raises ValueError when the prefix is taken by another callback.
    """
    if SUBSCRIBERS.setdefault(prefix, callback) != callback:
        raise ValueError(f"Results of {prefix!r} have a subscriber already.")


def subscribers(key: str) -> list[Callable[[Result], None]]:
    """The callbacks for a key."""
    return [callback for prefix, callback in SUBSCRIBERS.items() if key.startswith(prefix)]
