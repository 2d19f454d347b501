"""Panels in the column "open with them" of a dossier, filled by higher rooms: whose turn, promises, positions."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Model
from django.utils.functional import Promise

Tone = Literal["calm", "attention", "bad", "good"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is open: a sentence, where it leads, and a quiet line below it. ``tone`` is also said in words."""

    text: str
    url: str = ""
    note: str = ""
    due_on: datetime.date | None = None
    tone: Tone = "calm"


@dataclass(frozen=True, slots=True)
class Panel:
    """A heading with its items. ``empty`` is the sentence when there are none; ``action`` is (label, url) for what
    one would do next, ``more`` are further ways to go on. A panel without items and without ``empty`` is not shown."""

    title: str | Promise
    items: tuple[Item, ...] = ()
    empty: str = ""
    action: tuple[str, str] | None = None
    more: tuple[tuple[str, str], ...] = ()


# What is asked for a dossier: the record, and the user who looks (a panel leaves out what they may not see).
Fill = Callable[[Model, Any], "Panel | None"]


@dataclass(frozen=True, slots=True)
class _Registered:
    name: str
    subject: str
    order: int
    fill: Fill


PANELS: dict[str, _Registered] = {}


def register(name: str, *, subject: str, fill: Fill, order: int = 100) -> None:
    """Add a panel to the dossiers of a ``subject`` ("organisation" or "person").

    ``fill`` runs a constant number of queries. Raises ValueError when the name is taken by another panel.
    """
    panel = _Registered(name, subject, order, fill)
    if PANELS.setdefault(name, panel) != panel:
        raise ValueError(f"Panel {name!r} is registered twice.")


def open_items(panels: Iterable[Panel]) -> list[Item]:
    """What asks for attention in any of the panels: it also stands on top of the column."""
    return [item for panel in panels for item in panel.items if item.tone in ("attention", "bad")]


def of(subject: str, record: Model, *, user: Any) -> list[Panel]:
    """The filled panels for one record, in order, without the ones that have nothing to say."""
    wanted = sorted((p for p in PANELS.values() if p.subject == subject), key=lambda p: (p.order, p.name))
    filled = [panel.fill(record, user) for panel in wanted]
    return [panel for panel in filled if panel is not None and (panel.items or panel.empty)]
