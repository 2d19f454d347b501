"""The fault test itself: letters, workers that are killed, and the comparison afterwards. Needs a database."""

from __future__ import annotations

import hashlib
import json
import os
import random
import select
import signal
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from crm.actions import delivering, heartbeats, outgoing, outgoing_steps
from crm.actions.action import SYSTEM
from crm.actions.outgoing_steps import Pace
from crm.models import OutgoingMessage, OutgoingState
from crm.models.outgoing import OPEN
from crm.queries.outgoing import needing_person

BATCH = "faults:1"
WORKERS = 2
GIVE_UP_SECONDS = 600
S = OutgoingState
SOON = timedelta(seconds=0.2)
# Short leases and short waits: a night's trouble in a minute.
PACE = Pace(claim_lease=SOON * 10, transfer_lease=SOON * 10, silence=SOON * 5, backoff=(SOON,) * 30)


@dataclass
class Found:
    """What a run found. The lists must be empty; they hold Message-IDs."""

    letters: int = 0
    kills: int = 0
    sent: int = 0
    refused: int = 0
    uncertain: int = 0
    uncertain_arrived: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    falsely_sent: list[str] = field(default_factory=list)
    falsely_refused: list[str] = field(default_factory=list)
    not_listed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing went wrong."""
        return not any(
            (self.lost, self.twice, self.falsely_sent, self.falsely_refused, self.not_listed, self.changed)
        )


class Worker:
    """A forked process that drains for ever; it tells over a pipe that it has claimed something."""

    def __init__(self) -> None:
        self.name = delivering.new_worker_name()
        self.dies_at: float | None = None
        connection.close()
        self.claimed, telling = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(telling)
            return
        random.seed()
        claim = outgoing_steps.claim

        def claim_and_tell(**given):
            batch = claim(**given)
            if batch:
                os.write(telling, b".")
            return batch

        outgoing_steps.claim = claim_and_tell
        try:
            # Every second one has no heartbeat: then only its lease tells that it is gone.
            with heartbeats.beating(self.name, every=0.2) if random.random() < 0.5 else nullcontext():
                while True:
                    delivering.drain(worker=self.name, pace=PACE)
                    time.sleep(0.02)
        finally:
            os._exit(1)

    def has_claimed(self) -> bool:
        """Whether anything was claimed yet; never waits."""
        return bool(select.select([self.claimed], [], [], 0)[0])

    def kill(self) -> None:
        """No last words."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.claimed)


def deliver_to(port: int) -> None:
    """Have the outbox hand its mail to the server on this port."""
    settings.SMTP = {"host": "127.0.0.1", "port": port, "security": "none"}


def queue(count: int) -> dict[str, str]:
    """Letters that wait; SHA-256 by Message-ID."""
    parcels = []
    for number in range(count):
        message_id = f"<{number}.faults@spreekbuis.example>"
        text = f"Beste partij {number},\r\n\r\n" + "Een zin over ontmoeten in de buurt.\r\n" * 50
        parcels.append(
            outgoing.Parcel(
                key=f"{BATCH}:email:{number}",
                batch=BATCH,
                envelope_from="post@spreekbuis.example",
                envelope_to=f"partij{number}@raad.example",
                raw=f"Message-ID: {message_id}\r\nSubject: Brief\r\n\r\n{text}".encode(),
                message_id=message_id,
                reply_token=f"faults{number}",
            )
        )
    outgoing.enqueue(parcels=parcels, by=SYSTEM)
    outgoing.release(batch=BATCH, by=SYSTEM)
    return {parcel.message_id: hashlib.sha256(parcel.raw).hexdigest() for parcel in parcels}


def torment(kills: int, longest_life: float) -> int:
    """Kill workers and start new ones until so many are dead and nothing is left to deliver; the number killed."""
    chance = random.Random(20250729)
    killed = 0
    began = last_look = time.monotonic()
    workers = [Worker() for _ in range(WORKERS)]
    while time.monotonic() - began < GIVE_UP_SECONDS:
        for index, worker in enumerate(workers):
            if worker.dies_at is None and worker.has_claimed():
                worker.dies_at = time.monotonic() + chance.uniform(0, longest_life)
            if killed < kills and worker.dies_at is not None and worker.dies_at <= time.monotonic():
                worker.kill()
                killed += 1
                # As the watching process does when it sees a worker die; the other half waits for a lease or heartbeat.
                if chance.random() < 0.5:
                    outgoing_steps.reap(worker=worker.name)
                workers[index] = Worker()
        if time.monotonic() - last_look > 0.25:
            last_look = time.monotonic()
            outgoing_steps.reap(pace=PACE)
            if not OutgoingMessage.objects.filter(state__in=OPEN).exists():
                break
        time.sleep(0.002)
    for worker in workers:
        worker.kill()
    return killed


def look(store: Path, frozen: dict[str, str]) -> Found:
    """Compare what the server took with what we say of it."""
    taken = [json.loads(line) for line in store.read_text().splitlines()]
    times = Counter(kept["message_id"] for kept in taken)
    states = dict(OutgoingMessage.objects.values_list("message_id", "state"))
    listed = set(needing_person().values_list("message_id", flat=True))
    count = Counter(states.values())
    unlisted = {
        message_id
        for message_id, state in states.items()
        if state == S.UNCERTAIN or (state != S.ACCEPTED and message_id in times)
    } - listed
    return Found(
        letters=len(frozen),
        sent=count[S.ACCEPTED],
        refused=count[S.REFUSED],
        uncertain=count[S.UNCERTAIN],
        uncertain_arrived=sum(1 for i, state in states.items() if state == S.UNCERTAIN and i in times),
        lost=[i for i in frozen if states.get(i) not in {S.ACCEPTED, S.REFUSED, S.UNCERTAIN}],
        twice=[i for i, number in times.items() if number > 1],
        falsely_sent=[i for i, state in states.items() if state == S.ACCEPTED and i not in times],
        falsely_refused=[i for i, state in states.items() if state == S.REFUSED and i in times],
        not_listed=sorted(unlisted),
        changed=[kept["message_id"] for kept in taken if kept["sha256"] != frozen[kept["message_id"]]],
    )
