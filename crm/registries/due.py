"""What is due for one person: every room says it in lines, the Monday mail and the dashboard show them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db.models import Model


class Urgency(IntEnum):
    """What comes first."""

    OTHERS_WAIT = 1
    OVERDUE = 2
    OUR_TURN = 3
    THIS_WEEK = 4
    OF_US_ALL = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is due: a sentence, a quiet line below it, and the screen where it is.

    ``since`` is the day it was due or began to wait: within one urgency the oldest stands first. ``follow_up`` is the
    id of the follow-up that it is. ``subject`` is the record that it is about, for who hands it over.
    """

    words: str
    url: str
    urgency: Urgency
    since: datetime.date
    note: str = ""
    follow_up: int | None = None
    subject: Model | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What one room has: its most urgent lines, and how many there are in all."""

    lines: Sequence[Line]
    total: int


# For whom, on which day, and how many lines at most. A constant number of queries.
Contribute = Callable[[Any, datetime.date, int], Found]

CONTRIBUTORS: dict[str, Contribute] = {}


def register(name: str, contribute: Contribute) -> None:
    """Have a room say what is due. Raises ValueError when the name is taken by another one."""
    if CONTRIBUTORS.setdefault(name, contribute) != contribute:
        raise ValueError(f"What is due of {name!r} is registered twice.")


def of(user: Any, day: datetime.date, *, limit: int, without: Collection[str] = ()) -> Found:
    """What is due for a user on a day, over all rooms but ``without``: the most urgent ``limit`` lines, and how many
    there are."""
    found = [contribute(user, day, limit) for name, contribute in CONTRIBUTORS.items() if name not in without]
    lines = sorted((line for one in found for line in one.lines), key=lambda line: (line.urgency, line.since))
    return Found(lines[:limit], sum(one.total for one in found))
