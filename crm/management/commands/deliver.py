"""Delivers the outbox, does periodic work and cleans up after workers that died."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import heartbeats, outgoing_steps, periodic, stoppages
from crm.actions.abandoned_tasks import rerun_abandoned_tasks
from crm.actions.delivering import drain, new_worker_name
from crm.management.arguments import need_tables, whole_number
from crm.management.processes import Job, Stop, run_all
from crm.models import OutgoingMessage, OutgoingState
from crm.queries import outgoing
from crm.registries import standing

S = OutgoingState
REAP_SECONDS = 5
TASKS_SECONDS = 60


class Command(BaseCommand):
    help = (
        "Deliver the outbox: hand waiting messages to the mail server, do periodic work, and take over from workers "
        "that died. Runs until it is stopped (Ctrl-C or SIGTERM: the message in hand is finished, the others go back "
        "in the queue). Several may run at once, on several machines."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once",
            action="store_true",
            help="deliver what is due now and stop, without periodic work; exit 0 only when nothing due is left",
        )
        parser.add_argument(
            "--workers",
            type=whole_number(least=1),
            default=1,
            metavar="N",
            help="processes that deliver mail (default 1)",
        )
        parser.add_argument(
            "--idle",
            type=whole_number(least=1),
            default=1,
            metavar="SECONDS",
            help="how long a worker rests when nothing waits (default 1)",
        )

    def handle(self, *args: Any, once: bool, workers: int, idle: int, **options: Any) -> None:
        need_tables()
        self.quiet = options["verbosity"] < 1
        self.last_reap = 0.0
        began = timezone.now()
        with Stop() as self.stop:
            if once:
                self.deliver_once(workers, began)
            else:
                self.deliver_on(workers, idle)
                self.summary(began)

    def deliver_once(self, workers: int, began: datetime) -> None:
        """Raises CommandError when a worker failed or something due is left."""
        outgoing_steps.reap()
        stoppages.try_now()
        failed = 0
        if workers == 1:
            self.deliver_while_due(new_worker_name())
        else:
            failed = run_all([self.mail_job(self.deliver_while_due)] * workers, self.stop, again=False)
        self.summary(began)
        left = outgoing.left_to_deliver()
        if failed or left:
            raise CommandError(
                _("Not finished: %(left)d messages are still to be delivered.") % {"left": left}
            )

    def deliver_on(self, workers: int, idle: int) -> None:
        """Until stopped."""

        def work(name: str) -> None:
            with heartbeats.beating(name):
                while not self.stop():
                    close_old_connections()
                    if not self.drain(name):
                        self.stop.wait(idle)

        def keep_house(name: str) -> None:
            last_tasks = 0.0
            while not self.stop():
                close_old_connections()
                for done in periodic.run_due(worker=name):
                    self.say(_("Done: %(work)s") % {"work": done})
                if time.monotonic() - last_tasks > TASKS_SECONDS:
                    last_tasks = time.monotonic()
                    rerun_abandoned_tasks()
                self.stop.wait(REAP_SECONDS)

        self.say(_("Delivering mail with %(workers)d workers. Ctrl-C stops.") % {"workers": workers})
        jobs = [self.mail_job(work)] * workers + [Job(keep_house, new_worker_name)]
        jobs += [self.standing_job(work) for work in standing.wanted()]
        run_all(jobs, self.stop, again=True, meanwhile=self.reap_now_and_then)

    def mail_job(self, run: Callable[[str], object]) -> Job:
        """What a dead worker had in hand is taken over at once, not when its lease ends."""
        return Job(run, new_worker_name, died=lambda name: self.reap(worker=name))

    def standing_job(self, work: standing.Standing) -> Job:
        """Work that waits for something to happen, until it is time to stop."""
        return Job(lambda _name: work.run(self.stop), new_worker_name)

    def deliver_while_due(self, name: str) -> None:
        """What is due now, and no more."""
        with heartbeats.beating(name):
            self.drain(name)

    def drain(self, name: str) -> int:
        """How many messages came to a result."""
        return sum(drain(worker=name, stopped=self.stop, told=self.told).values())

    def reap_now_and_then(self) -> None:
        """In the watching process, so that slow periodic work never holds it up."""
        if time.monotonic() - self.last_reap >= REAP_SECONDS:
            self.last_reap = time.monotonic()
            self.reap()

    def reap(self, *, worker: str | None = None) -> None:
        """Take over from workers that are gone; while the database is away that waits."""
        try:
            reaped = outgoing_steps.reap(worker=worker)
        except DatabaseError as error:
            self.stderr.write(_("The database is away: %(error)s") % {"error": error})
            connection.close()
            return
        if reaped.requeued or reaped.uncertain:
            self.say(
                _(
                    "Taken over from workers that are gone: %(requeued)d waiting again, %(uncertain)d uncertain."
                )
                % {"requeued": reaped.requeued, "uncertain": reaped.uncertain}
            )

    def told(self, message: OutgoingMessage, state: OutgoingState) -> None:
        """One line per result; the key, not the address: logs are kept by others."""
        self.say(f"{state.label}: {message.key}")

    def summary(self, began: datetime) -> None:
        """What happened since the start, and what stands in the way."""
        counts = outgoing.changed_since(began)
        ended = [f"{counts[state]} {state.label}" for state in S if state in counts]
        self.say(", ".join(ended) or _("There was nothing to deliver."))
        if problem := outgoing.door_problem():
            self.say(problem)

    def say(self, text: str) -> None:
        """Progress, unless --verbosity 0."""
        if not self.quiet:
            self.stdout.write(text)
            self.stdout.flush()
