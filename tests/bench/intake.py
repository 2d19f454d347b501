"""Placing fifty new messages where ten thousand came in before, at once and one by one, against reading them alone."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.scratch import postgresql_is_here, scratch_database

STORED, NEW = 10_000, 50
MOST_MILLISECONDS = 20
MOST_RATIO = 3


def rows() -> list[dict[str, Any]]:
    """Every database that is here, each measured in a process of its own."""
    databases = ["sqlite", *(["postgresql"] if postgresql_is_here() else [])]
    if "postgresql" not in databases:
        sys.stderr.write("PostgreSQL is not here (see POSTGRESQL_URL): its rows are left out.\n")
    return [row for database in databases for row in _rows_of(database)]


def _rows_of(database: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.bench.intake", "--database", database]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def measure(database: str) -> list[dict[str, Any]]:
    """The rows of one database; makes it for the occasion."""
    with tempfile.TemporaryDirectory() as name, scratch_database(database, Path(name)):
        figures = import_module("tests.bench.mailroom").figures(STORED, NEW)
    what = f"of {NEW} messages beside {STORED:,} on {database}"
    return [
        {
            "name": f"where each belongs, {what}, with one look for all, against reading them",
            "figure": figures.together_ms,
            "unit": "ms",
            "baseline": figures.reading_ms,
            "ratio": figures.together_ms / figures.reading_ms,
            "goal": f"<= {MOST_RATIO}x",
            "holds": figures.together_ms / figures.reading_ms <= MOST_RATIO,
        },
        {
            "name": f"the same one by one, {what}",
            "figure": figures.alone_ms,
            "unit": "ms",
            "baseline": figures.reading_ms,
            "ratio": figures.alone_ms / figures.reading_ms,
            "goal": f"<= {MOST_MILLISECONDS} ms",
            "holds": figures.alone_ms <= MOST_MILLISECONDS,
        },
        {
            "name": f"all that comes with putting it there, one by one, {what}",
            "figure": figures.whole_ms,
            "unit": "ms",
            "baseline": None,
            "ratio": None,
            "goal": f"<= {MOST_MILLISECONDS} ms",
            "holds": figures.whole_ms <= MOST_MILLISECONDS,
        },
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    made = measure(parser.parse_args().database)
    sys.stdout.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
