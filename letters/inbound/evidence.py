"""What in a message points at a letter of ours: tokens, message ids, references, and who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from letters.inbound import callings, forwards, quoting, references
from letters.inbound.domains import is_free_mail
from letters.inbound.headers import Mailbox
from letters.inbound.incoming import Incoming
from letters.inbound.kinds import Kind, Verdict
from letters.inbound.known import Thread, Wanted
from letters.inbound.quoting import Piece, Reply, Voice
from letters.inbound.references import Found, Near
from letters.inbound.tokens import tokens

FROM_SERVERS: Final = {Kind.BOUNCE, Kind.DELAY, Kind.RECEIPT}
_MOST_NESTED: Final = 10
_MOST_WORDS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Trail:
    """Something that leads to one thread for certain: ``code`` says how, by a token or a message id."""

    code: str
    token: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found. ``trails`` come in groups: in each, the first that leads anywhere is the one that counts.

    ``speakers`` are the addresses of whose message this is: the sender, or who wrote what one of us passes on;
    ``quoted`` those of whom somebody says that they wrote what stands below, which anyone could have typed.
    """

    trails: tuple[tuple[Trail, ...], ...]
    found: tuple[Found, ...]
    near: tuple[Near, ...]
    speakers: tuple[str, ...]
    quoted: tuple[str, ...]
    domains: tuple[str, ...]
    failed: tuple[str, ...]
    quoted_recipients: frozenset[str]
    words: str
    # The names of whose message this is, what may be their organisation by its last lines and names, and by domain.
    senders: tuple[str, ...]
    signed: frozenset[str]
    by_domain: Mapping[str, frozenset[str]]

    @property
    def wanted(self) -> Wanted:
        """What is to be looked up."""
        trails = [trail for group in self.trails for trail in group]
        references = {found.reference for found in self.found}
        references.update(*(near.possible for near in self.near))
        return Wanted(
            tokens=frozenset(trail.token for trail in trails if trail.token),
            message_ids=frozenset(trail.message_id for trail in trails if trail.message_id),
            references=frozenset(references),
            addresses=frozenset(filter(None, (*self.speakers, *self.quoted, *self.failed))),
            domains=frozenset(filter(None, self.domains)),
            names=frozenset(self.senders),
            called=self.signed.union(*self.by_domain.values()),
        )

    def names(self, thread: Thread) -> bool:
        """Whether the recipient is named by the sender or in what they wrote."""
        name = thread.name.casefold()
        return name in self.words and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.words) is not None

    def quotes_letter_to(self, thread: Thread) -> bool:
        """Whether the letter they quote was addressed to this recipient."""
        return not self.quoted_recipients.isdisjoint(thread.addresses)


def gather(incoming: Incoming, verdict: Verdict) -> Evidence:
    """The evidence in a message. Nothing is looked up yet."""
    reply = quoting.split(incoming.text)
    if verdict.kind in FROM_SERVERS:
        # A server has no words of its own that count; what it returns of ours is a quotation.
        reply = Reply((Piece(Voice.QUOTED, incoming.text),))
    # In a message of our own it is the addressee who says whose it is; a server speaks for nobody.
    speaking = (
        [*incoming.to, *incoming.cc] if verdict.kind == Kind.OWN else [verdict.writer or incoming.sender]
    )
    below = [inner.sender for inner in _nested(incoming)] + [one.sender for one in incoming.forwards]
    people = [] if verdict.kind in FROM_SERVERS else [*speaking, *below]
    addresses = tuple(dict.fromkeys(mailbox.address for mailbox in people if mailbox.address))
    speakers = tuple(one for one in addresses if one in {mailbox.address for mailbox in speaking})
    found_domains = dict.fromkeys(
        address.rpartition("@")[2] for address in addresses if verdict.kind != Kind.OWN
    )
    domains = tuple(domain for domain in found_domains if not is_free_mail(domain))
    names = () if verdict.kind == Kind.OWN else tuple(dict.fromkeys(one.name for one in people if one.name))
    quoted = forwards.quoted_messages(incoming.text)
    written = (*(mailbox.name for mailbox in people), incoming.subject, reply.signature, reply.own)
    return Evidence(
        trails=tuple(_trails(incoming, verdict)),
        found=references.find(incoming, reply),
        near=references.near(incoming, reply),
        speakers=speakers,
        quoted=tuple(one for one in addresses if one not in speakers),
        domains=domains,
        failed=tuple(failure.address for failure in verdict.bounce.failures) if verdict.bounce else (),
        quoted_recipients=frozenset(to.address for one in quoted for to in one.to),
        words="\n".join(written)[:_MOST_WORDS].casefold(),
        senders=names,
        signed=(
            callings.under(reply.own) | callings.under(reply.signature) | callings.of_names(names)
            if speakers and verdict.kind != Kind.OWN
            else frozenset()
        ),
        by_domain={domain: callings.of_domain(domain) for domain in domains if domain},
    )


def _trails(incoming: Incoming, verdict: Verdict) -> Iterator[tuple[Trail, ...]]:
    """First to whom it was sent, then what it answers, then what it returns or passes on."""
    sent_to = (*incoming.delivered_to, *(mailbox.address for mailbox in (*incoming.to, *incoming.cc)))
    for token in tokens(sent_to):
        yield (Trail("token", token=token),)
    yield from _answers(incoming, "reply")
    if verdict.kind == Kind.OWN:
        yield (Trail("own_copy", message_id=incoming.message_id),)
        yield tuple(Trail("own_copy", token=token) for token in tokens(_addresses(incoming.reply_to)))
    if verdict.bounce:
        yield tuple(Trail("returned", message_id=one) for one in verdict.bounce.message_ids)
        yield tuple(Trail("returned", token=token) for token in verdict.bounce.tokens)
    elif verdict.kind in FROM_SERVERS:
        # A read receipt names the message in its report alone.
        yield tuple(Trail("returned", message_id=one) for one in _ids_in(incoming.reports))
    else:
        for inner in _nested(incoming):
            yield from _answers(inner, "forward")
            inner_to = (*inner.delivered_to, *_addresses((*inner.to, *inner.cc)))
            yield tuple(Trail("forward", token=token) for token in tokens(inner_to))
            yield (Trail("forward", message_id=inner.message_id),)
        for quoted in incoming.forwards:
            yield (Trail("forward", message_id=quoted.message_id),)
            yield tuple(Trail("forward", token=token) for token in tokens(_addresses(quoted.to)))


def _answers(incoming: Incoming, code: str) -> Iterator[tuple[Trail, ...]]:
    # What is answered stands in In-Reply-To; References also names all that went before, the nearest last.
    nearest = (*incoming.in_reply_to, *reversed(incoming.references))
    yield tuple(Trail(code, message_id=one) for one in dict.fromkeys(nearest))


def _nested(incoming: Incoming) -> Iterator[Incoming]:
    """The messages inside, one level deep: what is inside those belongs to their story."""
    yield from incoming.nested[:_MOST_NESTED]


def _addresses(mailboxes: tuple[Mailbox, ...]) -> tuple[str, ...]:
    return tuple(mailbox.address for mailbox in mailboxes)


def _ids_in(reports: tuple[str, ...]) -> list[str]:
    return [
        one for report in reports for one in re.findall(r"original-message-id:\s*(<[^<>\s]+>)", report, re.I)
    ]
