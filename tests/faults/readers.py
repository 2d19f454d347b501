"""The fault test of the intake itself: readers that are killed, and the comparison afterwards. Needs a database."""

from __future__ import annotations

import os
import random
import select
import signal
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection

from crm.models import TimelineEntry
from letters.actions import fetching, intake
from letters.models import Answer, IncomingMessage, IncomingPlace, IncomingState, MailboxFolder
from tests.correspondence import answers, send
from tests.servers.imap import Listing, Server

READERS = 2
PARTIES = 40
READ = "Gelezen"
GIVE_UP_SECONDS = 600


@dataclass
class Found:
    """What a run found. The lists must be empty; they hold what it is about."""

    messages: int
    stored: int
    placed: int
    parked: int
    lost: list[str]
    foreign: list[str]
    half_read: list[int]
    wrongly_placed: list[str]
    told_wrong: list[int]
    mailbox_wrong: int
    kills: int = 0
    ended: int = field(default=0)

    @property
    def holds(self) -> bool:
        """Whether nothing went wrong."""
        return not any(
            (
                self.lost,
                self.foreign,
                self.half_read,
                self.wrongly_placed,
                self.told_wrong,
                self.mailbox_wrong,
                self.ended,
            )
        )


class Reader:
    """A forked process that reads the mailbox for ever; it tells over a pipe that it has a message in hand."""

    def __init__(self) -> None:
        self.dies_at: float | None = None
        connection.close()
        self.busy, telling = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(telling)
            return
        store = intake.store

        def store_and_tell(**given):
            os.write(telling, b".")
            return store(**given)

        intake.store = store_and_tell
        try:
            while True:
                intake.finish()
                fetching.fetch(now=True)
                time.sleep(0.02)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)

    def is_busy(self) -> bool:
        """Whether it took anything in yet; never waits."""
        return bool(select.select([self.busy], [], [], 0)[0])

    def has_ended(self) -> bool:
        """Whether it ended by itself, which it never should."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def kill(self) -> None:
        """No last words."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.busy)


def read_from(server: Server, *, moving: bool) -> None:
    """Have the intake read this mailbox, and leave it as it is or move what was read."""
    settings.IMAP = {
        "host": "127.0.0.1",
        "port": server.port,
        "username": server.username,
        "password": server.password,
        "security": "none",
    }
    settings.IMAP_MOVE_TO = READ if moving else ""
    # A night's trouble in a minute.
    fetching.MOVING_LEASE = timedelta(seconds=2)


def fill(server: Server, count: int) -> dict[str, int | None]:
    """So many answers in the mailbox; by their SHA-256, the recipient with whom each belongs."""
    made = list(answers(send(PARTIES, "2025-014 K"), count))
    server.deliver(*(raw for raw, _recipient in made))
    return {sha256(raw).hexdigest(): recipient for raw, recipient in made}


def torment(kills: int, longest_life: float) -> tuple[int, int]:
    """Kill readers and start new ones until so many are dead and all is read; the number killed, and of those that
    ended by themselves."""
    chance = random.Random(20250729)
    killed = ended = 0
    began = last_look = time.monotonic()
    readers = [Reader() for _ in range(READERS)]
    while time.monotonic() - began < GIVE_UP_SECONDS:
        for index, reader in enumerate(readers):
            if reader.has_ended():
                ended += 1
                reader.kill()
                readers[index] = Reader()
                continue
            if reader.dies_at is None and reader.is_busy():
                reader.dies_at = time.monotonic() + chance.uniform(0, longest_life)
            if killed < kills and reader.dies_at is not None and reader.dies_at <= time.monotonic():
                reader.kill()
                killed += 1
                readers[index] = Reader()
        if time.monotonic() - last_look > 0.25:
            last_look = time.monotonic()
            if is_all_read():
                break
        time.sleep(0.002)
    for reader in readers:
        reader.kill()
    return killed, ended


def is_all_read() -> bool:
    """Whether the last message was reached, everything that was stored was read, and, where it is, moved."""
    with fetching.Mailbox.from_settings() as box:
        state = box.look("INBOX")
    row = MailboxFolder.objects.filter(folder="INBOX").first()
    left = state.messages if settings.IMAP_MOVE_TO else row is None or row.last_uid + 1 < state.next_uid
    return not left and not IncomingMessage.objects.filter(state=IncomingState.STORED).exists()


def look(server: Server, expected: dict[str, int | None], before: Listing) -> Found:
    """Compare what was in the mailbox with what we have of it, and with what is in it now."""
    now = server.listing()
    moved = len(server.listing(READ)) if settings.IMAP_MOVE_TO else 0
    messages = IncomingMessage.objects.select_related("raw")
    stored = {message.pk: sha256(message.raw.read()).hexdigest() for message in messages}
    times = Counter(stored.values())
    places: dict[str, list[int]] = {digest: [] for digest in expected}
    for message, recipient in IncomingPlace.objects.values_list("message_id", "recipient_id"):
        places.setdefault(stored[message], []).append(recipient)
    lines = Counter(
        (entry.parameters["message"], entry.subject_type_id)
        for entry in TimelineEntry.objects.filter(code="letters.answered")
    )
    answered = Counter(Answer.objects.values_list("place__message_id", flat=True))
    placed = set(IncomingPlace.objects.values_list("message_id", flat=True))
    per_message = Counter(message for message, _kind in lines)
    told_wrong = [
        pk
        for pk in stored
        # Once on the letter and once on the party, and one answer to judge.
        if (per_message[pk], answered[pk]) != ((2, 1) if pk in placed else (0, 0))
    ]
    told_wrong += [message for (message, _kind), number in lines.items() if number > 1]
    return Found(
        messages=len(expected),
        stored=len(stored),
        placed=len(placed),
        parked=messages.filter(state=IncomingState.PARKED).count(),
        lost=[digest for digest in expected if digest not in times],
        foreign=[digest for digest, number in times.items() if number > 1 or digest not in expected],
        half_read=list(messages.filter(state=IncomingState.STORED).values_list("pk", flat=True)),
        wrongly_placed=[
            digest
            for digest, where in places.items()
            if where != ([expected[digest]] if expected[digest] else [])
        ],
        told_wrong=told_wrong,
        mailbox_wrong=len(now) + abs(moved - len(before))
        if settings.IMAP_MOVE_TO
        else len({*now} ^ {*before}),
    )
