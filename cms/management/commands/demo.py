"""The demo: an invented network, the first letter sent before your eyes, and then the whole thing served."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms import tasks
from cms.demo import desk, follow_ups, incoming, job, newsletters, positions, talks, world
from cms.roles import ROLES
from crm.actions.action import Refused
from crm.management.arguments import whole_number
from crm.models import User

PORT = 8000


class Command(BaseCommand):
    """Loads the demo, does the main job, and serves it when asked."""

    help = "Load the demo network, send its first letter while printing each step, and with --serve go on serving it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--serve", action="store_true", help="serve the demo afterwards, until Ctrl-C")
        parser.add_argument(
            "--port",
            type=whole_number(least=1, most=65_535),
            default=PORT,
            help=f"the port to serve on (default {PORT})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.say("Database en bestanden klaarzetten ...")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command(
            "collectstatic",
            interactive=False,
            verbosity=0,
            ignore_patterns=["*.otf", "*It.ttf", "*Light*.ttf"],
        )
        try:
            loaded = world.load()
            outcome = job.run(loaded, say=self.say)
            desk.load(loaded)
            came = incoming.load(loaded, outcome.letter)
            follow_ups.load(loaded, outcome.letter)
            positions.load(loaded)
            talks.load(loaded, outcome.letter)
            newsletters.load(loaded)
            # As if it were Monday morning; it leaves once the demo is served, with links to where that is.
            tasks.send_monday_mail.enqueue(day=timezone.localdate().isoformat())
            if came:
                self.say(f"Binnengekomen: {came} berichten, te vinden onder Brieven, Binnengekomen.")
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Poort {settings.LOCAL_MAILBOX_PORT} of {settings.MAILCHIMP_STANDIN_PORT} is bezet: draait er nog "
                    "een demo? Stop die, of kies andere met LOCAL_MAILBOX_PORT en MAILCHIMP_STANDIN_PORT."
                ) from error
            raise CommandError(f"{error.filename or 'De schijf'}: {error.strerror}") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.say(f"Alles ligt in {os.path.relpath(outcome.folder)}")
        if not outcome.as_it_should_be:
            raise CommandError(
                f"Dit had anders moeten zijn: {outcome.accepted} verzonden, {outcome.in_batch} te printen, "
                f"{len(outcome.gaps)} zonder adres."
            )
        if options["serve"]:
            self.serve(options["port"])

    def say(self, text: str) -> None:
        """One line, at once."""
        self.stdout.write(text)
        self.stdout.flush()

    def password(self) -> str:
        """One password for everyone in the demo of this installation, made at the first run."""
        path: Path = settings.VAR_DIR / "demo-password"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(f"stadsdorp-{secrets.randbelow(10**6):06d}")
        password = path.read_text()
        for user in User.objects.filter(email__endswith=".example"):
            if not user.check_password(password):
                user.set_password(password)
                user.save(update_fields=["password"])
        return password

    def doors(self) -> list[str]:
        """One username for every role, the committee first: ``alida (commissie)``."""
        of_role: dict[str, str] = {}
        people = User.objects.filter(email__endswith=".example", groups__name__in=ROLES).order_by("pk")
        for username, role in people.values_list("username", "groups__name"):
            of_role.setdefault(role, username)
        return [f"{username} ({role.lower()})" for role, username in of_role.items()]

    def serve(self, port: int) -> None:
        """Web, outbox, tasks, mailbox and stand-in as processes, until Ctrl-C or until one of them ends."""
        password = self.password()
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        programs = {
            "web": [
                sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
                "--threads", "4", "--log-level", "warning",
            ],
            "bezorger": [*manage, "deliver"],
            "taken": [*manage, "db_worker", "--queue-name", "*"],
        }  # fmt: skip
        if settings.SMTP_IS_LOCAL:
            programs["postvak"] = [*manage, "mailbox"]
        if settings.MAILCHIMP_IS_LOCAL:
            programs["mailchimp"] = [*manage, "mailchimp_standin"]
        # Links in mail lead to where this demo is served.
        surroundings = {"BASE_URL": f"http://localhost:{port}", **os.environ}
        running = {
            name: subprocess.Popen(
                program,
                cwd=settings.BASE_DIR,
                env=surroundings,
                start_new_session=True,
                stdout=subprocess.DEVNULL,
            )
            for name, program in programs.items()
        }
        self.say("")
        self.say(
            f"Spreekbuis staat op http://localhost:{port}  en het beheer op http://localhost:{port}/beheer/"
        )
        self.say(f"Inloggen: {', '.join(self.doors())}. Wachtwoord: {password}")
        self.say("Stoppen met Ctrl-C.")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            while all(process.poll() is None for process in running.values()):
                time.sleep(0.5)
            ended = [name for name, process in running.items() if process.poll() is not None]
            raise CommandError(
                f"Gestopt, want dit deel viel uit: {', '.join(ended)}. Is poort {port} nog vrij?"
            )
        except KeyboardInterrupt:
            self.say("\nTot ziens.")
        finally:
            for process in running.values():
                process.terminate()
            for process in running.values():
                try:
                    process.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    process.kill()
