"""Work that waits for something to happen, by name; ``manage.py deliver`` has a process for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Waiting(Protocol):
    """Whether it is time to stop, and a rest that ends then."""

    def __call__(self) -> bool:
        """Whether it is time to stop."""

    def wait(self, seconds: float) -> None:
        """Rest, but no longer than until the stop."""


@dataclass(frozen=True, slots=True)
class Standing:
    """``run`` goes on until it is told to stop; ``is_wanted`` says whether this installation asks for it."""

    name: str
    run: Callable[[Waiting], object]
    is_wanted: Callable[[], bool]


STANDING: dict[str, Standing] = {}


def register(name: str, *, run: Callable[[Waiting], object], is_wanted: Callable[[], bool]) -> None:
    """Have something done as long as mail is delivered. Raises ValueError when the name is taken by other work."""
    work = Standing(name, run, is_wanted)
    if STANDING.setdefault(name, work) != work:
        raise ValueError(f"Standing work {name!r} is registered twice.")


def wanted() -> list[Standing]:
    """What this installation asks for."""
    return [work for work in STANDING.values() if work.is_wanted()]
