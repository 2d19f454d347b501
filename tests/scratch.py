"""A database of its own for faults, figures and load: made, migrated, and thrown away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
from django.core.management import call_command
from django.db import connections

# Where PostgreSQL is, with the right to make databases.
POSTGRESQL = os.environ.get("POSTGRESQL_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def postgresql_is_here() -> bool:
    """Whether a PostgreSQL server answers."""
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def scratch_database(kind: str, folder: Path) -> Iterator[None]:
    """Django on an empty migrated database of this kind (sqlite, postgresql), with its files under ``folder``.

    Once per process, before anything has read the settings.
    """
    name = f"spreekbuis_scratch_{os.getpid()}"
    os.environ |= {"DJANGO_SETTINGS_MODULE": "cms.settings", "VAR_DIR": str(folder), "MAIL_ARCHIVE": ""}
    if kind == "sqlite":
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'scratch.sqlite3'}"
    else:
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(POSTGRESQL)._replace(path=f"/{name}"))
        _on_server(f"CREATE DATABASE {name}")
    try:
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield
    finally:
        connections.close_all()
        if kind != "sqlite":
            _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    with psycopg.connect(POSTGRESQL, autocommit=True) as server:
        server.execute(statement)  # type: ignore[arg-type]
