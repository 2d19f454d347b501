"""What something can be about: records of any room, how they are called, where they stand, who may see them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Named:
    """A record in words, and the screen that it stands on."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Kind:
    """The records of one model, by its ``label`` such as "crm.organisation".

    ``permission`` is what somebody needs to see one. ``name`` words many at once, by id, in a constant number of
    queries; what is gone is left out. ``timelines`` gives the records on whose timeline a line about one belongs.
    ``within`` gives the ids of those that also belong on the page of another record, such as the threads with an
    organisation; None when there are none.
    """

    label: str
    permission: str
    name: Callable[[Collection[int]], Mapping[int, Named]]
    timelines: Callable[[Any], list[Model]]
    within: Callable[[Model], Any] | None = None


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of record known. Raises ValueError when the model is taken by another kind."""
    if KINDS.setdefault(kind.label, kind) != kind:
        raise ValueError(f"Subject {kind.label!r} is registered twice.")


def of(record: Model) -> Kind | None:
    """The kind of a record; None for one that nothing can be about."""
    return KINDS.get(record._meta.label_lower)


def visible_to(user: Any) -> list[Kind]:
    """The kinds of which a user may see the records."""
    return [kind for kind in KINDS.values() if user.has_perm(kind.permission)]
