"""Where a claim can come from: records of higher rooms, such as a message that came in, with the words in them."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from crm.actions.action import System

# How a quote shows that it leaves something out.
_GAPS: Final = ("[…]", "[...]", "(…)", "(...)")


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of record that parties can be quoted from.

    ``name`` stands in addresses; ``model`` is its label, and ``permission`` what one needs to see such a record.
    ``voice`` is the ``Voice`` that speaks in it. ``words`` says what it is ("e-mail of 30 July 2025: Re: letter"),
    without naming a person, as that stays when the record goes. ``texts`` are the ways in which its text reads; none
    when it cannot be read.
    """

    name: str
    model: str
    permission: str
    voice: str
    words: Callable[[Any], str]
    url: Callable[[Any], str]
    said_on: Callable[[Any], datetime.date]
    texts: Callable[[Any], Collection[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A record that a claim comes from, with the kind of source it is."""

    source: Source
    record: Model

    @property
    def token(self) -> str:
        """How an address names it."""
        return token(self.record)

    @property
    def words(self) -> str:
        """What it is."""
        return self.source.words(self.record)

    @property
    def url(self) -> str:
        """Where it can be read."""
        return self.source.url(self.record)

    @property
    def said_on(self) -> datetime.date:
        """When it was said."""
        return self.source.said_on(self.record)


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a kind of source known. Raises ValueError when the name is taken by another one."""
    if SOURCES.setdefault(source.name, source) != source:
        raise ValueError(f"Source {source.name!r} is registered twice.")


def token(record: Model) -> str:
    """How an address names a record: "message-12". Raises LookupError for a model that is no source."""
    label = record._meta.label
    for source in SOURCES.values():
        if source.model == label:
            return f"{source.name}-{record.pk}"
    raise LookupError(f"{label} is no source of claims.")


def may_see(source: Source, user: Any) -> bool:
    """Whether this user may see records of this kind."""
    return isinstance(user, System) or bool(user.has_perm(source.permission))


def named(text: str, *, user: Any) -> Found | None:
    """The record that a token names; None when there is none, or when this user may not see it."""
    name, _dash, pk = text.rpartition("-")
    source = SOURCES.get(name)
    if source is None or not (pk.isascii() and pk.isdecimal() and len(pk) <= 18) or not may_see(source, user):
        return None
    record = apps.get_model(source.model)._default_manager.filter(pk=int(pk)).first()
    return Found(source, record) if record is not None else None


def of(kept: Iterable[tuple[int | None, int | None]], *, user: Any) -> dict[tuple[int, int], Found]:
    """The records behind pairs of a content type and an id, those that are there and that this user may see; a query
    for each kind of source."""
    wanted: dict[int, set[int]] = {}
    for type_id, pk in kept:
        if type_id is not None and pk is not None:
            wanted.setdefault(type_id, set()).add(pk)
    found = {}
    for source in SOURCES.values() if wanted else ():
        model = apps.get_model(source.model)
        type_id = ContentType.objects.get_for_model(model).pk
        if type_id in wanted and may_see(source, user):
            for pk, record in model._default_manager.in_bulk(wanted[type_id]).items():
                found[type_id, pk] = Found(source, record)
    return found


def says(texts: Collection[str], quote: str) -> bool:
    """Whether the quote stands in one of the texts, whatever the blanks and line breaks in both. A quote may leave
    something out with "[…]": its pieces stand in the text in their order."""
    for gap in _GAPS:
        quote = quote.replace(gap, "\0")
    pieces = [piece for piece in map(_letters, quote.split("\0")) if piece]
    return bool(pieces) and any(_in_order(_letters(text), pieces) for text in texts)


def _in_order(text: str, pieces: list[str]) -> bool:
    start = 0
    for piece in pieces:
        start = text.find(piece, start)
        if start < 0:
            return False
        start += len(piece)
    return True


def _letters(text: str) -> str:
    """What one sees of a text: without blanks, line breaks and what has no shape."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFC", text)
        if not letter.isspace() and unicodedata.category(letter) not in {"Cc", "Cf"}
    )
