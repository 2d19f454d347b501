"""Workers killed with SIGKILL at random moments, against a mail server that fails by plan.

Holds when no letter is lost, none is sent twice by us, none is called sent that was not, and every uncertain one
is on the list of what needs a person. ``python -m tests.faults.outbox --help``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tests.scratch import scratch_database

if TYPE_CHECKING:
    from tests.faults.torment import Found


def run(messages: int, kills: int, database: str, share: float) -> Found:
    """One run on an empty database of this kind."""
    with tempfile.TemporaryDirectory() as name, scratch_database(database, Path(name)):
        torment = import_module("tests.faults.torment")
        store = Path(name) / "accepted.jsonl"
        command = [sys.executable, "-m", "tests.servers.smtp", "--store", str(store), "--delay", "0.02"]
        server = subprocess.Popen([*command, "--faults", str(share)], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            torment.deliver_to(int(server.stdout.readline()))
            frozen = torment.queue(messages)
            # So that the letters outlast the kills: about 40 letters a second leave in a worker's life.
            killed = torment.torment(kills, longest_life=0.3 * (messages / 1000) * (100 / max(kills, 1)))
        finally:
            server.terminate()
            server.communicate()
        found: Found = torment.look(store, frozen)
        found.kills = killed
        return found


def table(found: Found) -> str:
    """The run in words and numbers."""
    rows = [
        ("letters", found.letters),
        ("workers killed", found.kills),
        ("sent", found.sent),
        ("refused by the server", found.refused),
        ("uncertain, on the list", found.uncertain),
        ("  of which the server had taken", found.uncertain_arrived),
        ("lost", len(found.lost)),
        ("sent twice by us", len(found.twice)),
        ('falsely "sent"', len(found.falsely_sent)),
        ('falsely "refused"', len(found.falsely_refused)),
        ("uncertain and not listed", len(found.not_listed)),
        ("arrived with other bytes", len(found.changed)),
    ]
    return "\n".join(f"  {label:<34}{number:>7}" for label, number in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1000, help="letters to deliver (default 1000)")
    parser.add_argument("--kills", type=int, default=100, help="workers to kill, at least (default 100)")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument(
        "--share", type=float, default=0.3, help="the share of messages the server fails (0.3)"
    )
    given = parser.parse_args()
    began = time.monotonic()
    found = run(given.messages, given.kills, given.database, given.share)
    enough = found.kills >= given.kills
    verdict = "holds" if found.holds and enough else "DOES NOT HOLD"
    sys.stdout.write(
        f"Outbox on {given.database}, {time.monotonic() - began:.0f} s: {verdict}\n{table(found)}\n"
        + ("" if enough else f"  Only {found.kills} of {given.kills} kills before the letters ran out.\n")
    )
    return 0 if found.holds and enough else 1


if __name__ == "__main__":
    sys.exit(main())
