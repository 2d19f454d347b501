"""What came in: reading a message, where it may belong, and the lists of the mailbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.dates import long_date
from crm.dutch.folding import query_terms
from crm.models import Network, OutgoingMessage, User
from crm.registries.search import Hit
from letters.inbound import evidence, findable, kinds, personal, placing, reading, wording
from letters.inbound.evidence import Evidence
from letters.inbound.headers import Mailbox
from letters.inbound.incoming import Incoming
from letters.inbound.kinds import Verdict
from letters.inbound.known import Wanted
from letters.inbound.outcomes import Outcome
from letters.inbound.personal import PERSONAL
from letters.inbound.placement import Guess, Placement
from letters.inbound.reasons import Reason
from letters.models import (
    IncomingGuess,
    IncomingKind,
    IncomingMessage,
    IncomingState,
    Letter,
    Letterhead,
    Recipient,
)  # fmt: skip
from letters.models.letters import OUT

from . import known, openly

EXCERPT = 280
MOST_FOUND = 30
_ABOUT_SENDER = {"sent_by_other", "unverified"}
# Kinds about which nobody needs to be asked when they lead nowhere.
_PASSED_OVER = {kinds.Kind.DELAY, kinds.Kind.RECEIPT, kinds.Kind.AUTO_REPLY, kinds.Kind.OWN}


@dataclass(frozen=True, slots=True)
class Found:
    """A message as it was read, what it is, and where it belongs."""

    incoming: Incoming
    verdict: Verdict
    placement: Placement
    # The message ids that would lead somewhere.
    answers_to: frozenset[str]
    # Who wrote it: for what one of us passed on somebody else than who sent it.
    writer: Mailbox


def own_addresses() -> set[str]:
    """All addresses that are ours: of the network, its letterheads, its mailbox, and of everybody who works here."""
    fixed = {settings.MAIL_FROM, settings.MAIL_ARCHIVE, str(settings.IMAP["username"])}
    found: set[str] = set(
        Network.objects.order_by()
        .values_list("email", flat=True)
        .union(
            Letterhead.objects.order_by().values_list("reply_address", flat=True),
            User.objects.filter(is_active=True).order_by().values_list("email", flat=True),
        )
    )
    return {address.lower() for address in found | fixed if "@" in address}


def examine(raw: bytes, *, is_sent: bool = False) -> Found:
    """Read a message and look up where it belongs. At most fourteen queries; nothing is stored.

    ``is_sent``: it was found among what we sent ourselves.
    """
    return examine_all([raw], [is_sent])[0]


def examine_all(raws: Iterable[bytes], are_sent: Iterable[bool] = repeat(False)) -> list[Found]:
    """The same for several messages, in as many queries as for one; of their bytes one is in memory at a time."""
    own = own_addresses()
    read = [(*parse(raw, own), is_sent) for raw, is_sent in zip(raws, are_sent, strict=False)]
    wanted = [seen.wanted for _incoming, _verdict, seen, _is_sent in read]
    found = known.Archive().look_up(Wanted.together(wanted))
    return [
        Found(
            _shown(incoming, is_personal=bool(found.about(asked).to_us)),
            verdict,
            placing.decide(incoming, verdict, seen, found.about(asked), is_sent=is_sent),
            asked.message_ids,
            verdict.writer or incoming.sender,
        )
        for (incoming, verdict, seen, is_sent), asked in zip(read, wanted, strict=True)
    ]


def _shown(incoming: Incoming, *, is_personal: bool) -> Incoming:
    """What everybody may know of it: of mail to one of us that came back only what was put above it."""
    if is_personal or PERSONAL in incoming.problems:
        return personal.own_words(incoming, openly.personal_places())
    return incoming


def parse(raw: bytes, own: set[str]) -> tuple[Incoming, Verdict, Evidence]:
    """All that can be known of a message without looking anything up."""
    incoming = reading.read(raw)
    verdict = kinds.recognise(incoming, raw, own)
    if personal.arrives_in(raw, incoming, openly.personal_places()):
        incoming = replace(incoming, problems=(*incoming.problems, PERSONAL))
    return incoming, verdict, evidence.gather(incoming, verdict)


def outcome(found: Found) -> Outcome:
    """What becomes of a message that is new. At most two queries; nothing is stored."""
    kind, placement = found.verdict.kind, found.placement
    if _came_before(found):
        return Outcome.DOUBLED
    if (
        kind == kinds.Kind.OWN
        and OutgoingMessage.objects.filter(message_id=found.incoming.message_id).exists()
    ):
        return Outcome.COPY
    if kind == kinds.Kind.SPAM:
        return Outcome.SPAM
    if placement.places:
        return Outcome.PLACED
    if placement.guesses:
        return Outcome.GUESSED
    return Outcome.PASSED_OVER if kind in _PASSED_OVER else Outcome.UNKNOWN


def _came_before(found: Found) -> bool:
    """Whether the same message came in by another way, with other transport fields."""
    incoming = found.incoming
    if not incoming.message_id:
        return False
    same_id = IncomingMessage.objects.filter(message_id=incoming.message_id[:250], sent_at=incoming.sent_at)
    rows = set(same_id.order_by().values_list("sender_address", "subject", "excerpt"))
    return bool(rows) and (found.writer.address[:320], incoming.subject[:300], excerpt(found)) in rows


def excerpt(found: Found) -> str:
    """The first words that they wrote themselves, on one line."""
    words = " ".join(findable.written_by(found.writer.address, found.incoming).split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"


def of(state: IncomingState) -> QuerySet[IncomingMessage]:
    """The messages in a state, newest first, with what a list says of them."""
    return (
        IncomingMessage.objects.filter(state=state)
        .prefetch_related("guesses__recipient__letter", "places__recipient__letter")
        .order_by("-arrived_at", "-pk")
    )


def reasons(stored: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """Reasons as they were stored."""
    return tuple(Reason(one["code"], {k: v for k, v in one.items() if k != "code"}) for one in stored)


def guesses_in_words(guesses: Iterable[IncomingGuess]) -> list[tuple[IncomingGuess, str]]:
    """Each guess with how it reads: "waarschijnlijk SP: afzender en kenmerk met 1 fout". Three queries."""
    found = list(guesses)
    threads = known.threads({guess.recipient_id for guess in found})
    return [
        (
            guess,
            wording.guess(Guess(threads[guess.recipient_id], reasons(guess.reasons), guess.is_likely)),
        )
        for guess in found
        if guess.recipient_id in threads
    ]


def best_guesses(messages: Iterable[IncomingMessage]) -> dict[int, str]:
    """The likeliest place of each message, in words, by its id. Reads the guesses that ``of`` fetched."""
    first = [guess for message in messages for guess in message.guesses.all() if guess.rank == 1]
    return {guess.message_id: words for guess, words in guesses_in_words(first)}


def kind_in_words(message: IncomingMessage) -> str:
    """Why a message is of its kind, in sentences."""
    if not message.kind:
        return ""
    return wording.verdict(Verdict(kinds.Kind(message.kind), reasons(message.kind_reasons)))


def notes_in_words(message: IncomingMessage) -> list[str]:
    """What stands in the way of being certain, and what is wrong with it, in sentences."""
    notes = [_note(one) for one in reasons(message.notes)]
    return [*notes, *wording.problems(message.problems)]


def about_sender(message: IncomingMessage) -> list[str]:
    """What is to be known of who sent it wherever it is read, in sentences."""
    return [_note(one) for one in reasons(message.notes) if one.code in _ABOUT_SENDER]


def _note(reason: Reason) -> str:
    match reason.code:
        case "doubled":
            return _("This message came in before by another road.")
        case "unreadable":
            return _("We cannot read this message. Look at it as it came, under “Technical”.")
        case "kenmerk_unknown":
            letter = Letter.objects.filter(reference=reason.params["letter"]).first()
            if letter is not None and letter.state not in OUT:
                return _(
                    "Reference %(reference)s stands in the message. That letter was never sent (%(state)s)."
                ) % {"reference": letter.reference, "state": letter.get_state_display()}
    return wording.note(reason)


def find(text: str, limit: int, user: Any) -> list[Hit]:
    """Messages with all these words in what they wrote, the newest first. Two queries."""
    terms = query_terms(text)
    if not terms or not user.has_perm("letters.view_incomingmessage"):
        return []
    found = IncomingMessage.objects.exclude(kind=IncomingKind.SPAM)
    for term in terms:
        found = found.filter(search_text__contains=term)
    rows = found.defer("search_text").prefetch_related("places__recipient").order_by("-arrived_at", "-pk")
    return [
        Hit(kind="incoming", pk=one.pk, title=str(one), subtitle=_described(one), url=one.get_absolute_url())
        for one in rows[:limit]
    ]


def _described(message: IncomingMessage) -> str:
    names = [place.recipient.name for place in message.places.all()]
    written = long_date(timezone.localtime(message.moment).date())
    return " · ".join(filter(None, [message.sender, written, ", ".join(names)]))


def recipients_for(query: str) -> QuerySet[Recipient]:
    """Recipients of letters that left, by words of their name, or the subject or reference of the letter."""
    found = Recipient.objects.filter(letter__state__in=OUT).select_related("letter")
    for word in query.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(letter__subject__icontains=word)
            | Q(letter__reference__icontains=word)
        )
    return found.order_by("-letter__dated_on", "-letter_id", "position", "pk")[:MOST_FOUND]
