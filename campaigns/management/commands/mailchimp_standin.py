"""Serves the stand-in for Mailchimp: where newsletters go when no key is set."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from campaigns.standin.server import StandIn
from campaigns.standin.store import Store
from crm.management.arguments import whole_number
from crm.management.processes import Stop


class Command(BaseCommand):
    help = (
        "Serve the stand-in for Mailchimp: the same addresses and answers, on this machine alone. Nothing leaves it. "
        "Runs until it is stopped (Ctrl-C or SIGTERM)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port",
            type=whole_number(least=0, most=65_535),
            default=settings.MAILCHIMP_STANDIN_PORT,
            help="port on the loopback address (default %(default)s)",
        )

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        settings.MAILCHIMP_STANDIN.parent.mkdir(parents=True, exist_ok=True)
        store = Store(settings.MAILCHIMP_STANDIN)
        store.furnish(settings.MAILCHIMP["audience"] or "proeflijst")
        try:
            with Stop() as stop, StandIn(store, port=port).running() as server:
                self.stdout.write(
                    _("The stand-in for Mailchimp listens on %(url)s and keeps what it gets in %(file)s.")
                    % {"url": server.url, "file": settings.MAILCHIMP_STANDIN}
                    + " "
                    + _("Ctrl-C stops.")
                )
                self.stdout.flush()
                while not stop():
                    stop.wait(3600)
        except OSError as error:
            raise CommandError(
                _("Port %(port)d cannot be used: %(error)s. Is the stand-in already being served?")
                % {"port": port, "error": error}
            ) from error
        finally:
            store.close()
