"""What people and other rooms do with outgoing mail: hand it over, let it go, pause it, settle what is unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.clients.envelope import check_content, envelope_address
from crm.models import FrozenFile, OutgoingMessage, OutgoingState
from crm.models.outgoing import TRANSITIONS
from crm.registries import timeline

from .action import Actor, Refused, action, record
from .outgoing_steps import tell
from .telling import Told

S = OutgoingState
PERMISSION = "crm.send_outgoingmessage"


class Choice(models.TextChoices):
    """What a person decides about a message that is refused or uncertain."""

    AS_ACCEPTED = "accepted", gettext_lazy("it arrived")
    RESEND = "resend", gettext_lazy("send it again")
    DROP = "drop", gettext_lazy("do not send it")


UNDECIDED = (S.UNCERTAIN, S.REFUSED)
TARGETS = {Choice.AS_ACCEPTED: S.ACCEPTED, Choice.RESEND: S.QUEUED, Choice.DROP: S.DROPPED}

timeline.register(
    "outgoing.accepted", gettext_lazy("%(by)s noted that the message to %(to)s arrived: %(reason)s")
)
timeline.register("outgoing.resend", gettext_lazy("%(by)s has the message to %(to)s sent again: %(reason)s"))
timeline.register(
    "outgoing.drop", gettext_lazy("%(by)s decided not to send the message to %(to)s: %(reason)s")
)
timeline.register(
    "outgoing.bounced", gettext_lazy("%(by)s noted that the message to %(to)s did not arrive: %(reason)s")
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One finished message. ``raw`` carries the Message-ID and the reply token, and leaves byte for byte.

    ``key`` says whose it is (letter:12:email:9) and exists once; ``batch`` is what is paused and counted together.
    ``to_archive``: it holds nothing that is for the addressee alone, so that the archive may have a copy.
    """

    key: str
    batch: str
    envelope_from: str
    envelope_to: str
    raw: bytes
    message_id: str
    reply_token: str
    to_archive: bool = False


@action(permission=PERMISSION, atomic=False)
def enqueue(*, parcels: Sequence[Parcel], by: Actor) -> list[OutgoingMessage]:
    """Freeze finished messages, held until ``release``: all of them or none. Returns the rows in the given order.

    Safe to repeat: a key that is there with the same bytes is left alone; with other bytes it is replaced as long
    as no worker ever took it. Writes files, so it must run outside a transaction.

    Raises Refused when an address or a message cannot be sent, a key has left in another form, or the disk is full.
    """
    packed = pack(parcels=parcels, by=by)
    handed_over: list[OutgoingMessage] = hand_over(messages=packed, by=by)
    return handed_over


@action(permission=PERMISSION, atomic=False)
def pack(*, parcels: Sequence[Parcel], by: Actor) -> list[OutgoingMessage]:
    """Freeze the bytes of finished messages; their rows come back in the given order, not stored yet.

    For who stores a row of his own along with each, in one transaction by ``hand_over``. Writes files, so it must run
    outside a transaction. Raises Refused as ``enqueue`` does.
    """
    for parcel in parcels:
        _check(parcel)
    return [_row(parcel, _freeze(parcel.raw)) for parcel in parcels]


@action(permission=PERMISSION)
def hand_over(*, messages: Sequence[OutgoingMessage], by: Actor) -> list[OutgoingMessage]:
    """Store packed messages, held until ``release``: all of them or none. Returns the rows in the given order.

    Repeats and replaces as ``enqueue`` does. Raises Refused when a key has left in another form.
    """
    wanted = {message.key: message for message in messages}
    known = _rows_of(wanted)
    OutgoingMessage.objects.bulk_create(
        [row for key, row in wanted.items() if key not in known], ignore_conflicts=True
    )
    rows = _rows_of(wanted)
    for key, row in wanted.items():
        if key not in rows:
            raise ValueError(f"The Message-ID or reply token of {key} is in use for another message.")
        if rows[key].raw_id != row.raw_id:
            _replace(rows[key], row)
    return [rows[message.key] for message in messages]


@action(permission=PERMISSION)
def release(*, batch: str, by: Actor) -> int:
    """Let a batch go, or go on after a pause. Returns how many messages were held. The caller writes the audit line."""
    now = timezone.now()
    held = OutgoingMessage.objects.filter(batch=batch, state=S.FROZEN)
    return held.update(state=S.QUEUED, next_attempt_at=now, changed_at=now)


@action(permission=PERMISSION)
def hold(*, batch: str, by: Actor) -> int:
    """Pause a batch: whatever has not passed the point of no return stays here. Returns how many messages that are.

    A worker that is just talking to the server about one of them breaks off. The caller writes the audit line.
    """
    waiting = OutgoingMessage.objects.filter(batch=batch, state__in=[S.QUEUED, S.CLAIMED])
    return waiting.update(state=S.FROZEN, claimed_by="", lease_until=None, changed_at=timezone.now())


def choices_for(message: OutgoingMessage) -> list[Choice]:
    """What a person can decide about a message now."""
    state = OutgoingState(message.state)
    return [choice for choice, to in TARGETS.items() if state in UNDECIDED and to in TRANSITIONS[state]]


@action(permission=PERMISSION)
def resolve(*, message: OutgoingMessage, choice: Choice, reason: str | Told, by: Actor) -> OutgoingMessage:
    """Settle a message that is uncertain or refused; sending it again keeps its Message-ID and bytes.

    ``by`` is SYSTEM when evidence decides (a delivery report, an answer, the archive); ``reason`` is what somebody
    said, or for SYSTEM a code that the timeline has words for.
    Raises Refused without a reason, or when the message is not (or no longer) waiting for a decision.
    """
    reason = _given(reason)
    to = TARGETS[Choice(choice)]
    undecided = [state for state in UNDECIDED if to in TRANSITIONS[state]]
    now = timezone.now()
    # A new fence: an answer that still comes in for the earlier attempt no longer changes this row.
    values: dict[str, Any] = {"state": to, "changed_at": now, "fence": F("fence") + 1}
    if to == S.QUEUED:
        values |= {"attempts": 0, "next_attempt_at": now}
    if to == S.ACCEPTED:
        values |= {"accepted_at": now}
    if not OutgoingMessage.objects.filter(pk=message.pk, state__in=undecided).update(**values):
        raise Refused(_("This message no longer waits for a decision. Look again at where it stands."))
    record(f"outgoing.{choice.value}", by=by, on=[message], to=message.envelope_to, reason=reason)
    message.refresh_from_db()
    if to != S.QUEUED:
        tell(message, state=to, code=None, reply=_said(reason), at=now, by=by)
    return message


@action(permission=PERMISSION)
def note_bounce(*, message: OutgoingMessage, reason: str | Told, by: Actor) -> OutgoingMessage:
    """A message that the server took did not arrive after all, by what came back or by what somebody says.

    ``reason`` as for ``resolve``; with the message only what was said is kept.

    Raises Refused without a reason, or for a message that did not leave.
    """
    reason = _given(reason)
    now = timezone.now()
    left = [state for state in OutgoingState if S.BOUNCED in TRANSITIONS[state]]
    moved = OutgoingMessage.objects.filter(pk=message.pk, state__in=left)
    if not moved.update(state=S.BOUNCED, smtp_reply=_said(reason), changed_at=now, fence=F("fence") + 1):
        raise Refused(_("This message did not leave, or is noted already. Look again at where it stands."))
    record("outgoing.bounced", by=by, on=[message], to=message.envelope_to, reason=reason)
    message.refresh_from_db()
    tell(message, state=S.BOUNCED, code=None, reply=_said(reason), at=now, by=by)
    return message


def _given(reason: str | Told) -> str | Told:
    """The reason, tidied. Raises Refused when there is none."""
    if not isinstance(reason, str):
        return reason
    if not reason.strip():
        raise Refused(_("Write down why: later someone will want to know."))
    return reason.strip()


def _said(reason: str | Told) -> str:
    """The reason as somebody gave it; "" for a code."""
    return reason if isinstance(reason, str) else ""


def _check(parcel: Parcel) -> None:
    try:
        for address in (parcel.envelope_from, parcel.envelope_to):
            envelope_address(address)
    except ValueError as error:
        raise Refused(
            _("“%(address)s” is not an e-mail address. Mend it and try again.") % {"address": address}
        ) from error
    try:
        check_content(parcel.raw)
    except ValueError as error:
        raise ValueError(f"{parcel.key}: {error}") from error
    head = parcel.raw.partition(b"\r\n\r\n")[0]
    if parcel.message_id.encode() not in head:
        raise ValueError(f"{parcel.key}: the message does not carry its own Message-ID.")


def _freeze(raw: bytes) -> FrozenFile:
    return FrozenFile.objects.keep(raw, media_type="message/rfc822")


def _row(parcel: Parcel, file: FrozenFile) -> OutgoingMessage:
    return OutgoingMessage(
        key=parcel.key,
        batch=parcel.batch,
        envelope_from=parcel.envelope_from,
        envelope_to=parcel.envelope_to,
        message_id=parcel.message_id,
        reply_token=parcel.reply_token,
        raw=file,
        to_archive=parcel.to_archive,
    )


def _rows_of(wanted: dict[str, OutgoingMessage]) -> dict[str, OutgoingMessage]:
    return OutgoingMessage.objects.in_bulk(list(wanted), field_name="key")


def _replace(kept: OutgoingMessage, wanted: OutgoingMessage) -> None:
    """Put newer bytes in a row that never left. Raises Refused when it may have."""
    fields = ("batch", "envelope_from", "envelope_to", "message_id", "reply_token", "raw_id", "to_archive")
    values: dict[str, Any] = {field: getattr(wanted, field) for field in fields}
    values["changed_at"] = timezone.now()
    if not OutgoingMessage.objects.filter(pk=kept.pk, state=S.FROZEN, fence=0).update(**values):
        raise Refused(
            _(
                "The message to %(to)s has already been handed over in another form. What was sent does not change."
            )
            % {"to": kept.envelope_to}
        )
    for field, value in values.items():
        setattr(kept, field, value)
