"""What the placing of messages has to know of what was sent: plain values, and the questions it asks."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Thread:
    """One letter to one recipient, and all that followed.

    ``letter`` is its reference (kenmerk); ``name`` the recipient as a person would say it, the same in all its
    threads; ``addresses`` are all e-mail addresses of that recipient, in lower case.
    """

    key: Hashable
    letter: str
    name: str
    addresses: frozenset[str]
    sent_at: datetime


class Known(Protocol):
    """Looks things up: each question is asked at most once a message, for everything at once.

    An answer leaves out what is not known. Addresses and domains are in lower case, message ids have their angle
    brackets, references are as issued.
    """

    def by_token(self, tokens: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """The thread of each reply token."""

    def by_message_id(self, message_ids: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """The threads of each message id: of what was sent, and of what came back before."""

    def by_reference(self, references: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """The threads of each letter, one for each recipient."""

    def by_address(self, addresses: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """The threads of the recipients who have this address."""

    def by_domain(self, domains: Collection[str]) -> Mapping[str, Sequence[Thread]]:
        """The threads of the recipients who have an address at this domain."""
