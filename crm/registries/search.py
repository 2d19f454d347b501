"""What else the one search box looks in: higher rooms add letters, pages and the like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: what it is called, what tells it apart, and where it stands.

    ``kind`` and ``pk`` say which record it is: "organisation", "person", or the word of the room that found it.
    ``also`` is what it is called for short. ``exact`` says that it is called just what was typed.
    """

    kind: str
    pk: int
    title: str
    subtitle: str
    url: str
    also: str = ""
    exact: bool = False


# What was typed, how many at most, and who is looking: the finder leaves out what they may not see.
Find = Callable[[str, int, Any], list[Hit]]


@dataclass(frozen=True, slots=True)
class Source:
    """A group of results. ``more`` is the address of the list that takes ``?q=`` for the rest, if there is one."""

    name: str
    label: str | Promise
    order: int
    find: Find
    more: str | Promise = ""


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Have the search box look somewhere more. Raises ValueError when the name is taken by another source."""
    if SOURCES.setdefault(source.name, source) != source:
        raise ValueError(f"Search source {source.name!r} is registered twice.")


def sources() -> list[Source]:
    """All sources, in the order in which their results are shown."""
    return sorted(SOURCES.values(), key=lambda source: (source.order, source.name))
