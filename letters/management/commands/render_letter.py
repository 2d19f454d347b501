"""The PDFs of one letter as files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.dutch.references import complete
from crm.management.arguments import need_tables
from crm.typesetting.errors import TypesettingError
from letters.models import Letter
from letters.queries import contents, recipients
from letters.render.letters import render


class Command(BaseCommand):
    """Writes the PDF of every recipient of a letter as it is now, or of what was frozen."""

    help = "Write the PDF of every recipient of a letter into a folder; of a letter that was sent, the frozen bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="the reference of the letter, such as “2025-014 K”")
        parser.add_argument("--output", type=Path, default=Path("."), help="the folder (default: here)")

    def handle(self, *args: Any, **options: Any) -> None:
        need_tables()
        typed = " ".join(options["reference"].split())
        reference = complete(typed) or typed
        letter = Letter.objects.select_related("letterhead").filter(reference=reference).first()
        if letter is None:
            raise CommandError(f"Er is geen brief met kenmerk {reference}.")
        folder: Path = options["output"]
        try:
            self.write(letter, folder)
        except OSError as error:
            raise CommandError(
                f"In {folder} kunnen we niets bewaren: {error.strerror}. Kies een andere map met --output.",
                returncode=2,
            ) from error

    def write(self, letter: Letter, folder: Path) -> None:
        """A file for every recipient. Raises OSError, and CommandError when the letter cannot be set."""
        folder.mkdir(parents=True, exist_ok=True)
        if letter.is_final:
            pages = [
                (d.number, str(d.recipient), d.pdf.read()) for d in letter.dispatches.select_related("pdf")
            ]
        else:
            layout = contents.Layout.of(letter)
            try:
                pages = [
                    (number, str(recipient), render(layout.page(recipient)))
                    for number, recipient in enumerate(recipients.of(letter), start=1)
                ] or [(0, "zonder ontvanger", render(layout.sample()))]
            except TypesettingError as error:
                raise CommandError(str(error)) from error
        for done, (number, name, data) in enumerate(pages, start=1):
            path = folder / f"{number:02d}.pdf"
            path.write_bytes(data)
            self.stdout.write(f"{done}/{len(pages)}  {path}  {name}")
