"""What the stand-in remembers: audiences, members, groups, mailings and webhooks, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path
from secrets import token_hex
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS things (kind TEXT, place TEXT, id TEXT, data TEXT, PRIMARY KEY (kind, place, id));
CREATE TABLE IF NOT EXISTS members (
    place TEXT, id TEXT, number INTEGER, status TEXT, changed_at TEXT, data TEXT, PRIMARY KEY (place, id));
CREATE INDEX IF NOT EXISTS members_by_change ON members (place, changed_at);
"""
CURRENT_STATES = ("subscribed", "unsubscribed", "cleaned", "pending", "transactional")

Data = dict[str, Any]


def member_id(email: str) -> str:
    """How addresses of the API name a member."""
    return md5(email.lower().encode(), usedforsecurity=False).hexdigest()


def stamp(moment: datetime) -> str:
    """A moment as the API writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


class Store:
    """Thread-safe. ``path`` ":memory:" forgets everything at the end; ``now`` is a clock."""

    def __init__(self, path: Path | str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.now = now
        self.lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + _TABLES)

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self._db.close()

    def furnish(self, audience: str) -> None:
        """Make an empty audience with a field for the first name, unless it is there."""
        if self.get("list", audience) is None:
            self.put("list", {"name": "Nieuwsbrief"}, pk=audience)
            self.put("merge_field", {"tag": "FNAME", "name": "Voornaam"}, place=audience)

    def put(self, kind: str, data: Data, *, place: str = "", pk: str = "") -> Data:
        """Keep a thing under its id, made when it has none."""
        pk = pk or data.get("id") or token_hex(5)
        data = {**data, "id": pk}
        with self.lock:
            self._db.execute(
                "INSERT OR REPLACE INTO things VALUES (?, ?, ?, ?)", (kind, place, pk, json.dumps(data))
            )
        return data

    def get(self, kind: str, pk: str, *, place: str = "") -> Data | None:
        """One thing, or None."""
        with self.lock:
            row = self._db.execute(
                "SELECT data FROM things WHERE kind = ? AND place = ? AND id = ?", (kind, place, pk)
            ).fetchone()
        return json.loads(row[0]) if row else None

    def all(self, kind: str, *, place: str = "") -> list[Data]:
        """All of a kind, in the order they came."""
        with self.lock:
            rows = self._db.execute(
                "SELECT data FROM things WHERE kind = ? AND place = ? ORDER BY rowid", (kind, place)
            ).fetchall()
        return [json.loads(row[0]) for row in rows]

    def delete(self, kind: str, pk: str, *, place: str = "") -> bool:
        """Forget a thing; whether it was there."""
        with self.lock:
            done = self._db.execute(
                "DELETE FROM things WHERE kind = ? AND place = ? AND id = ?", (kind, place, pk)
            )
        return done.rowcount > 0

    def member(self, place: str, pk: str) -> Data | None:
        """One member of an audience, or None."""
        with self.lock:
            row = self._db.execute(
                "SELECT data FROM members WHERE place = ? AND id = ?", (place, pk)
            ).fetchone()
        return json.loads(row[0]) if row else None

    def keep_members(self, place: str, members: Iterable[Data]) -> None:
        """Keep members as they are given, and that they changed now."""
        moment = stamp(self.now())
        with self.lock:
            self._db.execute("BEGIN")
            (last,) = self._db.execute("SELECT COALESCE(MAX(number), 0) FROM members").fetchone()
            for member in members:
                pk, last = member_id(member["email_address"]), last + 1
                kept = {**member, "id": pk, "last_changed": moment}
                self._db.execute(
                    "INSERT INTO members VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (place, id) DO UPDATE SET"
                    " status = excluded.status, changed_at = excluded.changed_at, data = excluded.data",
                    (place, pk, last, kept["status"], moment, json.dumps(kept)),
                )
            self._db.execute("COMMIT")

    def forget_member(self, place: str, pk: str) -> bool:
        """Forget a member for good; whether it was there."""
        with self.lock:
            done = self._db.execute("DELETE FROM members WHERE place = ? AND id = ?", (place, pk))
        return done.rowcount > 0

    def members(
        self, place: str, *, since: str = "", status: str = "", offset: int = 0, count: int = 10
    ) -> tuple[list[Data], int]:
        """A page of members in the order they came, and how many there are in all; archived ones only by name."""
        where, values = "place = ? AND changed_at >= ?", [place, since]
        wanted = [status] if status else CURRENT_STATES
        where += f" AND status IN ({', '.join('?' * len(wanted))})"
        values += wanted
        with self.lock:
            (total,) = self._db.execute(f"SELECT COUNT(*) FROM members WHERE {where}", values).fetchone()
            rows = self._db.execute(
                f"SELECT data FROM members WHERE {where} ORDER BY number LIMIT ? OFFSET ?",
                (*values, count, offset),
            ).fetchall()
        return [json.loads(row[0]) for row in rows], int(total)

    def counted(self, place: str) -> dict[str, int]:
        """How many members there are of each status."""
        with self.lock:
            rows = self._db.execute(
                "SELECT status, COUNT(*) FROM members WHERE place = ? GROUP BY status", (place,)
            ).fetchall()
        return {str(status): int(count) for status, count in rows}
