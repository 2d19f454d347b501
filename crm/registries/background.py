"""Background work by name: an action wakes a task without importing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

WAKERS: dict[str, Callable[..., Any]] = {}


def register(name: str, enqueue: Callable[..., Any]) -> None:
    """Make a task known under a name; ``enqueue`` is the task's own ``enqueue``."""
    WAKERS[name] = enqueue


def wake(name: str, **arguments: int | str) -> None:
    """Start a task once the current transaction is committed. A wake-up may be lost or doubled: tasks derive
    what to do from tables. Raises KeyError for an unknown name."""
    enqueue = WAKERS[name]
    transaction.on_commit(lambda: enqueue(**arguments))
