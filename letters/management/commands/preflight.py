"""The last look over a file, from the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from crm.checking.findings import Severity
from crm.document.importing import UploadError
from crm.models import Network
from letters.preflight.draft import FactNote
from letters.preflight.files import read
from letters.preflight.run import examine
from letters.queries import last_look

_SIGNS = {Severity.BLOCK: "!!", Severity.WARN: " !", Severity.TIP: "  "}


class Command(BaseCommand):
    """Prints what the last look finds in a letter; exit 1 when something must be mended."""

    help = (
        "Print the findings of the last look on a letter in plain text or Word. Exit 1 if any must be mended. The "
        "network's own words are known where there is a database with a network; without one this works as well. "
        "The fact cabinet is left alone unless you ask for it: by default every figure without a source is named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the letter, as .txt or .docx")
        parser.add_argument("--json", action="store_true", help="print a list of findings for scripts")

        parser.add_argument(
            "--with-facts",
            action="store_true",
            help="hold figures against the fact cabinet (default: not; a figure then needs its source in the text)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            draft = read(path.name, path.read_bytes(), _own_words())
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
        except UploadError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["with_facts"]:
            draft = replace(draft, facts=_facts())
        findings = examine(draft)
        if options["json"]:
            rows = [finding.as_row() for finding in findings]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        elif not findings:
            self.stdout.write("Niets gevonden. Klaar om voor te leggen.")
        else:
            for finding in findings:
                quotes = ", ".join(f"“{quote}”" for quote in finding.quotes)
                place = f"regel {finding.line}: " if finding.line else ""
                where = f"{place}{quotes}"
                # About the letter as a whole there is nothing to point at.
                self.stdout.write(f"{_SIGNS[finding.severity]} {where or finding.advice}")
                if where:
                    self.stdout.write(f"      {finding.advice}")
        if any(finding.severity == Severity.BLOCK for finding in findings):
            sys.exit(1)


def _own_words() -> tuple[str, ...]:
    """The words of the network; () where there is no network or no database."""
    try:
        network = Network.objects.order_by("pk").first()
    except DatabaseError:
        return ()
    return network.words if network else ()


def _facts() -> tuple[FactNote, ...]:
    try:
        return last_look.facts()
    except DatabaseError as error:
        raise CommandError("There is no database with facts here.", returncode=2) from error
