"""The forms of a contact moment: what passed between us."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import interactions as actions
from crm.models import Interaction, InteractionKind, Organisation, Person

from .dossiers import Part
from .fields import ClockField, DayField, LookupField
from .forms import ActionForm, RecordForm

# What one writes down most, first.
_KINDS = (
    InteractionKind.CALL,
    InteractionKind.MEETING,
    InteractionKind.ENCOUNTER,
    InteractionKind.EMAIL,
    InteractionKind.NOTE,
)


class InteractionForm(ActionForm):
    """Write down a call, a talk, a meeting in passing: what it was and what was said, and only if need be more."""

    permission = "crm.add_interaction"
    heading = gettext_lazy("What passed between you?")
    button = gettext_lazy("Put it on the timeline")
    folded: Sequence[str] = ("other", "clock")
    needed: Collection[str] = ("day",)
    beside: ClassVar[Mapping[str, str]] = {"happened_at": "day", "body": "summary"}

    kind = forms.ChoiceField(
        label=gettext_lazy("What was it?"),
        choices=[(kind.value, kind.label) for kind in _KINDS],
        initial=InteractionKind.CALL,
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(
        label=gettext_lazy("What was said?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Anyone you write about may ask to read this. Write what you would say."),
    )
    day = DayField(label=gettext_lazy("When?"), required=False)
    clock = ClockField(label=gettext_lazy("At what time?"), required=False)

    def start(self) -> dict[str, Any]:
        """Today, unless somebody says otherwise."""
        return {"day": timezone.localdate()}

    def build(self) -> None:
        """The one on the other side."""
        at_organisation = isinstance(self.holder, Organisation)
        self.fields["other"] = LookupField(
            Person if at_organisation else Organisation,
            required=False,
            label=_("With whom there?") if at_organisation else _("At which organisation?"),
        )
        self.order_fields(["kind", "summary", "day", "other", "clock"])

    def said(self) -> dict[str, Any]:
        """What was filled in, for the action: what it was, what was said, and when."""
        moment = moment_of(self.cleaned_data["day"] or timezone.localdate(), self.cleaned_data["clock"])
        short = actions.in_short(self.cleaned_data["summary"])
        return {"kind": self.cleaned_data["kind"], "happened_at": moment, **short}

    def act(self) -> str:
        """Write it down."""
        mine, theirs = (
            ("organisation", "person")
            if isinstance(self.holder, Organisation)
            else ("person", "organisation")
        )
        with_whom = {mine: self.holder, theirs: self.cleaned_data["other"]}
        actions.log(by=self.by, **with_whom, **self.said())
        return _("It is on the timeline.")


def moment_of(day: datetime.date, clock: datetime.time | None) -> datetime.datetime:
    """When it was; without a time the present time for today, and noon for another day."""
    now = timezone.localtime()
    if clock is None:
        clock = now.time() if day == now.date() else datetime.time(12)
    moment: datetime.datetime = timezone.make_aware(datetime.datetime.combine(day, clock))
    return moment


class InteractionChangeForm(RecordForm):
    """Mend what was written down."""

    model = Interaction
    permission = "crm.change_interaction"
    heading = gettext_lazy("Change this note")
    button = gettext_lazy("Save the change")
    names = ["kind", "summary", "body"]
    beside = {"happened_at": "day"}

    def build(self) -> None:
        """The fields, with the moment in two parts."""
        super().build()
        self.fields["day"] = DayField(label=_("When?"))
        self.fields["clock"] = ClockField(label=_("At what time?"), required=False)
        self.order_fields(["kind", "day", "summary", "clock", "body"])

    def start(self) -> dict[str, Any]:
        """As it stands."""
        local = timezone.localtime(self.item.happened_at)
        return {**super().start(), "day": local.date(), "clock": local.time()}

    def act(self) -> str:
        """Change it."""
        moment = moment_of(self.cleaned_data["day"], self.cleaned_data["clock"])
        same_minute = moment == timezone.localtime(self.item.happened_at).replace(second=0, microsecond=0)
        actions.change(
            interaction=self.item,
            by=self.by,
            seen=self.cleaned_data["seen"],
            happened_at=self.item.happened_at if same_minute else moment,
            **self.values(),
        )
        return _("The note was changed.")


class InteractionRemoveForm(ActionForm):
    """Take it off the timeline."""

    permission = "crm.delete_interaction"
    is_grave = True
    heading = gettext_lazy("Remove this note?")
    button = gettext_lazy("Remove this note for good")

    def start(self) -> dict[str, Any]:
        """Says what goes."""
        self.intro = _("“%(summary)s” goes away for good, for everybody.") % {"summary": self.item.summary}
        return {}

    def act(self) -> str:
        """Remove it."""
        actions.remove(interaction=self.item, by=self.by)
        return _("The note was removed.")


PART = Part(
    form=InteractionForm,
    items=lambda holder: holder.interactions.select_related("organisation", "person"),
    item_forms={"": InteractionChangeForm, "verwijderen": InteractionRemoveForm},
)
