"""The database of a test, for processes that the test starts."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection


class OwnDatabase:
    """What stands in the test's database at this moment, as processes see it; SQLite is copied to a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "own.sqlite3"
        if connection.vendor == "sqlite":
            with sqlite3.connect(self._file) as target:
                connection.ensure_connection()
                connection.connection.backup(target)
            target.close()
            self._url = f"sqlite:///{self._file}"
        else:
            at = connection.settings_dict
            self._url = (
                f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"
            )

    def environment(self) -> dict[str, str]:
        """Environment variables under which a process works on this database, with this test's files and server."""
        return {
            **os.environ,
            "DATABASE_URL": self._url,
            "VAR_DIR": str(self._folder),
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(settings.SMTP["port"]),
            "SMTP_SECURITY": "none",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A Python process on this database."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment(),
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """The answer to a query, from outside the test's own connection."""
        if connection.vendor == "sqlite":
            source = sqlite3.connect(self._file, timeout=20)
            try:
                return source.execute(statement).fetchall()
            finally:
                source.close()
        with psycopg.connect(self._url, autocommit=True) as server:
            return server.execute(statement).fetchall()  # type: ignore[arg-type]

    def states(self) -> list[str]:
        """The states of the messages, in the order they were handed over."""
        return [state for (state,) in self.rows("SELECT state FROM crm_outgoingmessage ORDER BY id")]
