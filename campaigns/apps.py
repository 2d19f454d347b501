"""Registration of the room campaigns."""

import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """The application campaigns."""

    name = "campaigns"
    verbose_name = _("What we ask for")

    def ready(self) -> None:
        from django.urls import reverse_lazy

        from crm.registries import background, due, panels, schedule
        from crm.registries.search import Source, register

        from . import tasks, timeline
        from .queries import dossiers, search
        from .queries import due as due_queries

        timeline.register()
        background.register("campaigns.sync_audience", tasks.sync_audience.enqueue)
        background.register("campaigns.look_at_mailchimp", tasks.look_at_mailchimp.enqueue)
        background.register("campaigns.listen_to_mailchimp", tasks.listen_to_mailchimp.enqueue)
        schedule.register(
            "campaigns.sync_audience", every=datetime.timedelta(minutes=15), run=tasks.sync_when_due
        )
        due.register("campaigns.to_confirm", due_queries.to_confirm)
        panels.register("campaigns.positions", subject="organisation", fill=dossiers.panel, order=20)
        register(
            Source(
                "campaigns", _("Campaigns and asks"), 62, search.campaigns, reverse_lazy("campaigns:index")
            )
        )
        register(Source("claims", _("Positions"), 64, search.claims))
        register(Source("facts", _("Facts"), 70, search.facts))
        register(Source("publications", _("Publications"), 80, search.publications))
