"""The sentences of the timeline, by the code of the event, and how the codes in their parameters read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm.dutch.articles import opening

Words = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Event:
    """How an event reads. ``wording`` has ``%(name)s`` places; ``undated`` is the sentence for when its ``day`` or
    ``since`` is not known. ``is_contact``: something passed between us and them."""

    wording: str | Promise
    is_contact: bool = False
    icon: str = "history"
    undated: str | Promise = ""


EVENTS: dict[str, Event] = {}
# By the key of a parameter that is stored as a code, such as {"day": "2025-07-29"}.
WORDINGS: dict[str, Words] = {}


def register(
    code: str,
    wording: str | Promise,
    *,
    is_contact: bool = False,
    icon: str = "history",
    undated: str | Promise = "",
) -> None:
    """Give an event its sentence. Raises ValueError when the code is taken by another sentence."""
    event = Event(wording, is_contact, icon, undated)
    if EVENTS.setdefault(code, event) != event:
        raise ValueError(f"Timeline event {code!r} is registered twice.")


def register_wording(key: str, words: Words) -> None:
    """Say how parameters read that are stored under a key. Raises ValueError when it is taken."""
    if WORDINGS.setdefault(key, words) != words:
        raise ValueError(f"Timeline parameters {key!r} are registered twice.")


def sentence(code: str, parameters: Mapping[str, Any], *, by: str) -> str:
    """The event in words, in the language of the reader; a parameter that is missing reads as "?"."""
    event = EVENTS.get(code)
    if event is None:
        return code
    values: defaultdict[str, Any] = defaultdict(lambda: "?")
    values |= {name: _in_words(value) for name, value in parameters.items() if value is not None}
    values["by"] = by or _("Spreekbuis")
    is_undated = event.undated and not any(values.get(name, "?") != "?" for name in ("day", "since"))
    return opening(str(event.undated if is_undated else event.wording) % values)


def contact_codes() -> list[str]:
    """The codes of events in which something passed between us and them."""
    return [code for code, event in EVENTS.items() if event.is_contact]


def _in_words(value: Any) -> Any:
    """A parameter as it reads: several of them in a row, numbers as the reader writes them, text as it is."""
    if isinstance(value, list):
        return "; ".join(str(_in_words(one)) for one in value)
    if isinstance(value, dict) and len(value) == 1:
        [(key, content)] = value.items()
        if key in WORDINGS:
            return WORDINGS[key](content)
    if isinstance(value, int) and not isinstance(value, bool):
        return number_format(value, force_grouping=True)
    return value
