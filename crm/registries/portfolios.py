"""What somebody minds, in every room: what is handed over in one go when a volunteer leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Part:
    """One sort of thing that a person minds, such as follow-ups.

    ``held`` gives the records that are hers; ``label`` names one of them, from the record alone; ``counted`` says how
    many in words. ``permission`` is what who takes over must hold to go on with it. ``move`` hands the records with
    these ids to somebody, within the transaction of the caller, and returns the records on whose timeline it belongs.
    """

    name: str
    order: int
    permission: str
    counted: Callable[[int], str]
    held: Callable[[Any], QuerySet[Any]]
    label: Callable[[Any], str]
    move: Callable[[list[int], Any], list[Model]]


PARTS: dict[str, Part] = {}


def register(part: Part) -> None:
    """Have something go along when a portfolio is handed over. Raises ValueError when the name is taken."""
    if PARTS.setdefault(part.name, part) != part:
        raise ValueError(f"Part of a portfolio {part.name!r} is registered twice.")


def parts() -> list[Part]:
    """All parts, in order."""
    return sorted(PARTS.values(), key=lambda part: (part.order, part.name))
