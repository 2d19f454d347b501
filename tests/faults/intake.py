"""Processes that read a mailbox killed with SIGKILL at random moments, against a real Dovecot.

Holds when every message is stored once with its own bytes, none is lost, each stands once where it belongs, and the
mailbox is as it was: or, with ``--moving``, each was moved once to the folder for what was read.
``python -m tests.faults.intake --help``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tests.scratch import scratch_database
from tests.servers.imap import DOVECOT, dovecot

if TYPE_CHECKING:
    from tests.faults.readers import Found


def run(messages: int, kills: int, database: str, *, moving: bool) -> Found:
    """One run on an empty database of this kind, with a mailbox of its own."""
    with tempfile.TemporaryDirectory() as name, scratch_database(database, Path(name)), dovecot() as server:
        readers = import_module("tests.faults.readers")
        readers.read_from(server, moving=moving)
        expected = readers.fill(server, messages)
        before = server.listing()
        # So that the messages outlast the kills: some 60 are read in a second of a reader's life.
        longest_life = 0.08 * (messages / 500) * (50 / max(kills, 1))
        killed, ended = readers.torment(kills, longest_life)
        found: Found = readers.look(server, expected, before)
        found.kills, found.ended = killed, ended
        return found


def table(found: Found) -> str:
    """The run in words and numbers."""
    rows = [
        ("messages in the mailbox", found.messages),
        ("readers killed", found.kills),
        ("readers that ended by themselves", found.ended),
        ("stored", found.stored),
        ("placed for certain", found.placed),
        ("parked", found.parked),
        ("lost", len(found.lost)),
        ("stored with other bytes, or twice", len(found.foreign)),
        ("left half read", len(found.half_read)),
        ("placed wrongly", len(found.wrongly_placed)),
        ("told twice, or not, on the timeline", len(found.told_wrong)),
        ("not as it should be in the mailbox", found.mailbox_wrong),
    ]
    return "\n".join(f"  {label:<38}{number:>7}" for label, number in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=500, help="messages in the mailbox (default 500)")
    parser.add_argument("--kills", type=int, default=50, help="readers to kill, at least (default 50)")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--moving", action="store_true", help="move what was read to another folder")
    given = parser.parse_args()
    if not DOVECOT:
        parser.error("this needs Dovecot (on Debian: apt install dovecot-imapd)")
    began = time.monotonic()
    found = run(given.messages, given.kills, given.database, moving=given.moving)
    enough = found.kills >= given.kills
    verdict = "holds" if found.holds and enough else "DOES NOT HOLD"
    what = f"Intake, {'moving' if given.moving else 'copying'}, on {given.database}"
    sys.stdout.write(
        f"{what}, {time.monotonic() - began:.0f} s: {verdict}\n{table(found)}\n"
        + ("" if enough else f"  Only {found.kills} of {given.kills} kills before the messages ran out.\n")
    )
    return 0 if found.holds and enough else 1


if __name__ == "__main__":
    sys.exit(main())
