"""Reading the mailbox: what is new comes in, and the mailbox stays as it was unless moving is set."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from crm.clients.mailbox import Maildir
from letters.clients.imap import (
    BadCredentials,
    CannotMove,
    FolderGone,
    Insecure,
    Mailbox,
    MailboxError,
    Stored,
    UnknownHost,
    WrongCertificate,
)
from letters.models import MailboxFolder, MailboxProblem, Sighting
from letters.models.incoming import CUT_OFF
from letters.models.mailboxes import OF_A_FOLDER, SENT
from letters.queries import incoming

from . import intake

# Servers end a conversation in which nothing is said for half an hour (RFC 2177).
IDLE_SECONDS = 20 * 60
# In one command, so that no line grows without end.
MOVED_AT_ONCE = 500
# How long who moves may take; after that another takes over. Longer than a server may be silent.
MOVING_LEASE = timedelta(minutes=10)
# The pause before the next try after a failure; the last one stays.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 60))
# The first that fits: some are a kind of another.
_PROBLEMS = {
    UnknownHost: MailboxProblem.NAME_UNKNOWN,
    BadCredentials: MailboxProblem.CREDENTIALS,
    WrongCertificate: MailboxProblem.CERTIFICATE,
    Insecure: MailboxProblem.INSECURE,
    FolderGone: MailboxProblem.FOLDER_GONE,
    CannotMove: MailboxProblem.CANNOT_MOVE,
}

logger = logging.getLogger(__name__)

Told = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one look at the mail brought: new messages, and folders that could not be read."""

    new: int = 0
    failed: int = 0

    def __add__(self, other: Fetched) -> Fetched:
        return Fetched(self.new + other.new, self.failed + other.failed)


def fetch(*, now: bool = False, told: Told = lambda source, new: None) -> Fetched:
    """Take in what is new in the mailbox of this installation; without one, in the local stand-in.

    After a failure a folder waits before it is tried again, unless ``now``. Safe to break off anywhere and to run
    twice at once. Never inside a transaction.
    """
    if not settings.IMAP["host"]:
        return _fetch_local(told)
    finished = Fetched()
    folders = {f"imap:{name}": name for name in settings.IMAP_FOLDERS}
    waiting = {} if now else _waiting()
    if folders.keys() <= waiting.keys():
        return finished
    try:
        with Mailbox.from_settings() as box:
            if sent := settings.IMAP_READ_SENT and box.sent_folder():
                folders[SENT] = sent
            else:
                # There is none (any more), so there is nothing wrong with it either.
                _all_is_well(SENT)
            for source, name in folders.items():
                # There is a connection again: what kept all of them waiting is over.
                if waiting.get(source) in OF_A_FOLDER:
                    continue
                try:
                    finished += _read(box, source, name, told)
                except (FolderGone, CannotMove) as error:
                    # It is about this folder alone: the others are read.
                    _note_problem(source, name, error)
                    finished += Fetched(failed=1)
    except MailboxError as error:
        for source, name in folders.items():
            _note_problem(source, name, error)
        return finished + Fetched(failed=1)
    return finished


def watch(*, stopped: Callable[[], bool], look: Callable[[], object]) -> bool:
    """Keep a connection to the first folder open, and ``look`` as soon as something arrives there, until ``stopped``.

    False at once with a server that does not tell (it is read every IMAP_EVERY_SECONDS then). Raises MailboxError.
    """
    with Mailbox.from_settings() as box:
        if not box.can_wait:
            return False
        box.look(settings.IMAP_FOLDERS[0])
        while not stopped():
            if box.wait(IDLE_SECONDS, stopped=stopped) and not stopped():
                look()
    return True


def _waiting() -> dict[str, str]:
    """The problem of each source that is not tried again yet."""
    failed = MailboxFolder.objects.exclude(problem="").filter(retry_at__gt=timezone.now())
    return dict(failed.values_list("source", "problem"))


def _read(box: Mailbox, source: str, name: str, told: Told) -> Fetched:
    """One folder. Raises MailboxError."""
    state = box.look(name)
    row, _is_new = MailboxFolder.objects.get_or_create(source=source, defaults={"folder": name})
    if (row.folder, row.uidvalidity) != (name, state.uidvalidity):
        row.folder, row.uidvalidity, row.last_uid = name, state.uidvalidity, 0
        row.save()
    new = 0
    last_uid = row.last_uid
    for stored in box.messages(after=row.last_uid, largest=intake.LARGEST):
        is_new = False
        if _concerns_us(source, stored):
            _message, is_new = intake.store(
                raw=stored.raw,
                source=source,
                uid=str(stored.uid),
                uidvalidity=state.uidvalidity,
                is_whole=stored.is_whole,
            )
            new += is_new
        last_uid = stored.uid
        MailboxFolder.objects.filter(pk=row.pk, last_uid__lt=last_uid).update(last_uid=last_uid)
        told(name, new)
        if is_new and new % intake.AT_ONCE == 0:
            intake.finish()
    intake.finish()
    if settings.IMAP_MOVE_TO not in {"", name} and source != SENT:
        _move_what_is_in(box, row, state.uidvalidity, last_uid)
    _all_is_well(source)
    MailboxFolder.objects.filter(pk=row.pk).update(checked_at=timezone.now())
    return Fetched(new=new)


def _all_is_well(source: str) -> None:
    MailboxFolder.objects.filter(source=source).update(
        problem="", detail="", since=None, retry_at=None, failures=0
    )


def _move_what_is_in(box: Mailbox, row: MailboxFolder, uidvalidity: int, last_uid: int) -> None:
    """Also what an earlier look took in and did not come to move. What is not whole here stays where it is whole.

    One at a time: a server that is asked by two to move the same message makes two of it.
    """
    mine, now = MailboxFolder.objects.filter(pk=row.pk), timezone.now()
    if not mine.filter(Q(moving_until=None) | Q(moving_until__lt=now)).update(
        moving_until=now + MOVING_LEASE
    ):
        return
    try:
        lying = box.lying(up_to=last_uid)
        for start in range(0, len(lying), MOVED_AT_ONCE):
            there = {str(uid): uid for uid in lying[start : start + MOVED_AT_ONCE]}
            taken = Sighting.objects.filter(source=row.source, uidvalidity=uidvalidity, uid__in=there)
            rows = taken.values_list("uid", "message__problems")
            if uids := sorted(there[uid] for uid, problems in rows if CUT_OFF not in problems):
                box.move(row.folder, uids, settings.IMAP_MOVE_TO)
    finally:
        mine.update(moving_until=None)


def _concerns_us(source: str, stored: Stored) -> bool:
    """Of what somebody sent from her own mail program only what belongs with a letter is taken in."""
    if source != SENT:
        return True
    found = incoming.examine(stored.raw, is_sent=True).placement
    return bool(found.places or found.guesses)


def _note_problem(source: str, name: str, error: MailboxError) -> None:
    problem = next(
        (told for kind, told in _PROBLEMS.items() if isinstance(error, kind)), MailboxProblem.UNREACHABLE
    )
    logger.warning("The mailbox cannot be read (%s): %s", problem.value, error)
    now = timezone.now()
    row, _is_new = MailboxFolder.objects.get_or_create(source=source, defaults={"folder": name})
    pause = PAUSES[min(row.failures, len(PAUSES) - 1)]
    MailboxFolder.objects.filter(pk=row.pk).update(
        problem=problem,
        detail=str(error)[:2000],
        since=row.since or now,
        retry_at=now + pause,
        failures=F("failures") + 1,
    )


def _fetch_local(told: Told) -> Fetched:
    """The stand-in: a Maildir beside the local mailbox, in which answers are laid."""
    new = 0
    for key, raw in Maildir(Path(settings.LOCAL_INBOX)).messages():
        if Sighting.objects.filter(source="local", uidvalidity=0, uid=key).exists():
            continue
        _message, is_new = intake.take_in(raw=raw, source="local", uid=key)
        new += is_new
        told("local", new)
    return Fetched(new=new)
