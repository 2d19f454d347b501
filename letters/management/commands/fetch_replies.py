"""Reading the mailbox now, or from now on."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from letters.actions import fetching, intake
from letters.actions.fetching import Fetched
from letters.queries import mailboxes


class Command(BaseCommand):
    """Takes in what is new; exit 1 when a folder could not be read."""

    help = (
        "Take in what is new in the mailbox (IMAP_HOST; without it the local stand-in), and put it with the letters it "
        "belongs to. The mailbox stays as it was. Exit 1 when a folder could not be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--watch", action="store_true", help="go on until Ctrl-C, looking every IMAP_EVERY_SECONDS"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["watch"]:
            self.tell(self.look(now=True))
            return
        try:
            while True:
                close_old_connections()
                self.tell(self.look(now=False), must_be_read=False)
                time.sleep(settings.IMAP_EVERY_SECONDS)
        except KeyboardInterrupt:
            self.stdout.write("Gestopt.")

    def look(self, *, now: bool) -> Fetched:
        """One look, after what an earlier one left half read."""
        intake.finish()
        return fetching.fetch(now=now, told=lambda folder, new: self.stdout.write(f"{folder}: {new} nieuw"))

    def tell(self, found: Fetched, *, must_be_read: bool = True) -> None:
        """What came of it. Raises CommandError naming the folders that could not be read."""
        if not found.failed:
            self.stdout.write(f"Klaar: {found.new} nieuw.")
            return
        words = "\n".join(
            f"{mailboxes.in_words(row)}\n  Technisch: {row.detail}" for row in mailboxes.failing()
        )
        if must_be_read:
            raise CommandError(f"Niet alles kon worden gelezen.\n{words}")
        self.stderr.write(words)
