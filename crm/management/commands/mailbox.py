"""Serves the local mailbox: where mail goes when no mail server is set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from crm.clients import mailbox
from crm.management.arguments import whole_number
from crm.management.processes import Stop


class Command(BaseCommand):
    help = (
        "Serve the local mailbox: an SMTP server on this machine alone, whose mail can be read in the back office. "
        "Runs until it is stopped (Ctrl-C or SIGTERM)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port",
            type=whole_number(least=0, most=65_535),
            default=settings.LOCAL_MAILBOX_PORT,
            help="port on the loopback address (default %(default)s)",
        )

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        folder = Path(settings.LOCAL_MAILBOX)
        try:
            with Stop() as stop, mailbox.serve_in_thread(folder=folder, port=port) as bound:
                self.stdout.write(
                    _(
                        "The local mailbox listens on %(host)s:%(port)d and keeps mail in %(folder)s. Ctrl-C stops."
                    )
                    % {"host": mailbox.LOOPBACK, "port": bound, "folder": folder}
                )
                self.stdout.flush()
                while not stop():
                    stop.wait(3600)
        except OSError as error:
            raise CommandError(
                _("Port %(port)d cannot be used: %(error)s. Is the local mailbox already being served?")
                % {"port": port, "error": error}
            ) from error
