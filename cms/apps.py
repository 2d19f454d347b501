"""Registration of the room cms."""

import datetime
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """The application cms."""

    name = "cms"
    verbose_name = _("Site and dashboard")

    def import_models(self) -> None:
        """Page types are models too, but live above queries. Django counts an application without this as one
        without tables: no content types of its own, and nothing brought back after a test."""
        super().import_models()
        self.models_module = import_module("cms.pages")

    def ready(self) -> None:
        """Wagtail's widgets need no inline scripts; the one search box finds pages too; and Mondays have their mail."""
        from crm.registries import outgoing, schedule
        from crm.registries.search import Source, register

        from . import tasks
        from .admin import widgets
        from .queries import monday_mail, pages

        widgets.install()
        register(Source("pages", _("Pages"), 90, pages.find))
        outgoing.describe(monday_mail.KEY, monday_mail.about)
        schedule.register(
            "cms.monday_mail", every=datetime.timedelta(minutes=30), run=tasks.monday_mail_when_due
        )
