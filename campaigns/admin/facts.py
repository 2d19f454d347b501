"""The fact cabinet on screen: each figure with its source and date."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel

from campaigns.actions import facts
from campaigns.models import Fact
from crm.models import User

from .acting import ActingViewSet

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FactViewSet(ActingViewSet):
    """Figures to use in letters."""

    model = Fact
    name = "feiten"
    icon = "clipboard-list"
    list_display = ["words", "as_of_on", "source"]
    search_fields = ["words", "source", "key"]
    inspect_view_fields = ["words", "as_of_on", "source", "source_url", "key"]
    panels = [
        HelpPanel(
            _(
                "A figure that you use in letters. The last look warns when a letter says something else, "
                "or names a figure that does not stand here."
            )
        ),
        FieldPanel("words"),
        FieldPanel("as_of_on", widget=_DAY, help_text=_("The day on which this was so.")),
        FieldPanel("source", help_text=_("Where it says so, for example “Jaarverslag 2024, page 7”.")),
        FieldPanel("source_url"),
        FieldPanel(
            "key", help_text=_("A short name without spaces, for example “bereik”. It stays the same.")
        ),
    ]

    def add(self, form: forms.ModelForm, by: User) -> None:
        """Keep a new figure."""
        facts.add(fact=form.instance, by=by)

    def change(self, form: forms.ModelForm, by: User) -> None:
        """Keep a changed figure."""
        facts.change(fact=form.instance, by=by)

    def remove(self, instance: Fact, by: User) -> None:
        """Take it out of the cabinet."""
        facts.remove(fact=instance, by=by)
