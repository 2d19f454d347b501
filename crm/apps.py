"""Registration of the room crm."""

import datetime

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CrmConfig(AppConfig):
    """The application crm."""

    name = "crm"
    verbose_name = _("Whom we know")

    def ready(self) -> None:
        from django.urls import reverse_lazy

        from crm.actions import frozen_files
        from crm.actions import portfolios as handing_over
        from crm.models import search_index
        from crm.queries import finders, follow_ups, search
        from crm.queries import outgoing as outgoing_queries
        from crm.queries import subjects as subject_kinds
        from crm.registries import due, outgoing, panels, portfolios, schedule, subjects
        from crm.registries.search import Source, register

        from . import timeline

        timeline.register()
        outgoing.describe("account:", outgoing_queries.account_mail)
        schedule.register(
            "crm.unused_files", every=datetime.timedelta(days=1), run=frozen_files.remove_unused
        )
        post_migrate.connect(search_index.ensure_after_migrate, sender=self, dispatch_uid="crm.search_index")
        register(
            Source(
                "organisations",
                _("Organisations"),
                10,
                search.visible_organisations,
                reverse_lazy("crm:organisation_list"),
            )
        )
        register(Source("people", _("People"), 20, search.visible_people, reverse_lazy("crm:person_list")))
        register(Source("labels", _("Themes and labels"), 40, finders.labels))
        register(Source("segments", _("Saved groups"), 50, finders.segments))
        register(Source("interactions", _("Contact moments"), 60, finders.interactions))
        register(Source("follow_ups", _("Action list"), 63, follow_ups.find))
        for kind in subject_kinds.KINDS:
            subjects.register(kind)
        for part in handing_over.PARTS:
            portfolios.register(part)
        due.register(follow_ups.DUE, follow_ups.due)
        for subject in ("organisation", "person"):
            panels.register(f"crm.follow_ups.{subject}", subject=subject, fill=follow_ups.panel, order=5)
