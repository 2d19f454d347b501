"""The forms of names over time, and of what came out of what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import lineage as lineage_actions
from crm.actions import organisations as actions
from crm.actions.changing import version
from crm.dutch.articles import opening
from crm.models import Lineage, LineageKind, Organisation, OrganisationKind, OrganisationName

from .dossiers import Part
from .fields import DayField, LookupField
from .forms import ActionForm, RecordForm

_JOINT = {OrganisationKind.FACTION, OrganisationKind.CANDIDATE_LIST}


class RenameForm(ActionForm):
    """A new name from a day on."""

    permission = "crm.change_organisation"
    heading = gettext_lazy("Does it have a new name?")
    intro = gettext_lazy(
        "The old name is kept: you can still find it by that. Was the name mistyped? Change the details."
    )
    button = gettext_lazy("Give it this name")

    name = forms.CharField(label=gettext_lazy("New name"))
    short_name = forms.CharField(label=gettext_lazy("Short name"), required=False)
    from_on = DayField(label=gettext_lazy("From which day?"))
    source = forms.CharField(label=gettext_lazy("Where did you read it?"), required=False)

    def start(self) -> dict[str, Any]:
        """Which version of the record was on screen."""
        return {"seen": version(self.holder)}

    def act(self) -> str:
        """Rename it."""
        renamed = actions.rename(organisation=self.holder, by=self.by, **self.cleaned_data)
        return _("It is called %(name)s from now on; the old name is kept.") % {"name": renamed.name}


class EarlierNameForm(RecordForm):
    """A name that it had before."""

    model = OrganisationName
    permission = "crm.change_organisationname"
    heading = gettext_lazy("What was it called before?")
    button = gettext_lazy("Save this earlier name")
    names = ["name", "short_name", "from_on", "until_on", "source"]
    folded = ("short_name", "from_on", "source")

    def build(self) -> None:
        """Without a last day it would not be earlier."""
        super().build()
        self.fields["until_on"].required = True

    def act(self) -> str:
        """Add the name."""
        name = actions.add_earlier_name(organisation=self.holder, by=self.by, **self.values())
        return _("Saved: it was called %(name)s.") % {"name": name}


class EarlierNameRemoveForm(ActionForm):
    """A name that it never had."""

    permission = "crm.delete_organisationname"
    is_grave = True
    heading = gettext_lazy("Was this written down by mistake?")
    button = gettext_lazy("Take this name away")

    def start(self) -> dict[str, Any]:
        """Says which name goes."""
        self.intro = _("“%(name)s” goes away for good. It is no longer found by that name.") % {
            "name": self.item
        }
        return {}

    def act(self) -> str:
        """Take it away."""
        actions.remove_earlier_name(name=self.item, by=self.by)
        return _("The name was taken away.")


class LineageForm(ActionForm):
    """A line to what it became, or from what it was."""

    permission = "crm.add_lineage"
    heading = gettext_lazy("Where did it come from, or what became of it?")
    button = gettext_lazy("Save this line")
    folded = ("happened_on", "source")
    beside = {"successor": "other", "predecessor": "other"}

    direction = forms.ChoiceField(label=gettext_lazy("Which way?"))
    kind = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=[("", gettext_lazy("choose")), *LineageKind.choices]
    )
    other = LookupField(Organisation, label=gettext_lazy("The other organisation"))
    happened_on = DayField(label=gettext_lazy("On which day?"), required=False)
    source = forms.CharField(label=gettext_lazy("Where did you read it?"), required=False)

    def start(self) -> dict[str, Any]:
        """Others go on in a faction or a list without a party of its own: that is the joint one."""
        is_joint = self.holder.kind in _JOINT and self.holder.party is None
        return {"direction": "came_from"} if is_joint else {}

    def build(self) -> None:
        """The two ways, in words; neither is chosen beforehand, unless only one is likely."""
        name = self.holder.with_article
        self.fields["direction"].choices = [  # type: ignore[attr-defined]
            ("", _("choose")),
            ("became", opening(_("%(name)s went on in the other one") % {"name": name})),
            ("came_from", _("the other one went on in %(name)s") % {"name": name}),
        ]

    def act(self) -> str:
        """Draw the line."""
        other, went_on = self.cleaned_data["other"], self.cleaned_data["direction"] == "became"
        line = lineage_actions.link(
            predecessor=self.holder if went_on else other,
            successor=other if went_on else self.holder,
            kind=self.cleaned_data["kind"],
            happened_on=self.cleaned_data["happened_on"],
            source=self.cleaned_data["source"],
            by=self.by,
        )
        return _("Saved: %(line)s.") % {"line": line}


class LineageRemoveForm(ActionForm):
    """A line that was drawn by mistake."""

    permission = "crm.delete_lineage"
    is_grave = True
    heading = gettext_lazy("Was this written down by mistake?")
    button = gettext_lazy("Take this line away")

    def start(self) -> dict[str, Any]:
        """Says which line goes."""
        self.intro = _("“%(line)s” goes away for good.") % {"line": self.item}
        return {}

    def act(self) -> str:
        """Take it away."""
        lineage_actions.unlink(line=self.item, by=self.by)
        return _("The line was taken away.")


RENAME = Part(form=RenameForm)
EARLIER = Part(
    form=EarlierNameForm,
    items=lambda holder: holder.names.select_related("organisation"),
    item_forms={"verwijderen": EarlierNameRemoveForm},
)
LINEAGE = Part(
    form=LineageForm,
    items=lambda holder: Lineage.objects.filter(Q(predecessor=holder) | Q(successor=holder)).select_related(
        "predecessor", "successor"
    ),
    item_forms={"verwijderen": LineageRemoveForm},
)
