"""The last look over a file, from the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.checking.findings import Severity
from crm.document.importing import UploadError
from letters.preflight.files import read
from letters.preflight.run import examine

_SIGNS = {Severity.BLOCK: "!!", Severity.WARN: " !", Severity.TIP: "  "}


class Command(BaseCommand):
    """Prints what the last look finds in a letter; exit 1 when something must be mended."""

    help = (
        "Print the findings of the last look on a letter in plain text or Word. Exit 1 if any must be mended."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the letter, as .txt or .docx")
        parser.add_argument("--json", action="store_true", help="print a list of findings for scripts")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            findings = examine(read(path.name, path.read_bytes()))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
        except UploadError as error:
            raise CommandError(str(error), returncode=2) from error
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
