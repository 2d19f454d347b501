"""The fact cabinet on screen: each figure with its source and date."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.actions import facts
from campaigns.models import Fact
from crm.admin.fields import DayField
from crm.models import User

from .acting import ActingForm, ActingViewSet


class FactForm(ActingForm):
    """A figure. Its key is made of its words: nobody needs to know it."""

    needed = ("words", "as_of_on", "source")
    source_url = forms.URLField(
        label=_("Web page of the source"),
        required=False,
        assume_scheme="https",
        help_text=_("Copy it from the address bar of your browser."),
    )

    class Meta:
        model = Fact
        fields = ["words", "as_of_on", "source", "source_url"]
        field_classes = {"as_of_on": DayField}
        help_texts = {
            "as_of_on": _("The day on which this was so, for example 31-12-2024."),
            "source": _("Where it says so, for example “Jaarverslag 2024, page 7”."),
        }


class FactViewSet(ActingViewSet):
    """Figures to use in letters."""

    model = Fact
    name = "feiten"
    icon = "clipboard-list"
    list_display = ["words", "as_of_on", "source"]
    search_fields = ["words", "source"]
    inspect_view_fields = ["as_of_on", "source", "source_url"]
    form_class = FactForm
    keep = _("Save this fact")
    lead = _(
        "Figures that you use in letters, each with its source. The last look warns when a letter says something "
        "else, or names a figure that does not stand here."
    )
    empty = _("The fact cabinet is empty. Add the first figure, for example how many people you reach.")
    farewell = _(
        "It goes out of the fact cabinet for good. Letters in which it stands keep their words. The last look will "
        "ask where the figure comes from, as long as the letter was not sent."
    )

    def add(self, form: forms.ModelForm, by: User) -> None:
        """Keep a new figure."""
        facts.add(fact=form.instance, by=by)

    def change(self, form: forms.ModelForm, by: User) -> None:
        """Keep a changed figure."""
        facts.change(fact=form.instance, seen=form.cleaned_data["seen"], by=by)

    def remove(self, instance: Fact, by: User) -> None:
        """Take it out of the cabinet."""
        facts.remove(fact=instance, by=by)
