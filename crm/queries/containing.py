"""Rows with a piece of text in the column that is indexed for it, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Final, TypeVar

from django.db import connections
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from crm.dutch.folding import WHOLE_FROM, query_terms
from crm.models.search_index import INDEXED, SHORTEST, Indexed, index_table

M = TypeVar("M", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])

# What stands before a word inside a sentence.
_BEFORE_WORDS: Final = ' (-/"“'
# Behind everything that somebody is called.
_LAST: Final = "z" * 20


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


def beginning(column: str, piece: str) -> Q:
    """The condition that a column of a-z, 0-9 and spaces begins with a piece of such, for an index on the column.

    A stretch of the index does what LIKE cannot: in SQLite that has no capitals, in PostgreSQL the index has the order
    of a language. In any of these the stretch holds all that begin so, and maybe a few that do not.
    """
    return Q(**{f"{column}__gte": piece, f"{column}__lte": piece + _LAST, f"{column}__startswith": piece})


def word_in(column: str, word: str) -> Q:
    """The condition that a column of plain text has a word in it; SP is not in "aanspreken", see ``query_terms``."""
    if len(word) >= WHOLE_FROM:
        return Q(**{f"{column}__icontains": word})
    # Cheaper than a regular expression, which SQLite asks of Python for every row.
    begins = (Q(**{f"{column}__icontains": sign + word}) for sign in _BEFORE_WORDS)
    return reduce(or_, begins, Q(**{f"{column}__istartswith": word}))


def with_words(queryset: Rows, text: str, *columns: str) -> Rows:
    """Those with every word of what was typed in one of these columns of plain text; none when there is no letter or
    digit in it."""
    if not text.isprintable() or not query_terms(text):
        return queryset.none()
    for word in text.split():
        queryset = queryset.filter(reduce(or_, (word_in(column, word) for column in columns)))
    return queryset


def _match(queryset: QuerySet[M], entry: Indexed, wanted: str) -> QuerySet[M]:
    index = index_table(entry.table)
    return queryset.filter(pk__in=RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [wanted]))


def _has(entry: Indexed, piece: str) -> Q:
    return Q(**{f"{entry.column}__{'icontains' if entry.cased else 'contains'}": piece})


def _quoted(piece: str) -> str:
    return '"' + piece.replace('"', '""') + '"'
