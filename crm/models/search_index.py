"""The index under the search boxes: any piece of three characters of a column, on SQLite and on PostgreSQL.

SQLite has an FTS5 table with the trigram tokenizer, kept up to date by triggers; PostgreSQL a trigram index. It is made
after every ``migrate`` instead of in a migration: when Django alters a table on SQLite it builds the table anew, and
the triggers are gone without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from .contact_points import ContactPoint
from .interactions import Interaction
from .organisations import Organisation
from .people import Person

# The shortest piece the index knows.
SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Indexed:
    """A column that is searched, and the ``watched`` columns that it is made of. ``cased`` when it has capitals."""

    model: type[Model]
    column: str
    watched: str
    cased: bool = False

    @property
    def table(self) -> str:
        """The table it is a column of."""
        return self.model._meta.db_table


INDEXED: Final = {
    entry.model: entry
    for entry in (
        Indexed(Organisation, "search_key", "search_key"),
        Indexed(Person, "search_key", "search_key"),
        Indexed(ContactPoint, "lookup", "kind, value, postcode"),
        Indexed(Interaction, "summary", "summary", cased=True),
    )
}
_TRIGGERS: Final = {
    "added": "AFTER INSERT ON {table} BEGIN {insert} END",
    "removed": "AFTER DELETE ON {table} BEGIN {delete} END",
    "changed": "AFTER UPDATE OF {watched} ON {table} BEGIN {delete} {insert} END",
}


def index_table(table: str) -> str:
    """The name of the FTS5 table beside a table."""
    return f"{table}_search"


def ensure(using: str = "default") -> None:
    """Make what is missing of the index; safe to run again. Does nothing before the tables exist."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    for entry in INDEXED.values():
        if entry.table not in tables or not _has_column(connection, entry):
            continue
        if connection.vendor == "sqlite":
            _ensure_sqlite(connection, entry)
        elif connection.vendor == "postgresql":
            _ensure_postgresql(connection, entry)


def _has_column(connection: BaseDatabaseWrapper, entry: Indexed) -> bool:
    """Whether the table is as far as that: ``migrate`` may stop halfway, at a name of a migration."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, entry.table)
    return entry.column in {column.name for column in columns}


def ensure_after_migrate(*, using: str, **kwargs: Any) -> None:
    """The receiver of ``post_migrate``."""
    ensure(using)


def _ensure_sqlite(connection: BaseDatabaseWrapper, entry: Indexed) -> None:
    table, column = entry.table, entry.column
    index = index_table(table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{index}%"])
        present = {name for (name,) in cursor.fetchall()}
        wanted = {f"{index}_{name}": sql for name, sql in _TRIGGERS.items()}
        if index in present and wanted.keys() <= present:
            return
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5"
            f"({column}, content='{table}', content_rowid='id', tokenize='trigram')"
        )
        parts = {
            "table": table,
            "watched": entry.watched,
            "insert": f"INSERT INTO {index}(rowid, {column}) VALUES (new.id, new.{column});",
            "delete": f"INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.id, old.{column});",
        }
        for name, sql in wanted.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {sql.format(**parts)}")
        cursor.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")


def _ensure_postgresql(connection: BaseDatabaseWrapper, entry: Indexed) -> None:
    # Django asks for capitals by UPPER, see ``icontains``.
    what = f"(UPPER({entry.column}))" if entry.cased else entry.column
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        # Without the extension (PostgreSQL's contrib package) searching works, only slower.
        if cursor.fetchone() is not None:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                # Without fastupdate new rows wait in a list that every search must read, until a vacuum comes by.
                f"CREATE INDEX IF NOT EXISTS {index_table(entry.table)} ON {entry.table}"
                f" USING gin ({what} gin_trgm_ops) WITH (fastupdate = off)"
            )
