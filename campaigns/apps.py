"""Registration of the room campaigns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """The application campaigns."""

    name = "campaigns"
    verbose_name = _("What we ask for")

    def ready(self) -> None:
        from . import timeline

        timeline.register()
