"""The first screen after signing in: what waits, each with the button that goes on with it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from cms.queries import overview


class OverviewPanel(Component):
    """Letters that wait for you, letters being worked on, and mail that does not leave."""

    order = 10
    template_name = "cms/overview.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Adds what waits for the one who looks."""
        user = parent_context["request"].user
        return {
            "user": user,
            "greeting": overview.greeting(timezone.localtime().hour),
            "overview": overview.of(user),
            "may_add": user.has_perm("letters.add_letter"),
            "may_view": user.has_perm("letters.view_letter"),
        }
