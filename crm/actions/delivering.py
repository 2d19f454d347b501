"""Draining the outbox: one worker, one connection, one message at a time."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.clients.smtp import Door
from crm.clients.smtp_answers import (
    BadCredentials,
    DoorError,
    Insecure,
    Refused,
    TemporarilyRefused,
    Unreachable,
)
from crm.models import OutgoingMessage, OutgoingState
from crm.models.outgoing import StoppageProblem

from . import outgoing_steps as steps
from . import stoppages
from .outgoing_steps import PACE, LostClaim, Pace

T = TypeVar("T")
S = OutgoingState

# How long a result is kept in hand while the database is away: what a server answered is worth waiting for.
INSIST_SECONDS = (0.2, 1, 3, 10, 30)

logger = logging.getLogger(__name__)

Told = Callable[[OutgoingMessage, OutgoingState], None]


def new_worker_name() -> str:
    """A name that no other worker has, on any machine."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def drain(
    *,
    worker: str,
    pace: Pace = PACE,
    stopped: Callable[[], bool] = lambda: False,
    told: Told = lambda message, state: None,
) -> Counter[OutgoingState]:
    """Send what is due until nothing is, the door is shut, or ``stopped`` says so; what was claimed is given back.

    Returns how many messages ended in which state. Never inside a transaction. Raises DatabaseError when the
    database stays away; messages are then found by the reaper.
    """
    results: Counter[OutgoingState] = Counter()
    hand = _Hand(worker, pace, stopped)
    with Door.from_settings() as door:
        try:
            while not stopped() and hand.fill() and _open(door):
                message = hand.messages.pop(0)
                state = _deliver(door, message, hand)
                if state is not None:
                    results[state] += 1
                    told(message, state)
        finally:
            steps.give_back(hand.messages)
    return results


class _Hand:
    """The claimed messages in a worker's hand. While the server thinks about one, the next is fetched."""

    def __init__(self, worker: str, pace: Pace, stopped: Callable[[], bool]) -> None:
        self.pace = pace
        self.messages: list[OutgoingMessage] = []
        self._worker, self._stopped = worker, stopped
        self._ahead: dict[int, bytes] = {}

    def fill(self) -> bool:
        """Claim more when empty. Whether there is anything in hand."""
        if not self.messages:
            self.messages = steps.claim(worker=self._worker, pace=self.pace)
        return bool(self.messages)

    def look_ahead(self) -> None:
        """Never fails: what goes wrong here goes wrong again in its own time."""
        with suppress(Exception):
            if not self._stopped() and self.fill():
                self._ahead = {self.messages[0].pk: self.messages[0].raw.read()}

    def bytes_of(self, message: OutgoingMessage) -> bytes:
        """The frozen bytes. Raises ValueError when they were changed on disk, OSError when they are away."""
        return self._ahead.pop(message.pk, None) or message.raw.read()


def _open(door: Door) -> bool:
    """Whether the door is open; if not, the whole queue waits and no message loses an attempt."""
    if door.is_open:
        return True
    try:
        door.open()
    except (Unreachable, BadCredentials) as error:
        _shut(error)
        return False
    stoppages.reopen()
    return True


def _shut(error: Unreachable | BadCredentials) -> None:
    problem = StoppageProblem.UNREACHABLE
    if isinstance(error, BadCredentials):
        problem = StoppageProblem.CREDENTIALS
    elif isinstance(error, Insecure):
        problem = StoppageProblem.INSECURE
    logger.warning("No mail can leave (%s): %s", problem.value, error)
    _insist(lambda: stoppages.shut(problem, detail=str(error)))


def _deliver(door: Door, message: OutgoingMessage, hand: _Hand) -> OutgoingState | None:
    """Bring one claimed message to the state it ends in; None when it is no longer ours or its turn comes again."""
    if message.lease_until is not None and message.lease_until <= timezone.now():
        return None
    pace = hand.pace
    archive = [settings.MAIL_ARCHIVE] if settings.MAIL_ARCHIVE and message.to_archive else []
    started = False

    def before_content() -> None:
        nonlocal started
        steps.enter_transfer(message, pace=pace)
        started = True

    try:
        accepted = door.send(
            message.envelope_from,
            [message.envelope_to, *archive],
            hand.bytes_of(message),
            before_content=before_content,
            meanwhile=hand.look_ahead,
            envelope_id=message.reply_token,
        )
    except LostClaim:
        return None
    except DatabaseError:
        # The transition could not be written, so no content left.
        _insist(lambda: steps.give_back([message], sources=frozenset({S.CLAIMED, S.IN_TRANSFER})))
        raise
    except (Unreachable, BadCredentials) as error:
        _shut(error)
        _insist(lambda: steps.give_back([message]))
        return None
    except TemporarilyRefused as error:
        code, reply = error.code, error.reply
        return _insist(lambda: steps.postpone(message, code=code, reply=reply, pace=pace))
    except Refused as error:
        code, reply = error.code, error.reply
        return _insist(lambda: steps.refuse(message, code=code, reply=reply))
    except Exception as error:
        reply = str(error)
        if started:
            return _insist(lambda: steps.doubt(message, reply=reply))
        if isinstance(error, ValueError):
            # The frozen bytes were changed, or cannot cross SMTP: trying again does not help.
            return _insist(lambda: steps.refuse(message, code=None, reply=reply))
        if not isinstance(error, (DoorError, OSError)):
            logger.exception("Delivering %s failed before any content left", message.key)
        return _insist(lambda: steps.postpone(message, code=None, reply=reply, pace=pace))
    reply = accepted.reply
    if archive and not accepted.archived:
        reply += " " + _("(The archive address was refused.)")
    return _insist(lambda: steps.accept(message, code=accepted.code, reply=reply))


def _insist(step: Callable[[], T]) -> T:
    """Do a step in the database, again and again while it is away. Raises what the last try raised."""
    for seconds in INSIST_SECONDS:
        try:
            return step()
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database is away (%s); trying again in %s s", error, seconds)
            connection.close()
            time.sleep(seconds)
    return step()
