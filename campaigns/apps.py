"""Registration of the room campaigns."""

import datetime
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """The application campaigns."""

    name = "campaigns"
    verbose_name = _("What we ask for")

    def import_models(self) -> None:
        """Page types are models too, but live above queries."""
        super().import_models()
        import_module("campaigns.pages")

    def ready(self) -> None:
        from django.urls import reverse_lazy

        from crm.registries import background, due, outgoing, panels, schedule
        from crm.registries.search import Source, register

        from . import tasks, timeline
        from .actions import sign_ups
        from .queries import dossiers, search, subscribers
        from .queries import due as due_queries

        timeline.register()
        background.register("campaigns.sync_audience", tasks.sync_audience.enqueue)
        background.register("campaigns.look_at_mailchimp", tasks.look_at_mailchimp.enqueue)
        background.register("campaigns.listen_to_mailchimp", tasks.listen_to_mailchimp.enqueue)
        schedule.register(
            "campaigns.sync_audience", every=datetime.timedelta(minutes=15), run=tasks.sync_when_due
        )
        schedule.register("campaigns.results", every=datetime.timedelta(hours=1), run=tasks.results_when_due)
        background.register("campaigns.send_mailing", tasks.send_mailing.enqueue)
        background.register("campaigns.send_test", tasks.send_test.enqueue)
        schedule.register(
            "campaigns.mailings", every=datetime.timedelta(minutes=1), run=tasks.mailings_when_due
        )
        due.register("campaigns.to_confirm", due_queries.to_confirm)
        due.register("campaigns.newsletters", due_queries.newsletters)
        panels.register("campaigns.positions", subject="organisation", fill=dossiers.panel, order=20)
        panels.register("campaigns.subscribers", subject="person", fill=subscribers.panel, order=60)
        # Whoever typed a wrong address asks once more: nobody here has to decide about that mail.
        outgoing.describe("reader:", subscribers.mail_in_words, settled_elsewhere=True)
        background.register("campaigns.answer_sign_up", tasks.answer_sign_up.enqueue)
        background.register("campaigns.mail_preferences", tasks.mail_preferences.enqueue)
        schedule.register(
            "campaigns.waiting_sign_ups", every=datetime.timedelta(minutes=5), run=sign_ups.answer_waiting
        )
        schedule.register("campaigns.old_sign_ups", every=datetime.timedelta(days=1), run=sign_ups.remove_old)
        register(
            Source(
                "campaigns", _("Campaigns and asks"), 62, search.campaigns, reverse_lazy("campaigns:index")
            )
        )
        register(Source("claims", _("Positions"), 64, search.claims))
        register(Source("facts", _("Facts"), 70, search.facts))
        register(Source("publications", _("Publications"), 80, search.publications))
