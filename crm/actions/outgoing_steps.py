"""The steps a worker takes with a message; each is one compare-and-set on (id, fence, state).

What ends an attempt returns the new state, or None when the message was no longer this worker's.
No person starts these and none takes ``by=``: they are the machine's side of ``crm.actions.outgoing``.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from crm.models import MailStoppage, MailWorker, OutgoingMessage, OutgoingState
from crm.models.durability import compare_and_set
from crm.models.outgoing import TRANSITIONS
from crm.registries import outgoing as registry

from .action import SYSTEM, Actor

S = OutgoingState
TOLD = {S.ACCEPTED, S.REFUSED, S.UNCERTAIN, S.DROPPED}
MINUTE = timedelta(minutes=1)

logger = logging.getLogger(__name__)


class LostClaim(Exception):
    """The message is no longer this worker's: paused by a person, or taken over after its lease ended."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many at a time, how long a worker may hold them, and when a refused message is tried again.

    ``transfer_lease`` is longer than the door can possibly wait for an answer. A message that is still refused
    after the last of ``backoff`` (nearly two days) is refused for good. A worker that keeps a heartbeat and is silent
    for ``silence`` is gone, whatever its leases say.
    """

    claim_size: int = 10
    claim_lease: timedelta = 10 * MINUTE
    silence: timedelta = 2 * MINUTE
    transfer_lease: timedelta = 25 * MINUTE
    backoff: tuple[timedelta, ...] = tuple(MINUTE * m for m in (1, 5, 15, 60, 180, 360, 720, 1440))


PACE = Pace()

# The common table is evaluated once: as a subquery PostgreSQL may run it, LIMIT and all, again and again.
_CLAIM = """
      WITH due AS MATERIALIZED (
           SELECT id FROM {messages}
            WHERE state = 'queued' AND next_attempt_at <= %s
              AND NOT EXISTS (SELECT 1 FROM {stoppages} WHERE retry_at > %s)
            ORDER BY next_attempt_at, id LIMIT %s {locking})
    UPDATE {messages}
       SET state = 'claimed', fence = fence + 1, claimed_by = %s, lease_until = %s, changed_at = %s
     WHERE state = 'queued' AND id IN (SELECT id FROM due)
    RETURNING id"""


def claim(*, worker: str, pace: Pace = PACE) -> list[OutgoingMessage]:
    """Take the next messages that are due, oldest first; none while the door is shut. Two queries, or one."""
    now = timezone.now()
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM.format(
                messages=OutgoingMessage._meta.db_table,
                stoppages=MailStoppage._meta.db_table,
                locking="FOR UPDATE SKIP LOCKED"
                if connection.features.has_select_for_update_skip_locked
                else "",
            ),
            [moment(now), moment(now), pace.claim_size, worker, moment(now + pace.claim_lease), moment(now)],
        )
        ids = [pk for (pk,) in cursor.fetchall()]
    if not ids:
        return []
    mine = OutgoingMessage.objects.filter(pk__in=ids, claimed_by=worker, state=S.CLAIMED)
    return list(mine.select_related("raw").order_by("next_attempt_at", "pk"))


def enter_transfer(message: OutgoingMessage, *, pace: Pace = PACE) -> None:
    """The point of no return, committed to disk: from here on nobody resends this by itself. Raises LostClaim."""
    lease_until = timezone.now() + pace.transfer_lease
    if not _move(message, {S.CLAIMED}, S.IN_TRANSFER, on_disk=True, lease_until=lease_until):
        raise LostClaim(message.key)


def accept(message: OutgoingMessage, *, code: int, reply: str) -> S | None:
    """The server took it; this is evidence also when the reaper had called it uncertain meanwhile."""
    return _settle(
        message, {S.IN_TRANSFER, S.UNCERTAIN}, S.ACCEPTED, code=code, reply=reply, accepted_at=timezone.now()
    )


def refuse(message: OutgoingMessage, *, code: int | None, reply: str) -> S | None:
    """The server, or the message itself, rules out that it leaves. A person is asked."""
    return _settle(message, {S.CLAIMED, S.IN_TRANSFER}, S.REFUSED, code=code, reply=reply)


def doubt(message: OutgoingMessage, *, reply: str) -> S | None:
    """Content left and no answer came. A person is asked; never resent by itself."""
    return _settle(message, {S.IN_TRANSFER}, S.UNCERTAIN, code=None, reply=reply)


def postpone(message: OutgoingMessage, *, code: int | None, reply: str, pace: Pace = PACE) -> S | None:
    """Certainly not accepted: try again later, or refuse when it has been tried often enough."""
    if message.attempts >= len(pace.backoff):
        return refuse(message, code=code, reply=reply)
    delay = pace.backoff[message.attempts] * random.uniform(0.9, 1.2)
    return _settle(
        message,
        {S.CLAIMED, S.IN_TRANSFER},
        S.QUEUED,
        code=code,
        reply=reply,
        next_attempt_at=timezone.now() + delay,
    )


def give_back(messages: Iterable[OutgoingMessage], *, sources: frozenset[S] = frozenset({S.CLAIMED})) -> None:
    """Put messages back in the queue where they were: not tried, or certainly without any content sent."""
    for message in messages:
        _move(message, sources, S.QUEUED, claimed_by="", lease_until=None)


@dataclass(frozen=True, slots=True)
class Reaped:
    """What was found of workers that are gone."""

    requeued: int
    uncertain: int


def reap(*, worker: str | None = None, pace: Pace = PACE) -> Reaped:
    """Take over from workers whose lease or heartbeat ended, or at once from ``worker``, which is known to be dead.

    What had not reached the point of no return goes back to the end of the queue; the rest is uncertain. Should one
    of these workers wake up again, then the fence and the state keep it from sending what it lost; an answer that it
    was still waiting for resolves what is uncertain.
    """
    now = timezone.now()
    if worker is not None:
        dead = [worker]
        gone = Q(claimed_by=worker)
    else:
        dead = list(MailWorker.objects.silent_for(pace.silence).values_list("name", flat=True))
        gone = Q(lease_until__lt=now) | Q(claimed_by__in=dead)
    leased = OutgoingMessage.objects.filter(gone, state__in=[S.CLAIMED, S.IN_TRANSFER])
    requeued = leased.filter(state=S.CLAIMED).update(
        state=S.QUEUED, next_attempt_at=now, claimed_by="", lease_until=None, changed_at=now
    )
    uncertain = sum(doubt(message, reply="") is not None for message in leased.filter(state=S.IN_TRANSFER))
    if dead:
        MailWorker.objects.filter(name__in=dead).delete()
    return Reaped(requeued, uncertain)


def _settle(
    message: OutgoingMessage, sources: set[S], to: S, *, code: int | None, reply: str, **values: Any
) -> S | None:
    """End an attempt, and tell who subscribed, in one transaction. Returns the new state; None if it lost the claim.

    If a power cut undoes this, the message becomes uncertain, or is tried again when it certainly never left.
    """
    is_told = to in TOLD and bool(registry.subscribers(message.key))
    with transaction.atomic() if is_told else nullcontext():
        moved = _move(
            message,
            sources,
            to,
            smtp_code=code,
            smtp_reply=reply,
            attempts=message.attempts + 1,
            claimed_by="",
            lease_until=None,
            **values,
        )
        if moved and is_told:
            tell(message, state=to, code=code, reply=reply)
    return to if moved else None


def _move(
    message: OutgoingMessage, sources: Iterable[S], to: S, *, on_disk: bool = False, **values: Any
) -> bool:
    """Change the row if it is still as this worker left it: same fence, expected state."""
    assert all(to in TRANSITIONS[source] for source in sources)
    return compare_and_set(
        message,
        expected={"fence": message.fence},
        one_of={"state": sorted(source.value for source in sources)},
        values={"state": to.value, "changed_at": timezone.now(), **values},
        on_disk=on_disk,
    )


def tell(
    message: OutgoingMessage,
    *,
    state: S,
    code: int | None,
    reply: str,
    at: datetime | None = None,
    by: Actor = SYSTEM,
) -> None:
    """Pass a result on. A subscriber that fails is logged: its failure must not undo what is known of the mail."""
    result = registry.Result(
        pk=message.pk,
        key=message.key,
        batch=message.batch,
        envelope_to=message.envelope_to,
        state=state.value,
        code=code,
        reply=reply,
        at=at or timezone.now(),
        by=by,
    )
    for subscriber in registry.subscribers(message.key):
        try:
            with transaction.atomic():
                subscriber(result)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("The subscriber of %s failed", message.key)
