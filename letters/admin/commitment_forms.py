"""The forms of promises: keeping track of one, changing what it waits for, and saying how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Publication
from crm.actions.changing import version
from crm.admin.fields import DayField, LookupField
from crm.admin.forms import ActionForm
from crm.models import Organisation, Person, User
from letters.actions import commitments
from letters.models import (
    Commitment,
    CommitmentParty,
    CommitmentState,
    IncomingMessage,
    Letter,
    Recipient,
    Side,
)
from letters.queries import approvals


def _among(field: forms.Field, rows: QuerySet[Any]) -> forms.ModelChoiceField:
    """The field, with these rows to choose from."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    return field


class WhenForm(ActionForm):
    """What all forms of a promise ask: its name in short, what it waits for, and who sees to it."""

    folded: Sequence[str] = ("publication", "event")
    made: Commitment

    words = forms.CharField(
        label=gettext_lazy("In short"),
        required=False,
        help_text=gettext_lazy("As you would put it on a list. Empty: the sentence itself."),
    )
    due_on = DayField(label=gettext_lazy("Before which day?"), required=False)
    minded_by = forms.ModelChoiceField(
        label=gettext_lazy("Who sees to it?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody in particular"),
    )
    publication = forms.ModelChoiceField(
        label=gettext_lazy("Or once which publication has appeared?"),
        queryset=Publication.objects.all(),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    event = forms.CharField(
        label=gettext_lazy("Or after what else?"),
        required=False,
        help_text=gettext_lazy("For example: after the talk with the alderman"),
    )

    def build(self) -> None:
        """Whoever is on the committee can see to it."""
        _among(
            self.fields["minded_by"],
            User.objects.filter(pk__in=[member.pk for member in approvals.committee()]),
        )

    def when(self) -> dict[str, Any]:
        """What was filled in, by the names of the fields."""
        return {name: self.cleaned_data[name] for name in WhenForm.base_fields if name != "seen"}


def _quote(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class KeepForm(WhenForm):
    """A promise in a letter of ours, the ``holder``."""

    permission = commitments.ADD
    heading = gettext_lazy("A promise in this letter")
    button = gettext_lazy("Keep track of this promise")
    needed = ("quote",)
    holder: Letter

    quote = _quote(gettext_lazy("The sentence, copied from the letter"))
    field_order = ("quote", *WhenForm.base_fields)

    def act(self) -> str:
        """Keep it."""
        self.made = commitments.keep(
            letter=self.holder, quote=self.cleaned_data["quote"], **self.when(), by=self.by
        )
        return _("Kept track of: “%(words)s”") % {"words": self.made}


class NoteForm(WhenForm):
    """A promise in a message of theirs (the ``holder``), or in a talk when there is none."""

    permission = commitments.ADD
    heading = gettext_lazy("A promise that was made")
    button = gettext_lazy("Keep track of this promise")
    needed = ("quote", "organisation", "source")
    folded = ("person", "publication", "event")
    beside = {"__all__": "quote"}
    holder: IncomingMessage | None

    side = forms.ChoiceField(
        label=gettext_lazy("Who promised?"),
        choices=[
            (Side.THEIRS, gettext_lazy("They promised us")),
            (Side.OURS, gettext_lazy("We promised them")),
        ],
        initial=Side.THEIRS,
        widget=forms.RadioSelect,
    )
    organisation = LookupField(
        Organisation, label=gettext_lazy("Which organisation is it about?"), required=False
    )
    person = LookupField(Person, label=gettext_lazy("Or which person?"), required=False)
    quote = _quote(gettext_lazy("In which words?"))
    made_on = DayField(label=gettext_lazy("When?"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Where was it said?"),
        required=False,
        help_text=gettext_lazy("For example: minutes of 12 May, page 2. Or: told Alida by telephone."),
    )
    recipient = forms.ModelChoiceField(
        label=gettext_lazy("Which conversation?"), queryset=Recipient.objects.none(), required=False
    )
    field_order = (
        "side", "recipient", "organisation", "person", "quote", "made_on", "source", *WhenForm.base_fields,
    )  # fmt: skip

    def build(self) -> None:
        """A message that stands with letters says itself with whom, when and where."""
        super().build()
        places = list(self.holder.recipients.all()) if self.holder else []
        if self.holder is not None:
            self.fields.pop("source")
            self.fields.pop("made_on")
            self.fields.pop("side")
        if not places:
            self.fields.pop("recipient")
            return
        self.fields.pop("organisation")
        self.fields.pop("person")
        field = _among(
            self.fields["recipient"], Recipient.objects.filter(pk__in=[place.pk for place in places])
        )
        field.required = True
        self.initial.setdefault("recipient", places[0].pk)
        if len(places) == 1:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Somebody it concerns is needed."""
        data = self.cleaned_data
        looked_up = {"organisation", "person"}
        if (
            looked_up <= self.fields.keys()
            and not self.errors.keys() & looked_up
            and not any(data.get(name) for name in looked_up)
        ):
            self.add_error("organisation", _("Fill in which organisation or person it is about."))
        return data

    def act(self) -> str:
        """Keep track of it."""
        data = self.cleaned_data
        recipient = data.get("recipient")
        holder = recipient.holder if recipient else data.get("person") or data["organisation"]
        self.made = commitments.note(
            side=data.get("side") or Side.THEIRS,
            holder=holder,
            recipient=recipient,
            message=self.holder,
            quote=data["quote"],
            made_on=data.get("made_on"),
            source=data.get("source", ""),
            **self.when(),
            by=self.by,
        )
        return _("Kept track of: “%(words)s”") % {"words": self.made}


class ChangeForm(WhenForm):
    """What a promise (the ``item``) waits for, and who sees to it."""

    permission = commitments.CHANGE
    heading = gettext_lazy("Change this promise")
    button = gettext_lazy("Save this")
    folded = (*WhenForm.folded, "event_on")
    item: Commitment

    event_on = DayField(
        label=gettext_lazy("When was that?"),
        required=False,
        help_text=gettext_lazy("Empty as long as it is still to come."),
    )

    def start(self) -> dict[str, Any]:
        """As it is stored."""
        stored = {name: getattr(self.item, name) for name in WhenForm.base_fields if name != "seen"}
        return {**stored, "event_on": self.item.event_on, "seen": version(self.item)}

    def act(self) -> str:
        """Keep the change."""
        data = self.cleaned_data
        self.made = commitments.change(
            commitment=self.item, seen=data["seen"], **self.when(), event_on=data["event_on"], by=self.by
        )
        return _("Saved.")


class SettleForm(ActionForm):
    """How a promise (the ``item``) stands with those who are ticked, and what shows it."""

    permission = commitments.CHANGE
    heading: str | Promise = gettext_lazy("How does it stand?")
    button = gettext_lazy("Note this")
    needed = ("source",)
    item: Commitment

    parties = forms.ModelMultipleChoiceField(
        label=gettext_lazy("With whom?"),
        queryset=CommitmentParty.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"), choices=CommitmentState.choices, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=gettext_lazy("What shows it?"),
        required=False,
        help_text=gettext_lazy("For example: mail of 3 June, or told by telephone on 12 May"),
    )

    def build(self) -> None:
        """Everyone it concerns; when that is one, there is nothing to choose."""
        found = self.item.parties.select_related("organisation", "person")
        _among(self.fields["parties"], found)
        if len(found) == 1:
            self.initial.setdefault("parties", [found[0].pk])

    def act(self) -> str:
        """Note it."""
        data = self.cleaned_data
        count = commitments.settle(
            parties=list(data["parties"]), state=data["state"], source=data["source"], by=self.by
        )
        return ngettext("Noted for one of them.", "Noted for %(count)d of them.", count) % {"count": count}
