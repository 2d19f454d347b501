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

        from crm.registries import background, due, panels, schedule
        from crm.registries.search import Source, register

        from . import tasks, timeline
        from .queries import dossiers, search
        from .queries import due as due_queries

        timeline.register()
        schedule.register("campaigns.results", every=datetime.timedelta(hours=1), run=tasks.results_when_due)
        background.register("campaigns.send_mailing", tasks.send_mailing.enqueue)
        background.register("campaigns.send_test", tasks.send_test.enqueue)
        schedule.register(
            "campaigns.mailings", every=datetime.timedelta(minutes=1), run=tasks.mailings_when_due
        )
        due.register("campaigns.to_confirm", due_queries.to_confirm)
        due.register("campaigns.newsletters", due_queries.newsletters)
        panels.register("campaigns.positions", subject="organisation", fill=dossiers.panel, order=20)
        register(
            Source(
                "campaigns", _("Campaigns and asks"), 62, search.campaigns, reverse_lazy("campaigns:index")
            )
        )
        register(Source("claims", _("Positions"), 64, search.claims))
        register(Source("facts", _("Facts"), 70, search.facts))
        register(Source("publications", _("Publications"), 80, search.publications))
