"""The index under the search boxes: any piece of three characters of a search key, on SQLite and on PostgreSQL.

SQLite has an FTS5 table with the trigram tokenizer, kept up to date by triggers; PostgreSQL a trigram index. It is made
after every ``migrate`` instead of in a migration: when Django alters a table on SQLite it builds the table anew, and
the triggers are gone without a word.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .organisations import Organisation
from .people import Person

# The shortest piece the index knows.
SHORTEST: Final = 3
_INDEXED: Final = (Organisation, Person)
_TRIGGERS: Final = {
    "added": "AFTER INSERT ON {table} BEGIN {insert} END",
    "removed": "AFTER DELETE ON {table} BEGIN {delete} END",
    "changed": "AFTER UPDATE OF search_key ON {table} BEGIN {delete} {insert} END",
}


def index_table(table: str) -> str:
    """The name of the FTS5 table beside a table."""
    return f"{table}_search"


def ensure(using: str = "default") -> None:
    """Make what is missing of the index; safe to run again. Does nothing before the tables exist."""
    connection = connections[using]
    tables = [model._meta.db_table for model in _INDEXED]
    if not set(tables) <= set(connection.introspection.table_names()):
        return
    for table in tables:
        if connection.vendor == "sqlite":
            _ensure_sqlite(connection, table)
        elif connection.vendor == "postgresql":
            _ensure_postgresql(connection, table)


def ensure_after_migrate(*, using: str, **kwargs: Any) -> None:
    """The receiver of ``post_migrate``."""
    ensure(using)


def _ensure_sqlite(connection: BaseDatabaseWrapper, table: str) -> None:
    index = index_table(table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{index}%"])
        present = {name for (name,) in cursor.fetchall()}
        wanted = {f"{index}_{name}": sql for name, sql in _TRIGGERS.items()}
        if index in present and wanted.keys() <= present:
            return
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5"
            f"(search_key, content='{table}', content_rowid='id', tokenize='trigram')"
        )
        parts = {
            "table": table,
            "insert": f"INSERT INTO {index}(rowid, search_key) VALUES (new.id, new.search_key);",
            "delete": f"INSERT INTO {index}({index}, rowid, search_key) VALUES ('delete', old.id, old.search_key);",
        }
        for name, sql in wanted.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {sql.format(**parts)}")
        cursor.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")


def _ensure_postgresql(connection: BaseDatabaseWrapper, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        # Without the extension (PostgreSQL's contrib package) searching works, only slower.
        if cursor.fetchone() is not None:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                # Without fastupdate new rows wait in a list that every search must read, until a vacuum comes by.
                f"CREATE INDEX IF NOT EXISTS {index_table(table)} ON {table}"
                " USING gin (search_key gin_trgm_ops) WITH (fastupdate = off)"
            )
