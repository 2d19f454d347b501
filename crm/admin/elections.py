"""The forms of elections, council terms, and the seats of a faction."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import elections as actions
from crm.actions.changing import day
from crm.models import Election, SeatCount, Term

from .dossiers import Part
from .forms import ActionForm, RecordForm


class SeatsForm(RecordForm):
    """How many seats a faction holds from a day on."""

    model = SeatCount
    permission = "crm.change_seatcount"
    heading = gettext_lazy("How many seats?")
    button = gettext_lazy("Save the number of seats")
    names = ["seats", "from_on", "until_on", "source"]
    folded = ("until_on",)

    def record(self) -> None:
        """Always a new number; the one that it follows ends by itself."""

    def act(self) -> str:
        """Set the seats."""
        row = actions.set_seats(faction=self.holder, by=self.by, **self.values())
        return _("Saved: %(seats)s seats from %(day)s.") % {"seats": row.seats, "day": day(row.from_on)}


class SeatsRemoveForm(ActionForm):
    """A number of seats that was never held."""

    permission = "crm.delete_seatcount"
    is_grave = True
    heading = gettext_lazy("Was this written down by mistake?")
    button = gettext_lazy("Take this number away")

    def start(self) -> dict[str, Any]:
        """Says which number goes."""
        words = _("%(seats)s seats from %(day)s: it goes away for good.")
        self.intro = words % {"seats": self.item.seats, "day": day(self.item.from_on)}
        return {}

    def act(self) -> str:
        """Take it away."""
        actions.remove_seats(row=self.item, by=self.by)
        return _("The number was taken away.")


class ElectionForm(RecordForm):
    """An election of this body."""

    model = Election
    permission = "crm.add_election"
    heading = gettext_lazy("New election")
    button = gettext_lazy("Save this election")
    names = ["name", "held_on", "lists_final_on"]

    def act(self) -> str:
        """Add it."""
        election = actions.add_election(body=self.holder, by=self.by, **self.values())
        return _("Saved: %(name)s.") % {"name": election}


class ElectionChangeForm(ElectionForm):
    """Mend an election."""

    permission = "crm.change_election"
    heading = gettext_lazy("Change this election")

    def act(self) -> str:
        """Change it."""
        election = actions.change_election(
            election=self.item, by=self.by, seen=self.cleaned_data["seen"], **self.values()
        )
        return _("Saved: %(name)s.") % {"name": election}


class ElectionRemoveForm(ActionForm):
    """An election that never was."""

    permission = "crm.delete_election"
    is_grave = True
    heading = gettext_lazy("Was this written down by mistake?")
    button = gettext_lazy("Take this election away")

    def start(self) -> dict[str, Any]:
        """Says which election goes."""
        self.intro = _("“%(name)s” goes away for good. That only works while nothing hangs on it.") % {
            "name": self.item
        }
        return {}

    def act(self) -> str:
        """Take it away."""
        actions.remove_election(election=self.item, by=self.by)
        return _("The election was taken away.")


class TermForm(RecordForm):
    """A term of the council of this body."""

    model = Term
    permission = "crm.add_term"
    heading = gettext_lazy("New council term")
    button = gettext_lazy("Save this term")
    names = ["name", "from_on", "until_on", "seats_total", "election"]

    def build(self) -> None:
        """Only elections of this body."""
        super().build()
        self.fields["election"].queryset = self.holder.elections.all()  # type: ignore[attr-defined]

    def act(self) -> str:
        """Add it."""
        term = actions.add_term(body=self.holder, by=self.by, **self.values())
        return _("Saved: %(name)s.") % {"name": term}


class TermChangeForm(TermForm):
    """Mend a term, such as its last day."""

    permission = "crm.change_term"
    heading = gettext_lazy("Change this term")

    def act(self) -> str:
        """Change it."""
        term = actions.change_term(
            term=self.item, by=self.by, seen=self.cleaned_data["seen"], **self.values()
        )
        return _("Saved: %(name)s.") % {"name": term}


class TermRemoveForm(ActionForm):
    """A council term that never was."""

    permission = "crm.delete_term"
    is_grave = True
    heading = gettext_lazy("Was this written down by mistake?")
    button = gettext_lazy("Take this term away")

    def start(self) -> dict[str, Any]:
        """Says which term goes."""
        self.intro = _("“%(name)s” goes away for good. That only works while nothing hangs on it.") % {
            "name": self.item
        }
        return {}

    def act(self) -> str:
        """Take it away."""
        actions.remove_term(term=self.item, by=self.by)
        return _("The term was taken away.")


SEATS = Part(
    form=SeatsForm, items=lambda holder: holder.seat_counts.all(), item_forms={"verwijderen": SeatsRemoveForm}
)
ELECTIONS = Part(
    form=ElectionForm,
    items=lambda holder: holder.elections.all(),
    item_forms={"": ElectionChangeForm, "verwijderen": ElectionRemoveForm},
)
TERMS = Part(
    form=TermForm,
    items=lambda holder: holder.terms.all(),
    item_forms={"": TermChangeForm, "verwijderen": TermRemoveForm},
)
