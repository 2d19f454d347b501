"""What higher rooms let one do with the rows that are ticked in a list, such as writing a letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Deed:
    """A button below a list, for who has the ``permission``.

    ``subject`` is "organisations" or "people". The button leads to ``url`` with the ids of the ticked rows in it:
    ``?organisation=3&organisation=7`` or ``?person=5``; with none when nothing was ticked.
    """

    name: str
    subject: str
    label: str | Promise
    permission: str
    url: str | Promise


DEEDS: dict[str, Deed] = {}


def register(deed: Deed) -> None:
    """Offer something to do. Raises ValueError when the name is taken by another deed."""
    if DEEDS.setdefault(deed.name, deed) != deed:
        raise ValueError(f"Deed {deed.name!r} is registered twice.")


def of(subject: str, *, user: Any) -> list[Deed]:
    """What this user may do with rows of a subject, in the order in which it was registered."""
    return [deed for deed in DEEDS.values() if deed.subject == subject and user.has_perm(deed.permission)]
