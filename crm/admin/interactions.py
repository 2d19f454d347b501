"""The forms of a contact moment: what passed between us."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import interactions as actions
from crm.models import Interaction, Organisation, Person

from .dossiers import Part
from .fields import ClockField, DayField, LookupField
from .forms import ActionForm, RecordForm


class InteractionForm(RecordForm):
    """Write down a call, a meeting, a note."""

    model = Interaction
    permission = "crm.add_interaction"
    title = gettext_lazy("What passed between you?")
    button = gettext_lazy("Put it on the timeline")
    names = ["kind", "summary", "body"]
    folded: Sequence[str] = ("other", "clock", "body")
    beside = {"happened_at": "day"}

    def build(self) -> None:
        """The fields, with the moment in two parts and the one on the other side."""
        super().build()
        self.fields["day"] = DayField(label=_("When?"), initial=timezone.localdate())
        self.fields["clock"] = ClockField(label=_("At what time?"), required=False)
        if self.item is None:
            at_organisation = isinstance(self.holder, Organisation)
            self.fields["other"] = LookupField(
                Person if at_organisation else Organisation,
                required=False,
                label=_("With whom there?") if at_organisation else _("At which organisation?"),
            )
        self.order_fields(["kind", "day", "summary", "other", "clock", "body"])

    def moment(self) -> datetime.datetime:
        """When it was; without a time the present time for today, and noon for another day."""
        day, clock = self.cleaned_data["day"], self.cleaned_data["clock"]
        now = timezone.localtime()
        if clock is None:
            clock = now.time() if day == now.date() else datetime.time(12)
        moment: datetime.datetime = timezone.make_aware(datetime.datetime.combine(day, clock))
        return moment

    def act(self) -> str:
        """Write it down."""
        mine, theirs = (
            ("organisation", "person")
            if isinstance(self.holder, Organisation)
            else ("person", "organisation")
        )
        with_whom = {mine: self.holder, theirs: self.cleaned_data["other"]}
        actions.log(happened_at=self.moment(), by=self.by, **with_whom, **self.values())
        return _("It is on the timeline.")


class InteractionChangeForm(InteractionForm):
    """Mend what was written down."""

    permission = "crm.change_interaction"
    title = gettext_lazy("Change this note")
    button = gettext_lazy("Save the change")
    folded = ()

    def start(self) -> dict[str, Any]:
        """As it stands."""
        local = timezone.localtime(self.item.happened_at)
        return {**super().start(), "day": local.date(), "clock": local.time()}

    def act(self) -> str:
        """Change it."""
        moment = self.moment()
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
    title = gettext_lazy("Remove this note?")
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
