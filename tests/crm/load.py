"""People writing and workers delivering at the same time, in processes of their own; needs Django set up."""

from __future__ import annotations

import json
import logging
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor

from django.db import DatabaseError, connections, transaction

from crm.actions.action import record
from crm.actions.delivering import drain
from crm.models import TimelineEntry, User
from crm.queries.outgoing import left_to_deliver

WRITERS, WORKERS = 4, 2


def write(transactions: int) -> list[str]:
    """Somebody at work in the back office: read, change, and an audit line. Returns the errors."""
    errors = []
    for number in range(transactions):
        try:
            with transaction.atomic():
                user = User.objects.get(username="alida")
                TimelineEntry.objects.about(user).first()
                record("load.written", by=user, on=[user], number=number)
                user.last_name = f"Versie {number}"
                user.save()
        except DatabaseError as error:
            errors.append(str(error))
    return errors


def deliver(number: int) -> list[str]:
    """A worker that goes on until nothing waits. Returns the errors, also those it got over."""
    errors: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda entry: errors.append(entry.getMessage())  # type: ignore[method-assign]
    logging.getLogger("crm").addHandler(handler)
    while left_to_deliver():
        drain(worker=f"worker-{number}")
    return errors


def run(transactions: int) -> None:
    """Print the errors of everyone together, as a JSON list."""
    connections.close_all()
    with ProcessPoolExecutor(WRITERS + WORKERS, mp_context=multiprocessing.get_context("fork")) as pool:
        runs = [pool.submit(write, transactions) for _ in range(WRITERS)]
        runs += [pool.submit(deliver, number) for number in range(WORKERS)]
        errors = [error for run in runs for error in run.result()]
    sys.stdout.write(json.dumps(errors) + "\n")
