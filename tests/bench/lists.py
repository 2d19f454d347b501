"""Organisation and person lists at 100,000 rows against 10,000: pages, sorting, searching.

Both crowds stand in a database and a process of their own and are looked at in turn, so that whatever else the machine
does bears on both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.scratch import postgresql_is_here, scratch_database

FEW, MANY = 10_000, 100_000
MOST = 1.5
ROUNDS = 21

Look = tuple[float, int]


def rows() -> list[dict[str, Any]]:
    """The rows of every database that is here."""
    databases = ["sqlite", *(["postgresql"] if postgresql_is_here() else [])]
    if "postgresql" not in databases:
        sys.stderr.write("PostgreSQL is not here (see POSTGRESQL_URL): its rows are left out.\n")
    return [row for database in databases for row in _rows_of(database)]


class _Crowd:
    """A process that holds a database with so many organisations and people, and looks at their lists when asked."""

    def __init__(self, database: str, count: int) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench.lists"]
        command += ["--database", database, "--count", str(count)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> _Crowd:
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()

    def answer(self) -> Any:
        """What the process says next."""
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def look(self, name: str) -> Look:
        """The seconds and the queries of one look at a list."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        seconds, queries = self.answer()
        return seconds, queries


def _rows_of(database: str) -> list[dict[str, Any]]:
    with ExitStack() as stack:
        few, many = (stack.enter_context(_Crowd(database, count)) for count in (FEW, MANY))
        names = few.answer()
        assert many.answer() == names
        seen: dict[str, list[tuple[Look, Look]]] = {
            name: [(few.look(name), many.look(name)) for _ in range(ROUNDS)] for name in names
        }
    made = [
        _time(f"{name} of {MANY:,} on {database}, against {FEW:,}", pairs) for name, pairs in seen.items()
    ]
    for subject in ("organisations", "people"):
        counts = {
            look[1]
            for name, pairs in seen.items()
            if name.startswith(subject) and "with a name in it" not in name
            for pair in pairs
            for look in pair
        }
        made.append(_queries(f"{subject} on {database}: queries of any page", counts))
    return made


def _time(name: str, pairs: list[tuple[Look, Look]]) -> dict[str, Any]:
    few, many = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
    return {
        "name": name,
        "figure": many * 1000,
        "unit": "ms",
        "baseline": few * 1000,
        "ratio": many / few,
        "goal": f"< {MOST:g}",
        "holds": many / few < MOST,
    }


def _queries(name: str, counts: set[int]) -> dict[str, Any]:
    return {
        "name": name,
        "figure": max(counts),
        "unit": "queries",
        "baseline": min(counts),
        "ratio": max(counts) / min(counts),
        "goal": "= 1",
        "holds": len(counts) == 1,
    }


def hold(database: str, count: int) -> None:
    """Fill a database for the occasion, say which looks there are, and take one for every line that comes in."""
    with tempfile.TemporaryDirectory() as name, scratch_database(database, Path(name)):
        crowd = import_module("tests.bench.crowd")
        crowd.fill(count)
        with crowd.visitor() as look:
            _say(list(look.addresses))
            for line in sys.stdin:
                _say(look.take(line.strip()))


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], required=True)
    parser.add_argument("--count", type=int, required=True)
    options = parser.parse_args()
    hold(options.database, options.count)


if __name__ == "__main__":
    main()
