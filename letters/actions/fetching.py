"""Reading the mailbox: what is new comes in, and the mailbox stays as it was unless moving is set."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from crm.clients.mailbox import Maildir
from letters.clients.imap import BadCredentials, FolderGone, Insecure, Mailbox, MailboxError, Stored
from letters.models import MailboxFolder, MailboxProblem, Sighting
from letters.queries import incoming

from . import intake

# Of a larger message only the beginning is taken in; nobody sends a letter of this size.
LARGEST = 60 * 1024 * 1024
# The pause before the next try after a failure; the last one stays.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 60))
_PROBLEMS = {
    BadCredentials: MailboxProblem.CREDENTIALS,
    Insecure: MailboxProblem.INSECURE,
    FolderGone: MailboxProblem.FOLDER_GONE,
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
    waiting = set() if now else set(_waiting())
    if folders.keys() <= waiting:
        return finished
    try:
        with Mailbox.from_settings() as box:
            if sent := settings.IMAP_READ_SENT and box.sent_folder():
                folders[SENT] = sent
            for source, name in folders.items():
                if source not in waiting:
                    finished += _read(box, source, name, told)
    except MailboxError as error:
        for source, name in folders.items():
            _note_problem(source, name, error)
        return finished + Fetched(failed=1)
    return finished


SENT = "imap-sent"


def _waiting() -> list[str]:
    return list(
        MailboxFolder.objects.exclude(problem="")
        .filter(retry_at__gt=timezone.now())
        .values_list("source", flat=True)
    )


def _read(box: Mailbox, source: str, name: str, told: Told) -> Fetched:
    """One folder. Raises MailboxError when the connection is lost; a folder that is gone is noted, and the rest goes
    on."""
    try:
        state = box.look(name)
    except FolderGone as error:
        _note_problem(source, name, error)
        return Fetched(failed=1)
    row, _is_new = MailboxFolder.objects.get_or_create(source=source, defaults={"folder": name})
    if (row.folder, row.uidvalidity) != (name, state.uidvalidity):
        row.folder, row.uidvalidity, row.last_uid = name, state.uidvalidity, 0
        row.save()
    new = 0
    moved: list[int] = []
    for stored in box.messages(after=row.last_uid, largest=LARGEST):
        if _concerns_us(source, stored):
            _message, is_new = intake.take_in(
                raw=stored.raw, source=source, uid=str(stored.uid), uidvalidity=state.uidvalidity
            )
            new += is_new
            moved.append(stored.uid)
        MailboxFolder.objects.filter(pk=row.pk, last_uid__lt=stored.uid).update(last_uid=stored.uid)
        told(name, new)
    if moved and settings.IMAP_MOVE_TO and source != SENT:
        box.move(name, moved, settings.IMAP_MOVE_TO)
    MailboxFolder.objects.filter(pk=row.pk).update(
        checked_at=timezone.now(), problem="", detail="", since=None, retry_at=None, failures=0
    )
    return Fetched(new=new)


def _concerns_us(source: str, stored: Stored) -> bool:
    """Of what somebody sent from her own mail program only what belongs with a letter is taken in."""
    if source != SENT:
        return True
    found = incoming.examine(stored.raw).placement
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
