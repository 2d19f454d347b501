"""Every fault test on every database that is here; exit 1 when one of them does not hold."""

import subprocess
import sys

from tests.scratch import postgresql_is_here

PARTS = ("outbox", "intake")


def main() -> int:
    databases = ["sqlite", *(["postgresql"] if postgresql_is_here() else [])]
    codes = [
        subprocess.run(
            [sys.executable, "-m", f"tests.faults.{part}", "--database", database, *sys.argv[1:]], check=False
        ).returncode
        for part in PARTS
        for database in databases
    ]
    if "postgresql" not in databases:
        sys.stdout.write("PostgreSQL is not here (see POSTGRESQL_URL): left out.\n")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
