"""Registration of the room letters."""

import datetime

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    """The application letters."""

    name = "letters"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from django.urls import reverse_lazy

        from campaigns.registries import sources
        from crm.models import Interaction, Network
        from crm.registries import (
            background,
            criteria,
            due,
            outgoing,
            panels,
            schedule,
            search,
            selection,
            standing,
        )
        from crm.registries import portfolios as portfolio_registry
        from crm.registries import subjects as subject_registry

        from . import tasks, timeline
        from .actions import intake, leftovers, portfolios, replying, results, supplies, talks
        from .queries import (
            agendas,
            commitments,
            dossiers,
            incoming,
            mail,
            meetings,
            passages,
            replies,
            subjects,
        )
        from .queries import due as due_queries

        timeline.register()
        post_save.connect(supplies.network_saved, sender=Network, dispatch_uid="letters.network_saved")
        post_save.connect(
            talks.interaction_saved, sender=Interaction, dispatch_uid="letters.interaction_saved"
        )
        outgoing.on_result("letter:", results.note)
        outgoing.describe("letter:", mail.letters, settled_elsewhere=True)
        outgoing.on_result(replying.KEY, replying.note)
        outgoing.describe(replying.KEY, mail.replies)
        outgoing.describe("approval:", mail.approvals)
        schedule.register(
            "letters.fetch_replies",
            every=datetime.timedelta(seconds=settings.IMAP_EVERY_SECONDS),
            run=tasks.fetch_replies,
        )
        standing.register(
            "letters.watch_mailbox", run=tasks.watch_mailbox, is_wanted=tasks.mailbox_is_watched
        )
        schedule.register("letters.make_findable", every=datetime.timedelta(days=1), run=intake.make_findable)
        schedule.register("letters.leftovers", every=datetime.timedelta(days=1), run=leftovers.drop_abandoned)
        sources.register(passages.source())
        background.register("letters.ask_by_mail", tasks.ask_by_mail.enqueue)
        for subject in ("organisation", "person"):
            panels.register(f"letters.{subject}", subject=subject, fill=dossiers.panel, order=10)
        for subject in ("organisation", "person"):
            panels.register(
                f"letters.promises.{subject}", subject=subject, fill=dossiers.promises_panel, order=20
            )
            panels.register(f"letters.turns.{subject}", subject=subject, fill=dossiers.turns_panel, order=5)
            panels.register(f"letters.meetings.{subject}", subject=subject, fill=meetings.panel, order=8)
        panels.register("letters.waiting", subject="publication", fill=dossiers.waiting_panel)
        panels.register("letters.segment", subject="segment", fill=dossiers.segment_panel, order=10)
        for subject in ("organisations", "people"):
            selection.register(dossiers.deed(subject))
        search.register(
            search.Source("letters", _("Letters"), 30, dossiers.find, reverse_lazy("letters:index"))
        )
        search.register(search.Source("commitments", _("Promises"), 66, commitments.find))
        search.register(search.Source("incoming", _("What came in"), 40, incoming.find))
        search.register(search.Source("replies", _("What we wrote back"), 42, replies.find))
        search.register(search.Source("meetings", _("Talks"), 62, meetings.find))
        search.register(search.Source("agendas", _("Papers for meetings"), 68, agendas.find))
        for criterion in dossiers.criteria():
            criteria.register(criterion)
        for kind in subjects.KINDS:
            subject_registry.register(kind)
        for part in portfolios.PARTS:
            portfolio_registry.register(part)
        for name, contribute in due_queries.CONTRIBUTORS.items():
            due.register(name, contribute)
