"""The outbox against a bare smtplib loop over one connection, to a server that takes 20 ms per DATA."""

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

DATA_SECONDS = 0.02


def rows() -> list[dict[str, Any]]:
    """Every database that is here, each measured in a process of its own."""
    databases = ["sqlite", *(["postgresql"] if postgresql_is_here() else [])]
    if "postgresql" not in databases:
        sys.stderr.write("PostgreSQL is not here (see POSTGRESQL_URL): its rows are left out.\n")
    return [row for database in databases for row in _rows_of(database)]


def _rows_of(database: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.bench.outbox", "--database", database]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def measure(database: str) -> list[dict[str, Any]]:
    """The rows of one database; makes it, and a mail server, for the occasion."""
    with tempfile.TemporaryDirectory() as name, scratch_database(database, Path(name)):
        sending = import_module("tests.bench.sending")
        store = str(Path(name) / "accepted.jsonl")
        command = [sys.executable, "-m", "tests.servers.smtp", "--store", store]
        command += ["--delay", str(DATA_SECONDS), "--quick"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            sending.deliver_to(int(server.stdout.readline()))
            made = [_rate(database, 1, 0.8, *sending.alternating(1))]
            if database == "postgresql":
                made.append(_rate(database, 4, 2, *sending.alternating(4)))
            made.append(_queries(database, sending.queries_per_mail()))
        finally:
            server.terminate()
            server.communicate()
    return made


def _rate(database: str, workers: int, goal: float, ours: float, bare: float) -> dict[str, Any]:
    return {
        "name": f"outbox on {database}, {workers} worker{'s' * (workers > 1)}, against bare smtplib",
        "figure": ours,
        "unit": "mails/s",
        "baseline": bare,
        "ratio": ours / bare,
        "goal": f">= {goal:g}",
        "holds": ours / bare >= goal,
    }


def _queries(database: str, figure: float) -> dict[str, Any]:
    return {
        "name": f"outbox on {database}, outside the commit points",
        "figure": figure,
        "unit": "queries/mail",
        "baseline": None,
        "ratio": None,
        "goal": "<= 1.1",
        "holds": figure <= 1.1,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    made = measure(parser.parse_args().database)
    sys.stdout.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
