"""Registration of the room campaigns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """The application campaigns."""

    name = "campaigns"
    verbose_name = _("What we ask for")

    def ready(self) -> None:
        from crm.registries.search import Source, register

        from . import timeline
        from .queries import search

        timeline.register()
        register(Source("facts", _("Facts"), 70, search.facts))
        register(Source("publications", _("Publications"), 80, search.publications))
