"""What would happen to the files in a folder if they came in as messages, without taking them in."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from letters.inbound import msg, saved, wording
from letters.inbound.outcomes import Outcome
from letters.models import IncomingKind
from letters.queries import incoming


class Command(BaseCommand):
    """Prints per file what would become of it and why; stores nothing."""

    help = (
        "Say of every file in a folder what would become of it if it came in as a message (.eml, or .msg of Outlook): "
        "to which letter it would go, or that it waits for a person, and why. Each by itself; nothing is stored. "
        "Exit 1 when a file is no message or cannot be read, 2 without such a folder."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with messages")
        parser.add_argument("--json", action="store_true", help="print a list for scripts")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is geen map.", returncode=2)
        rows = [self.row(path, folder) for path in sorted(folder.rglob("*")) if not path.is_dir()]
        others = sum(1 for row in rows if row["problem"])
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for row in rows:
                self.tell(row)
            self.stdout.write(
                f"{len(rows)} bestanden bekeken, {len(rows) - others} berichten, niets bewaard."
            )
        if others:
            raise CommandError(f"{others} van {len(rows)} bestanden: geen bericht, of niet te lezen.")

    def tell(self, row: dict[str, Any]) -> None:
        """What would be done with one file, with what speaks for it below."""
        self.stdout.write(f"{row['file']}: {row['words']}.")
        for line in (row["why"], *row["places"], *row["guesses"], *row["notes"]):
            if line:
                self.stdout.write(f"    {line}")

    def row(self, path: Path, folder: Path) -> dict[str, Any]:
        """What would be done with one file, and why."""
        row: dict[str, Any] = {
            "file": str(path.relative_to(folder)), "outcome": "no_message", "words": "", "kind": "", "why": "",
            "places": [], "guesses": [], "notes": [], "problem": "",
        }  # fmt: skip
        try:
            raw = saved.to_mail(path.read_bytes())
        except OSError:
            problem = "dit bestand kan niet worden gelezen"
            return row | {"outcome": "unreadable", "words": problem, "problem": problem}
        except (saved.NoMessageError, msg.UnreadableError) as error:
            problem = f"geen bericht: {error}"
            return row | {"words": problem, "problem": problem}
        found = incoming.examine(raw)
        outcome = incoming.outcome(found)
        row |= {
            "outcome": outcome.value,
            "words": f"{IncomingKind(found.verdict.kind.value).label}, {wording.outcome(outcome)}",
            "kind": found.verdict.kind.value,
            "why": wording.verdict(found.verdict),
        }
        if outcome in (Outcome.DOUBLED, Outcome.COPY):
            # It goes nowhere, whatever letter it points to.
            return row
        return row | {
            "places": [wording.place(one) for one in found.placement.places],
            "guesses": [wording.guess(one) for one in found.placement.guesses],
            "notes": [wording.note(one) for one in found.placement.notes],
        }
