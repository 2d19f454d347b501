"""Rows with a piece of text in the column that is indexed for it, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import connections
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from crm.models.search_index import INDEXED, SHORTEST, Indexed, index_table

M = TypeVar("M", bound=Model)


def all_of(queryset: QuerySet[M], pieces: Iterable[str]) -> QuerySet[M]:
    """Those with every piece in them; all of them without pieces. See ``crm.models.search_index`` for the columns."""
    entry, pieces = INDEXED[queryset.model], list(pieces)
    if connections[queryset.db].vendor == "sqlite":
        indexed = [piece for piece in pieces if len(piece) >= SHORTEST]
        if indexed:
            queryset = _match(queryset, entry, " AND ".join(map(_quoted, indexed)))
        pieces = [piece for piece in pieces if len(piece) < SHORTEST]
    for piece in pieces:
        queryset = queryset.filter(_has(entry, piece))
    return queryset


def any_of(queryset: QuerySet[M], pieces: Iterable[str]) -> QuerySet[M]:
    """Those with one of the pieces in them, of three characters or more; none without pieces."""
    entry, pieces = INDEXED[queryset.model], list(pieces)
    if not pieces:
        return queryset.none()
    if connections[queryset.db].vendor == "sqlite":
        return _match(queryset, entry, " OR ".join(map(_quoted, pieces)))
    wanted = Q()
    for piece in pieces:
        wanted |= _has(entry, piece)
    return queryset.filter(wanted)


def _match(queryset: QuerySet[M], entry: Indexed, wanted: str) -> QuerySet[M]:
    index = index_table(entry.table)
    return queryset.filter(pk__in=RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [wanted]))


def _has(entry: Indexed, piece: str) -> Q:
    return Q(**{f"{entry.column}__{'icontains' if entry.cased else 'contains'}": piece})


def _quoted(piece: str) -> str:
    return '"' + piece.replace('"', '""') + '"'
