"""Periodic work by name, run by ``manage.py deliver``."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Periodic:
    """A function without arguments that runs about every ``every``; it must be safe to run twice."""

    name: str
    every: datetime.timedelta
    run: Callable[[], object]


PERIODIC: dict[str, Periodic] = {}


def register(name: str, *, every: datetime.timedelta, run: Callable[[], object]) -> None:
    """Have something done periodically. Raises ValueError when the name is taken by other work."""
    work = Periodic(name, every, run)
    if PERIODIC.setdefault(name, work) != work:
        raise ValueError(f"Periodic work {name!r} is registered twice.")
