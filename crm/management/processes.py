"""The processes of ``manage.py deliver``: forked after everything is imported, watched, and stopped with care."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Self

from django.db import connections

# A process that ended is started again, but not in a tight circle.
RESTART_SECONDS = 5
STEP_SECONDS = 0.2


class Stop:
    """A context manager that catches SIGTERM and SIGINT; call it to know whether it is time to stop.

    A second SIGINT ends the process at once. In a child it is also time when the parent is gone.
    """

    def __init__(self) -> None:
        self._set = False
        self._parent: int | None = None
        self._usual: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                self._usual[number] = signal.signal(number, self._caught)
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._usual.items():
            signal.signal(number, handler)

    def __call__(self) -> bool:
        return self._set or (self._parent is not None and os.getppid() != self._parent)

    def follow(self, parent: int) -> None:
        """Also stop when this parent is no longer there."""
        self._parent = parent

    def wait(self, seconds: float) -> None:
        """Rest, but no longer than until the stop."""
        until = time.monotonic() + seconds
        while not self() and (left := until - time.monotonic()) > 0:
            time.sleep(min(STEP_SECONDS, left))

    def _caught(self, number: int, frame: FrameType | None) -> None:
        self._set = True
        # SIGTERM may come twice, from the service manager and from the parent; Ctrl-C twice is impatience.
        if number == signal.SIGINT:
            signal.signal(number, signal.SIG_DFL)


@dataclass(frozen=True)
class Job:
    """What one process does. ``run`` is called in the child with its name; ``died`` in the parent after an error."""

    run: Callable[[str], object]
    name: Callable[[], str]
    died: Callable[[str], None] = field(default=lambda name: None)


def run_all(jobs: list[Job], stop: Stop, *, again: bool, meanwhile: Callable[[], None] = lambda: None) -> int:
    """Run every job in its own process until all are done or, with ``again``, until the stop.

    ``meanwhile`` is called several times a second. Returns how many processes ended with an error.
    """
    failed = 0
    running: dict[int, tuple[Job, str]] = {}
    due = [(0.0, job) for job in jobs]
    told = False
    while running or (due and not stop()):
        while due and not stop() and due[0][0] <= time.monotonic():
            _, job = due.pop(0)
            name = job.name()
            running[_fork(job, name, stop)] = job, name
        if stop() and not told:
            told = True
            for pid in running:
                os.kill(pid, signal.SIGTERM)
        meanwhile()
        ended = [(pid, status) for pid, status in (os.waitpid(pid, os.WNOHANG) for pid in running) if pid]
        for pid, status in ended:
            job, name = running.pop(pid)
            if status:
                failed += 1
                job.died(name)
            if again:
                due.append((time.monotonic() + RESTART_SECONDS, job))
        if not ended:
            time.sleep(STEP_SECONDS)
    return failed


def _fork(job: Job, name: str, stop: Stop) -> int:
    """The process id of a child that does the job, over its own database connection."""
    parent = os.getpid()
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        stop.follow(parent)
        job.run(name)
        connections.close_all()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
