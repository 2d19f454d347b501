"""What the placing of messages has to know of what was sent: plain values, and the question it asks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that is looked up for a message. Addresses and domains are in lower case, message ids have their angle
    brackets, references are as issued. ``names`` are those of the senders, as they stand there; ``called`` what an
    organisation may be called, folded and without spaces."""

    tokens: frozenset[str] = frozenset()
    message_ids: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        groups = (self.tokens, self.message_ids, self.references, self.addresses, self.domains)
        return any((*groups, self.names, self.called))

    @classmethod
    def together(cls, several: Iterable[Wanted]) -> Wanted:
        """What is looked up for several messages at once."""
        every = list(several)
        return cls(
            tokens=frozenset().union(*(one.tokens for one in every)),
            message_ids=frozenset().union(*(one.message_ids for one in every)),
            references=frozenset().union(*(one.references for one in every)),
            addresses=frozenset().union(*(one.addresses for one in every)),
            domains=frozenset().union(*(one.domains for one in every)),
            names=frozenset().union(*(one.names for one in every)),
            called=frozenset().union(*(one.called for one in every)),
        )


Threads = Mapping[str, Sequence[Thread]]


@dataclass(frozen=True, slots=True)
class Answers:
    """The threads by what was wanted; what is not known is left out.

    ``by_token`` are those of reply tokens; ``by_message_id`` of what was sent, and of what came back before;
    ``by_reference`` those of a letter, one for each recipient; ``by_address`` those of the recipients who have this
    address; ``by_domain`` those of the recipients who have an address at this domain; ``by_name`` those to somebody of
    this name, or to where she has a role; ``by_called`` those to the organisation that is called so.
    """

    by_token: Threads = field(default_factory=dict)
    by_message_id: Threads = field(default_factory=dict)
    by_reference: Threads = field(default_factory=dict)
    by_address: Threads = field(default_factory=dict)
    by_domain: Threads = field(default_factory=dict)
    by_name: Threads = field(default_factory=dict)
    by_called: Threads = field(default_factory=dict)
    # The tokens and message ids of mail to one of us: it belongs to no thread.
    to_us: frozenset[str] = frozenset()

    def about(self, wanted: Wanted) -> Answers:
        """Those for one of the messages that they were looked up for."""
        return Answers(
            by_token=_of(self.by_token, wanted.tokens),
            by_message_id=_of(self.by_message_id, wanted.message_ids),
            by_reference=_of(self.by_reference, wanted.references),
            by_address=_of(self.by_address, wanted.addresses),
            by_domain=_of(self.by_domain, wanted.domains),
            by_name=_of(self.by_name, wanted.names),
            by_called=_of(self.by_called, wanted.called),
            to_us=self.to_us & (wanted.tokens | wanted.message_ids),
        )


def _of(threads: Threads, values: frozenset[str]) -> Threads:
    return {value: threads[value] for value in values if value in threads}


class Known(Protocol):
    """Looks things up: once a message, for everything at once."""

    def look_up(self, wanted: Wanted) -> Answers:
        """What is known of it."""
