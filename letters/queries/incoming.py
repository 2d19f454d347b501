"""What came in: reading a message, where it may belong, and the lists of the mailbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from crm.models import Network, User
from letters.inbound import kinds, placing, quoting, reading, wording
from letters.inbound.incoming import Incoming
from letters.inbound.kinds import Verdict
from letters.inbound.placement import Guess, Placement
from letters.inbound.reasons import Reason
from letters.models import IncomingGuess, IncomingMessage, IncomingState, Letterhead

from . import known

EXCERPT = 280


@dataclass(frozen=True, slots=True)
class Found:
    """A message as it was read, what it is, and where it belongs."""

    incoming: Incoming
    verdict: Verdict
    placement: Placement


def own_addresses() -> set[str]:
    """All addresses that are ours: of the network, its letterheads, its mailbox, and of everybody who works here."""
    found = {settings.MAIL_FROM, settings.MAIL_ARCHIVE, settings.IMAP["username"], Network.load().email}
    found |= set(Letterhead.objects.values_list("reply_address", flat=True))
    found |= set(User.objects.filter(is_active=True).values_list("email", flat=True))
    return {address.lower() for address in found if "@" in address}


def examine(raw: bytes) -> Found:
    """Read a message and look up where it belongs. At most eight queries; nothing is stored."""
    incoming = reading.read(raw)
    verdict = kinds.recognise(incoming, raw, own_addresses())
    return Found(incoming, verdict, placing.place(incoming, verdict, known.Archive()))


def excerpt(incoming: Incoming) -> str:
    """The first words that they wrote themselves, on one line."""
    words = " ".join((quoting.split(incoming.text).own or incoming.text).split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"


def of(state: IncomingState) -> QuerySet[IncomingMessage]:
    """The messages in a state, newest first, with what a list says of them."""
    return (
        IncomingMessage.objects.filter(state=state)
        .select_related("taken_up_by")
        .prefetch_related("guesses__recipient__letter", "places__recipient__letter")
        .order_by("-arrived_at", "-pk")
    )


def reasons(stored: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """Reasons as they were stored."""
    return tuple(Reason(one["code"], {k: v for k, v in one.items() if k != "code"}) for one in stored)


def guess_in_words(guess: IncomingGuess) -> str:
    """ "waarschijnlijk SP: afzender en kenmerk met 1 fout" """
    thread = known.threads([guess.recipient_id])[guess.recipient_id]
    return wording.guess(Guess(thread, reasons(guess.reasons), guess.is_likely))
