"""Every fault test on every database that is here; exit 1 when one of them does not hold.

What cannot run because a part of the machine is away is said; with TEST_REQUIRE_EVERYTHING=1 that is a failure too.
"""

import os
import subprocess
import sys

from tests.scratch import postgresql_is_here
from tests.servers.imap import DOVECOT

OUTBOX = ("outbox",)
# The mailbox stays as it was unless moving is set: what goes wrong differs.
INTAKE = (("intake",), ("intake", "--moving"))


def main() -> int:
    """Run all that can run."""
    left_out = []
    databases = ["sqlite"]
    if postgresql_is_here():
        databases.append("postgresql")
    else:
        left_out.append("everything on PostgreSQL: it does not answer (see POSTGRESQL_URL)")
    tests = [OUTBOX]
    if DOVECOT:
        tests.extend(INTAKE)
    else:
        left_out.append("the intake: it needs Dovecot (on Debian: apt install dovecot-imapd)")
    failed = False
    for name, *options in tests:
        for database in databases:
            command = [sys.executable, "-m", f"tests.faults.{name}", *options, "--database", database]
            failed |= subprocess.run([*command, *sys.argv[1:]], check=False).returncode != 0
    for what in left_out:
        sys.stdout.write(f"NOT RUN: {what}.\n")
    return int(failed or bool(left_out and os.environ.get("TEST_REQUIRE_EVERYTHING")))


if __name__ == "__main__":
    sys.exit(main())
