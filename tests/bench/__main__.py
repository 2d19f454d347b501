"""``make bench``: every figure as a ratio within one run, as a table and in ``var/bench.json``."""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("rendering", "outbox", "lists", "intake", "audience")
MARK = "ROWS "


def rows_of(part: str) -> list[dict[str, Any]]:
    """The rows of one part, measured in a process of its own so that none warms or burdens the next."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--part", part],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith(MARK))
    rows: list[dict[str, Any]] = json.loads(line.removeprefix(MARK))
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as text."""
    head = ("name", "figure", "unit", "baseline", "ratio", "goal", "holds")
    cells = [head, *(tuple(_cell(row[key]) for key in head) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, float):
        return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"
    return "" if value is None else str(value)


def main() -> int:
    """Run all parts, or print the rows of one; 1 when a goal is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS)
    options = parser.parse_args()
    if options.part:
        rows = importlib.import_module(f"tests.bench.{options.part}").rows()
        print(MARK + json.dumps(rows))
        return 0
    rows = []
    for part in PARTS:
        print(f"{part} ...", flush=True)
        rows += rows_of(part)
    path = ROOT / "var" / "bench.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows, indent=2))
    print(table(rows))
    return 0 if all(row["holds"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
