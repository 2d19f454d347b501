"""The forms of a role: who does what where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.actions import mandates as actions
from crm.actions import people
from crm.actions.changing import day
from crm.models import Mandate, Organisation, Person
from crm.queries import mandates as queries

from .dossiers import Part
from .fields import PARTIES, DayField, LookupField, NewName
from .forms import ActionForm, RecordForm

_PARTY = LookupField(
    Organisation, kinds=PARTIES, required=False, label=gettext_lazy("On behalf of the party"),
    help_text=gettext_lazy("Only with a public role, such as council member or candidate."),
)  # fmt: skip
_WHEN = ["from_on", "until_on", "source", "label", "on_behalf_of"]


class MandateForm(RecordForm):
    """A new role, on the page of the organisation or of the person."""

    model = Mandate
    permission = "crm.add_mandate"
    heading = gettext_lazy("New role")
    button = gettext_lazy("Save this role")
    needed = ("source",)
    folded = ("until_on", "label", "on_behalf_of")
    instead = {
        "on_behalf_of": _PARTY,
        "organisation": LookupField(Organisation),
        "person": LookupField(
            Person,
            new=gettext_lazy("Nobody of these: add %(name)s as a new person"),
            label=gettext_lazy("Who?"),
        ),
    }

    def chosen_names(self) -> Iterable[str]:
        """The other side first: the person on an organisation's page, the organisation on a person's."""
        other = "person" if isinstance(self.holder, Organisation) else "organisation"
        return [other, "post", *_WHEN]

    def build(self) -> None:
        """Asks in plain words."""
        super().build()
        self.fields["post"].label = _("What do they do there?")
        self.fields["source"].help_text = _("Where you read it. Needed for a role in a party or a faction.")

    def act(self) -> str:
        """Give the role, and make the person first when it is somebody new."""
        values = self.values()
        if isinstance(self.holder, Organisation):
            values["organisation"] = self.holder
            if isinstance(values["person"], NewName):
                values["person"] = people.add(name=values["person"].name, another=True, by=self.by)
        else:
            values["person"] = self.holder
        mandate = actions.add(by=self.by, **values)
        return _("Saved: %(mandate)s.") % {"mandate": mandate}


class MandateChangeForm(RecordForm):
    """Mend a role."""

    model = Mandate
    permission = "crm.change_mandate"
    heading = gettext_lazy("Change this role")
    button = gettext_lazy("Save the change")
    names = ["post", *_WHEN]
    needed = ("source",)
    folded = ("label", "on_behalf_of")
    instead = {"on_behalf_of": _PARTY}

    def act(self) -> str:
        """Change the role."""
        mandate = actions.change(
            mandate=self.item, by=self.by, seen=self.cleaned_data["seen"], **self.values()
        )
        return _("Saved: %(mandate)s.") % {"mandate": mandate}


class MandateEndForm(ActionForm):
    """The role is over."""

    permission = "crm.change_mandate"
    button = gettext_lazy("This role is over")
    until_on = DayField(label=gettext_lazy("From which day?"))

    def start(self) -> dict[str, Any]:
        """Today, unless somebody says otherwise."""
        self.heading = _("Is %(mandate)s over?") % {"mandate": self.item}
        return {"until_on": timezone.localdate()}

    def act(self) -> str:
        """End the role."""
        until_on = self.cleaned_data["until_on"]
        mandate = actions.end(mandate=self.item, until_on=until_on, by=self.by)
        return _("%(mandate)s is over from %(day)s.") % {"mandate": mandate, "day": day(until_on)}


class MandateRemoveForm(ActionForm):
    """The role was never held."""

    permission = "crm.delete_mandate"
    is_grave = True
    heading = gettext_lazy("Was this written down by mistake?")
    button = gettext_lazy("Take this role away for good")

    def start(self) -> dict[str, Any]:
        """Says what goes."""
        self.intro = _(
            "%(mandate)s: it goes away for good. Is the role over? Then choose “over” instead."
        ) % {"mandate": self.item}
        return {}

    def act(self) -> str:
        """Take it away."""
        words = str(self.item)
        actions.remove(mandate=self.item, by=self.by)
        return _("Taken away: %(mandate)s.") % {"mandate": words}


class TakeAlongForm(ActionForm):
    """The people of a faction go along to the one that it went on in."""

    permission = "crm.add_mandate"
    heading = gettext_lazy("Do its people go along?")
    button = gettext_lazy("Take them along")
    needed = ("source",)

    to = forms.ChoiceField(label=gettext_lazy("To which faction?"))
    from_on = DayField(label=gettext_lazy("From which day?"))
    source = forms.CharField(label=gettext_lazy("Where did you read it?"), required=False)

    def start(self) -> dict[str, Any]:
        """The faction, the day and the source of the line to it, and who goes along."""
        self.lines = queries.lines_to_factions(self.holder)
        if not self.lines:
            self.intro = _("Write down first in which faction it went on: “Add a line”.")
            return {}
        line = self.lines[0]
        from_on = queries.day_of(line, timezone.localdate())
        roles = queries.to_take_along(self.holder, to=line.successor, day=from_on)
        if who := ", ".join(dict.fromkeys(str(mandate.person) for mandate in roles)):
            self.intro = _(
                "%(who)s: each gets the same role there, on behalf of the same party. Here it ends on that day."
            ) % {"who": who}
        return {"to": line.successor_id, "from_on": from_on, "source": line.source}

    def build(self) -> None:
        """Only the factions that it went on in."""
        choices = [(line.successor_id, line.successor.name) for line in self.lines]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def act(self) -> str:
        """Take them along."""
        chosen = {str(line.successor_id): line.successor for line in self.lines}
        to = chosen[self.cleaned_data["to"]]
        from_on, source = self.cleaned_data["from_on"], self.cleaned_data["source"]
        moved = actions.take_along(faction=self.holder, to=to, from_on=from_on, source=source, by=self.by)
        words = ngettext(
            "%(count)d role went along to %(name)s.", "%(count)d roles went along to %(name)s.", len(moved)
        )
        return words % {"count": len(moved), "name": to.with_article}


ALONG = Part(form=TakeAlongForm)
PART = Part(
    form=MandateForm,
    items=lambda holder: holder.mandates.select_related("person", "organisation"),
    item_forms={
        "": MandateChangeForm,
        "voorbij": MandateEndForm,
        "verwijderen": MandateRemoveForm,
    },
)
