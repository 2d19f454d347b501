"""Where a message belongs: the value that the placing gives."""

from __future__ import annotations

from dataclasses import dataclass

from letters.inbound.known import Thread
from letters.inbound.reasons import Reason


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message belongs, for certain."""

    thread: Thread
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """Where a message may belong, for a person to decide.

    ``is_likely``: the reasons are strong, and stronger than those for any other recipient.
    """

    thread: Thread
    reasons: tuple[Reason, ...]
    is_likely: bool


@dataclass(frozen=True, slots=True)
class Placement:
    """All places, and the best guesses first; ``notes`` say what stands in the way of being certain."""

    places: tuple[Place, ...] = ()
    guesses: tuple[Guess, ...] = ()
    notes: tuple[Reason, ...] = ()
