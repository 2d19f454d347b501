"""What would happen to messages in a folder, without taking them in."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from letters.inbound import msg, wording
from letters.queries import incoming


class Command(BaseCommand):
    """Prints per file what it is and where it would go; stores nothing."""

    help = (
        "Say of every message in a folder (.eml, .msg) what it is, to which letter it would go, and why. "
        "Nothing is stored. Exit 1 when a file could not be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with messages")
        parser.add_argument("--json", action="store_true", help="print a list for scripts")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is geen map.", returncode=2)
        files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".eml", ".msg"))
        rows = [self.row(path, folder) for path in files]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for row in rows:
                self.stdout.write(f"{row['file']}: {row['problem'] or row['kind']}")
                for line in (*row["places"], *row["guesses"], *row["notes"]):
                    self.stdout.write(f"    {line}")
            self.stdout.write(f"{len(rows)} berichten bekeken, niets bewaard.")
        if any(row["problem"] for row in rows):
            raise CommandError("Niet elk bestand kon worden gelezen.")

    def row(self, path: Path, folder: Path) -> dict[str, Any]:
        """What would be done with one file, and why."""
        row: dict[str, Any] = {
            "file": str(path.relative_to(folder)), "kind": "", "why": "", "places": [], "guesses": [], "notes": [],
            "problem": "",
        }  # fmt: skip
        try:
            data = path.read_bytes()
            raw = msg.to_mail(data) if msg.is_outlook(data) else data
        except (OSError, msg.UnreadableError) as error:
            return row | {"problem": str(error)}
        found = incoming.examine(raw)
        return row | {
            "kind": found.verdict.kind.value,
            "why": wording.verdict(found.verdict),
            "places": [wording.place(one) for one in found.placement.places],
            "guesses": [wording.guess(one) for one in found.placement.guesses],
            "notes": [wording.note(one) for one in found.placement.notes],
        }
