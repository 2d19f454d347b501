"""What sends a newsletter: the mail service or our own outbox, behind one small interface."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from campaigns.models import Mailing, Problem


class Stop(Exception):
    """It cannot go on without a person; nothing was let go."""

    def __init__(self, problem: Problem, details: str = "") -> None:
        self.problem, self.details = problem, details
        super().__init__(problem.label)


class Later(Exception):
    """It cannot be done now; trying again in a while may help. The text is what was answered."""


class Where(Enum):
    """Where a mailing is at whoever sends it."""

    WAITING = auto()
    SCHEDULED = auto()
    LEFT = auto()
    CANCELLED = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What whoever sends it says of a mailing: where it is, to how many it goes or went, and when it left."""

    where: Where
    recipients: int | None = None
    at: datetime.datetime | None = None


class Backend(Protocol):
    """Whoever sends. Every step may be repeated after it was broken off; all raise Stop or Later."""

    name: str

    def put_ready(self, mailing: Mailing) -> None:
        """Have it stand ready with exactly what was approved, read back. Sets ``remote_id``, which is saved at once."""

    def let_go(self, mailing: Mailing) -> None:
        """Send what stands ready, or have it sent at its moment; it goes once, however often this is asked."""

    def look(self, mailing: Mailing) -> Outcome:
        """Where it is."""

    def result(self, mailing: Mailing) -> tuple[dict[str, int | None], list[tuple[str, int, int]]]:
        """What readers did: the numbers of a ``Result`` by their names, and for each link its address, how often it
        was followed, and by how many."""

    def send_test(self, mailing: Mailing, addresses: list[str]) -> None:
        """Send what it would be to a few addresses, marked as a test; it stays a draft."""
