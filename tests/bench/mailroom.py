"""A mailroom with years of answers in it, and how long the next ones take; needs a database."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

from django.db import connection
from django.utils import timezone

from crm.dutch import references
from crm.models import FrozenFile
from letters.actions import intake
from letters.models import Answer, Dispatch, IncomingMessage, IncomingPlace, IncomingState
from letters.queries import incoming
from tests.correspondence import answers, send

LETTERS, PARTIES = 50, 40
BATCH = 1000
ROUNDS = 5


@dataclass(frozen=True)
class Figures:
    """The medians per message, in milliseconds."""

    reading_ms: float
    # Where each belongs, with one look for all of them as a full mailbox is read, and one by one as they trickle in.
    together_ms: float
    alone_ms: float
    # All that comes with putting one there.
    whole_ms: float


def figures(stored: int, new: int) -> Figures:
    """So many messages stored and placed before, and the next ones."""
    dispatches = [
        one for number in range(1, LETTERS + 1) for one in send(PARTIES, references.issue(2025, number))
    ]
    _store(dispatches, stored)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    # Every one to another letter; the first ones only warm up.
    raws = [raw for raw, _recipient in answers(dispatches[:: len(dispatches) // new], new)]
    incoming.examine_all(raws[:5])
    own = incoming.own_addresses()

    def read() -> None:
        for raw in raws:
            incoming.parse(raw, own)

    def look_up_alone() -> None:
        for raw in raws:
            incoming.examine(raw)

    # In turn, so that whatever else the machine does bears on all.
    rounds = [
        (_seconds(read), _seconds(lambda: incoming.examine_all(raws)), _seconds(look_up_alone))
        for _ in range(ROUNDS)
    ]
    reading, together, alone = (statistics.median(each) / new * 1000 for each in zip(*rounds, strict=True))
    wholes = []
    for number, raw in enumerate(raws):
        intake.store(raw=raw, source="bench", uid=str(number))
        wholes.append(_seconds(intake.finish))
    assert not IncomingMessage.objects.filter(state=IncomingState.STORED).exists()
    return Figures(reading, together, alone, statistics.median(wholes) * 1000)


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _store(dispatches: list[Dispatch], stored: int) -> None:
    """So many messages as they stand after the intake, spread over what was sent; without their bytes."""
    numbers = count()
    for start in range(0, stored, BATCH):
        several = [(next(numbers), start + i) for i in range(min(BATCH, stored - start))]
        files = FrozenFile.objects.bulk_create(
            FrozenFile(
                sha256=sha256(str(n).encode()).hexdigest(),
                size_bytes=1,
                media_type="message/rfc822",
                place=str(n),
            )
            for n, _at in several
        )
        chosen = [dispatches[at % len(dispatches)] for _n, at in several]
        messages = IncomingMessage.objects.bulk_create(
            IncomingMessage(
                raw=file,
                state=IncomingState.PLACED,
                kind="answer",
                message_id=f"<{n}@{dispatch.address.partition('@')[2]}>",
                sender_name="Het bestuur",
                sender_address=dispatch.address,
                subject=f"Re: bericht {n}",
                excerpt="Wij steunen de oproep.",
                search_text=" wij steunen de oproep " * 20,
                sent_at=timezone.now(),
            )
            for file, dispatch, (n, _at) in zip(files, chosen, several, strict=True)
        )
        places = IncomingPlace.objects.bulk_create(
            IncomingPlace(message=message, recipient_id=dispatch.recipient_id)
            for message, dispatch in zip(messages, chosen, strict=True)
        )
        Answer.objects.bulk_create(
            Answer(recipient_id=place.recipient_id, place=place, came_at=timezone.now()) for place in places
        )
