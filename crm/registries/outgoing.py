"""Who wants to know what became of a message, and says what it is about, by the start of its key."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
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


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, in the reader's language, and the screen where that is; "" when there is none."""

    words: str
    url: str = ""


Describe = Callable[[Collection[str]], Mapping[str, About]]
DESCRIPTIONS: dict[str, Describe] = {}
# The starts of keys of messages that are settled on a screen of their own, such as that of the letter.
ELSEWHERE: set[str] = set()


def describe(prefix: str, words: Describe, *, settled_elsewhere: bool = False) -> None:
    """Have ``words`` say what messages are about whose keys start with ``prefix``, for many at once.

    Raises ValueError when the prefix is taken by another one.
    """
    if DESCRIPTIONS.setdefault(prefix, words) != words:
        raise ValueError(f"Messages of {prefix!r} are described already.")
    if settled_elsewhere:
        ELSEWHERE.add(prefix)


def about(keys: Collection[str]) -> dict[str, About]:
    """What messages are about, by key; one call per kind."""
    found: dict[str, About] = {}
    for prefix, words in DESCRIPTIONS.items():
        if mine := [key for key in keys if key.startswith(prefix)]:
            found |= words(mine)
    return found
