"""The sentences of the timeline, by the code of the event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Event:
    """How an event reads. ``wording`` has ``%(name)s`` places; ``is_contact``: something passed between us and them."""

    wording: str | Promise
    is_contact: bool = False
    icon: str = "history"


EVENTS: dict[str, Event] = {}


def register(code: str, wording: str | Promise, *, is_contact: bool = False, icon: str = "history") -> None:
    """Give an event its sentence. Raises ValueError when the code is taken by another sentence."""
    event = Event(wording, is_contact, icon)
    if EVENTS.setdefault(code, event) != event:
        raise ValueError(f"Timeline event {code!r} is registered twice.")


def sentence(code: str, parameters: Mapping[str, Any], *, by: str) -> str:
    """The event in words, in the language of the reader; a parameter that is missing reads as "?"."""
    event = EVENTS.get(code)
    if event is None:
        return code
    values: defaultdict[str, Any] = defaultdict(lambda: "?", parameters)
    values["by"] = by or _("Spreekbuis")
    return str(event.wording) % values


def contact_codes() -> list[str]:
    """The codes of events in which something passed between us and them."""
    return [code for code, event in EVENTS.items() if event.is_contact]
