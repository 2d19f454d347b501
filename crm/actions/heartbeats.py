"""The heartbeat of a worker that delivers mail: a row that it keeps fresh, also while a mail server is slow."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import Error, connection
from django.db.models.functions import Now

from crm.models import MailWorker

BEAT_SECONDS: Final = 10

logger = logging.getLogger(__name__)


@contextmanager
def beating(worker: str, *, every: float = BEAT_SECONDS) -> Iterator[None]:
    """Say that this worker is alive, now and every so many seconds, until the end of the block.

    A thread of its own does that, with a connection of its own: a mail server may take ten minutes to answer, and all
    that time the worker is alive and holds its message. So a heartbeat that stops means a process that is gone or
    frozen, or that cannot reach the database; none of these can let a message leave that others may take over.
    Never start it before a fork: the thread would stay behind. After an error the row stays, and goes silent: that is
    how others find what this worker still had in hand.
    """
    ended = threading.Event()
    thread = threading.Thread(target=_keep_beating, args=(worker, lambda: ended.wait(every)), daemon=True)
    beat(worker)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    stop(worker)


def beat(worker: str) -> None:
    """The worker is alive; while the database is away that stays unsaid."""
    try:
        if not MailWorker.objects.filter(name=worker).update(seen_at=Now()):
            MailWorker.objects.bulk_create([MailWorker(name=worker, seen_at=Now())], ignore_conflicts=True)
    except Error as error:
        logger.warning("The heartbeat of %s could not be written: %s", worker, error)
        connection.close()


def stop(worker: str) -> None:
    """The worker delivers no more."""
    try:
        MailWorker.objects.filter(name=worker).delete()
    except Error as error:
        logger.warning("The end of %s could not be written: %s", worker, error)
        connection.close()


def _keep_beating(worker: str, ended: Callable[[], bool]) -> None:
    while not ended():
        beat(worker)
        # Not kept open for ten seconds of doing nothing, and found fresh after the database was away.
        connection.close()
