"""Putting what came in where it belongs: for certain by itself, else parked until a person says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from crm.actions import outgoing
from crm.actions.action import SYSTEM, Actor, Refused, action, record
from crm.models import OutgoingMessage, OutgoingState, User
from letters.inbound import findable
from letters.inbound.incoming import Incoming
from letters.inbound.kinds import Verdict
from letters.inbound.outcomes import Outcome
from letters.inbound.placement import Placement
from letters.inbound.reasons import Reason
from letters.models import (
    Cause,
    IncomingGuess,
    IncomingKind,
    IncomingMessage,
    IncomingPlace,
    IncomingState,
    Letter,
    Recipient,
    Sighting,
)
from letters.models.incoming import CUT_OFF, TRANSITIONS
from letters.models.letters import OUT
from letters.models.mailboxes import SENT
from letters.queries import incoming as queries

from . import answering, telling
from .thread_lines import tell

K = IncomingKind
S = IncomingState
PERMISSION = "letters.change_incomingmessage"

# The line on the timeline for each kind of message that has one there; what came back is told by the outbox.
_TOLD = {
    K.ANSWER: "letters.answered",
    K.INVITATION: "letters.invited",
    K.ACKNOWLEDGEMENT: "letters.acknowledged",
    K.AUTO_REPLY: "letters.auto_replied",
    K.DELAY: "letters.delayed",
    K.OWN: "letters.we_wrote",
}
# What nobody sends before a letter arrived; and how it is known that it comes from who got it.
_FROM_WHO_GOT_IT = {K.ANSWER, K.INVITATION, K.ACKNOWLEDGEMENT, K.AUTO_REPLY, K.RECEIPT}
_PROOFS = {"token", "reply", "returned", "forward", "address"}
# Every other message that was just read is set aside.
_STATES = {Outcome.PLACED: S.PLACED, Outcome.GUESSED: S.PARKED, Outcome.UNKNOWN: S.PARKED}


def place(*, message: IncomingMessage) -> IncomingMessage:
    """Read a message that was just stored, and put it where it belongs, or aside, or park it with guesses.

    Safe to repeat: a message that was read before stays as it is. Raises OSError when its bytes are away.
    """
    return _put(message, queries.examine(message.raw.read(), is_sent=_are_sent([message])[0]))


def place_all(*, messages: Sequence[IncomingMessage]) -> None:
    """The same for several that were just stored, with one look at what was sent; each in a transaction of its own."""
    found = queries.examine_all((message.raw.read() for message in messages), _are_sent(messages))
    ids = {one.incoming.message_id for one in found if one.incoming.message_id}
    later = []
    for message, one in zip(messages, found, strict=True):
        if (one.answers_to - {one.incoming.message_id}) & ids:
            # What it answers came in with it: that gets its place first.
            later.append(message)
        else:
            _put(message, one)
    for message in later:
        place(message=message)


def _are_sent(messages: Sequence[IncomingMessage]) -> list[bool]:
    """Of each message whether it was found among what we sent ourselves."""
    seen = Sighting.objects.filter(message__in=messages, source=SENT)
    sent = set(seen.values_list("message_id", flat=True))
    return [message.pk in sent for message in messages]


def _put(message: IncomingMessage, found: queries.Found) -> IncomingMessage:
    with transaction.atomic():
        current = IncomingMessage.objects.select_for_update().get(pk=message.pk)
        if current.state != S.STORED:
            return current
        outcome = queries.outcome(found)
        _fill(current, found)
        if outcome in (Outcome.DOUBLED, Outcome.COPY):
            if outcome == Outcome.COPY:
                _left(current)
            current.notes = [{"code": "doubled"}]
            _set_state(current, S.SET_ASIDE)
            return current
        places = [(_key(one.thread.key), one.reasons) for one in found.placement.places]
        _keep_guesses(current, found.placement)
        _set_state(current, _STATES.get(outcome, S.SET_ASIDE))
        _belongs_to(current, places, answers=found.incoming.in_reply_to, by=SYSTEM)
        _conclude(current, found.verdict)
    return current


def park_unread(*, message: IncomingMessage) -> IncomingMessage:
    """A message that cannot be read is shown among those that wait for a person, with its bytes to look at."""
    with transaction.atomic():
        current = IncomingMessage.objects.select_for_update().get(pk=message.pk)
        if current.state == S.STORED:
            current.notes = [{"code": "unreadable"}]
            _set_state(current, S.PARKED)
    return current


@action(permission=PERMISSION)
def place_by_hand(*, message: IncomingMessage, recipients: Sequence[Recipient], by: Actor) -> IncomingMessage:
    """Say where a message belongs: with these recipients, beside where it stands already.

    Raises Refused without a recipient, for a letter that did not leave, or for a message that is there already.
    """
    if Letter.objects.filter(recipients__in=recipients).exclude(state__in=OUT).exists():
        raise Refused(_("That letter was not sent yet. Choose one that was."))
    current = IncomingMessage.objects.select_for_update().get(pk=message.pk)
    there = set(current.places.values_list("recipient_id", flat=True))
    new = [recipient for recipient in recipients if recipient.pk not in there]
    if not new:
        raise Refused(
            _("It stands there already. Choose another letter.")
            if recipients
            else _("Choose to which letter it belongs.")
        )
    if current.kind == K.SPAM:
        # Who places it says what it is.
        current.kind = K.ANSWER
        current.save(update_fields=["kind"])
    _set_state(current, S.PLACED)
    read = _read(current)
    answers = read[0].in_reply_to if read else ()
    _belongs_to(current, [(recipient.pk, ()) for recipient in new], answers=answers, by=by)
    _tell("letters.placed_by_hand", current, new, by=by)
    if read:
        _conclude(current, read[1])
    return current


def _read(message: IncomingMessage) -> tuple[Incoming, Verdict] | None:
    """A message and what it is; None when it cannot be read (any more), and says nothing about what we sent."""
    try:
        return queries.parse(message.raw.read(), queries.own_addresses())[:2]
    except (OSError, ValueError):
        return None


@action(permission=PERMISSION)
def take_away(*, message: IncomingMessage, recipient: Recipient, by: Actor) -> IncomingMessage:
    """It does not belong with this recipient after all; without any other place it is parked again."""
    current = IncomingMessage.objects.select_for_update().get(pk=message.pk)
    taken, _rows = current.places.filter(recipient=recipient).delete()
    if not taken:
        raise Refused(_("It does not stand there (any more). Load the page again."))
    if not current.places.exists():
        _set_state(current, S.PARKED)
    _tell("letters.taken_away", current, [recipient], by=by)
    return current


@action(permission=PERMISSION)
def set_aside(*, message: IncomingMessage, by: Actor) -> IncomingMessage:
    """Nothing needs to be done with it: spam, or not about any letter. It stays to be found."""
    current = IncomingMessage.objects.select_for_update().get(pk=message.pk)
    if current.places.exists():
        raise Refused(_("This message belongs to a letter. Take it away there first."))
    _set_state(current, S.SET_ASIDE)
    record("letters.message_set_aside", by=by, on=[current], subject=telling.subject(current))
    return current


@action(permission=PERMISSION)
def bring_back(*, message: IncomingMessage, by: Actor) -> IncomingMessage:
    """A message that was set aside asks for a place again."""
    current = IncomingMessage.objects.select_for_update().get(pk=message.pk)
    if current.state != S.SET_ASIDE:
        raise Refused(_("This message is not set aside (any more). Load the page again."))
    _set_state(current, S.PARKED)
    record("letters.message_brought_back", by=by, on=[current], subject=telling.subject(current))
    return current


def _set_state(message: IncomingMessage, to: IncomingState) -> None:
    state = IncomingState(message.state)
    if to not in TRANSITIONS[state]:
        raise Refused(
            _("This message is “%(state)s”; that cannot be done now.")
            % {"state": message.get_state_display()}
        )
    message.state = to
    message.save()


def _fill(message: IncomingMessage, found: queries.Found) -> None:
    incoming, verdict, placement, writer = found.incoming, found.verdict, found.placement, found.writer
    message.kind = K(verdict.kind.value)
    message.kind_reasons = [as_json(reason) for reason in verdict.reasons]
    message.notes = [as_json(reason) for reason in placement.notes]
    kept = [CUT_OFF] if CUT_OFF in message.problems else []
    message.problems = [*kept, *incoming.problems]
    message.message_id = incoming.message_id[:250]
    message.sender_name = writer.name[:200]
    message.sender_address = writer.address[:320]
    message.subject = incoming.subject[:300]
    message.excerpt = queries.excerpt(found)
    message.search_text = findable.words(incoming)
    message.has_attachments = any(not one.is_inline for one in incoming.attachments)
    message.sent_at = incoming.sent_at


def _left(message: IncomingMessage) -> None:
    """A copy of what the outbox sent, as in an archive, proves that it left."""
    sent = OutgoingMessage.objects.filter(message_id=message.message_id).first()
    if sent is not None and sent.state == OutgoingState.UNCERTAIN:
        _arrived(sent, Cause.COPY_CAME_IN)


def _arrived(mail: OutgoingMessage, because: Cause) -> None:
    outgoing.resolve(
        message=mail, choice=outgoing.Choice.AS_ACCEPTED, reason=telling.cause(because), by=SYSTEM
    )


def _keep_guesses(message: IncomingMessage, placement: Placement) -> None:
    IncomingGuess.objects.bulk_create(
        IncomingGuess(
            message=message,
            recipient_id=_key(guess.thread.key),
            rank=rank,
            reasons=[as_json(reason) for reason in guess.reasons],
            is_likely=guess.is_likely,
        )
        for rank, guess in enumerate(placement.guesses, start=1)
    )


def _key(key: Any) -> int:
    return int(key)


def as_json(reason: Reason) -> dict[str, Any]:
    """A reason as it is stored."""
    return {"code": reason.code, **reason.params}


def _belongs_to(
    message: IncomingMessage,
    places: Iterable[tuple[int, Sequence[Reason]]],
    *,
    answers: Collection[str],
    by: Actor,
) -> None:
    """Note where it belongs, and tell it on the timelines of the letter and of who wrote it. ``answers`` are the ids of
    the messages that it replies to."""
    why = dict(places)
    # The message is locked: nobody else puts it anywhere meanwhile.
    new = (
        Recipient.objects.filter(pk__in=why)
        .exclude(places__message=message)
        .select_related("letter", "organisation", "person")
    )
    recipients = list(new) if why else []
    for recipient in recipients:
        place_ = IncomingPlace.objects.create(
            message=message,
            recipient=recipient,
            reasons=[as_json(reason) for reason in why[recipient.pk]],
            placed_by=by if isinstance(by, User) else None,
        )
        answering.came_in(place_)
        if message.kind == K.OWN:
            answering.settle_written(recipient=recipient, answers=answers, moment=message.moment, by=by)
    if recipients and (code := _TOLD.get(K(message.kind))):
        _tell(code, message, recipients, by=by, at=message.moment)


def _tell(
    code: str,
    message: IncomingMessage,
    recipients: Iterable[Recipient],
    *,
    by: Actor,
    at: datetime | None = None,
) -> None:
    for recipient in recipients:
        tell(
            code,
            recipient,
            by=by,
            at=at,
            sender=message.sender,
            subject=telling.subject(message),
            message=message.pk,
        )


def _conclude(message: IncomingMessage, verdict: Verdict) -> None:
    """What a message that was placed for certain says about what we sent: it came back, or it did arrive."""
    recipients = message.recipients.all()
    letters = OutgoingMessage.objects.filter(dispatch__recipient__in=recipients)
    if message.kind == K.BOUNCE:
        failed = {f.address: f for f in (verdict.bounce.failures if verdict.bounce else ())}
        for mail in _returned(verdict, letters, recipients):
            failure = failed.get(mail.envelope_to.lower())
            if failure is not None and mail.state in (
                OutgoingState.ACCEPTED, OutgoingState.DELIVERED, OutgoingState.UNCERTAIN,
            ):  # fmt: skip
                reason = failure.diagnostic or failure.status or telling.cause(Cause.UNSAID)
                outgoing.note_bounce(message=mail, reason=reason, by=SYSTEM)
    elif message.kind in _FROM_WHO_GOT_IT:
        for mail in letters.filter(state=OutgoingState.UNCERTAIN).select_related("dispatch"):
            if any(_is_proof(place) for place in message.places.filter(recipient=mail.dispatch.recipient_id)):
                _arrived(mail, Cause.ANSWERED)


def _is_proof(place: IncomingPlace) -> bool:
    """Whether what stands here shows that the letter arrived: a person says so, or only who got it can have sent it."""
    return place.placed_by_id is not None or any(one["code"] in _PROOFS for one in place.reasons)


def _returned(
    verdict: Verdict, letters: QuerySet[OutgoingMessage], recipients: QuerySet[Recipient]
) -> QuerySet[OutgoingMessage]:
    """Which of what we sent these recipients came back: what the report names, which may be something that we wrote
    back and then says nothing of the letter; when it names nothing, the letters."""
    if verdict.bounce is None:
        return letters
    sent = Q(dispatch__recipient__in=recipients) | Q(reply__recipient__in=recipients)
    named = Q(message_id__in=verdict.bounce.message_ids) | Q(reply_token__in=verdict.bounce.tokens)
    found = OutgoingMessage.objects.filter(sent, named)
    return found if found.exists() else letters
