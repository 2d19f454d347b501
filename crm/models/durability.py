"""Changing one row only if it is as expected, with a say in whether the commit waits for the disk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, models


def compare_and_set(
    row: models.Model,
    *,
    expected: Mapping[str, object],
    one_of: Mapping[str, Collection[object]],
    values: Mapping[str, object],
    on_disk: bool,
) -> bool:
    """Set ``values`` on this row if its columns still equal ``expected`` and are among ``one_of``; whether it did.

    ``on_disk``: the commit survives a power cut; then this may not be part of a transaction, whose commit would be
    the one that counts (RuntimeError). Otherwise a power cut may undo the transaction for a moment after its commit,
    a crash of ours may not; that saves a wait for the disk.

    SQLite waits as ``PRAGMA synchronous`` says (https://www.sqlite.org/pragma.html#pragma_synchronous), PostgreSQL
    as ``synchronous_commit`` (https://www.postgresql.org/docs/current/wal-async-commit.html), which this one
    statement sets for its own transaction. Written in SQL because it runs twice for every message.
    """
    if on_disk and connection.in_atomic_block:
        raise RuntimeError("A commit that must be on disk cannot be part of another transaction.")
    conditions = ["id = %s", *(f"{column} = %s" for column in expected)]
    parameters: list[Any] = [*map(_adapted, values.values()), row.pk, *map(_adapted, expected.values())]
    for column, allowed in one_of.items():
        conditions.append(f"{column} IN ({', '.join(['%s'] * len(allowed))})")
        parameters += map(_adapted, allowed)
    if connection.vendor == "postgresql":
        conditions.append("set_config('synchronous_commit', %s, true) <> ''")
        parameters.append("on" if on_disk else "off")
    assignments = ", ".join(f"{column} = %s" for column in values)
    statement = f"UPDATE {row._meta.db_table} SET {assignments} WHERE {' AND '.join(conditions)}"
    with connection.cursor() as cursor, _waiting(on_disk):
        cursor.execute(statement, parameters)
        return cursor.rowcount == 1


@contextmanager
def _waiting(on_disk: bool) -> Iterator[None]:
    if not on_disk or connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        (usual,) = cursor.fetchone()
        cursor.execute("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={usual}")


def _adapted(value: object) -> object:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
