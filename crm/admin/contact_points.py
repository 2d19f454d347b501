"""The forms of an address or number on a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import contact_points as actions
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import Channel, ContactPoint, Organisation, Purpose

from .dossiers import Part
from .forms import ActionForm, RecordForm

_OF_KIND = {
    Channel.EMAIL: ["value", "purpose", "attention"],
    Channel.POST: ["street", "postcode", "town", "country", "purpose", "attention"],
    Channel.PHONE: ["value", "purpose", "attention"],
}
_FOUND = ["source", "source_url", "published_for_contact", "checked_on", "note"]
_TITLES = {
    Channel.EMAIL: (gettext_lazy("New e-mail address"), gettext_lazy("Save this e-mail address")),
    Channel.POST: (gettext_lazy("New postal address"), gettext_lazy("Save this postal address")),
    Channel.PHONE: (gettext_lazy("New telephone number"), gettext_lazy("Save this number")),
}


class ContactPointForm(RecordForm):
    """A new way to reach somebody; the kind stands in the address of the form, e-mail when it does not."""

    model = ContactPoint
    permission = "crm.add_contactpoint"
    needed = ("street", "postcode", "town", "source_url")
    folded = ("attention", "country", "source_url", "published_for_contact", "checked_on", "note")

    def kind(self) -> str:
        """What kind of address the form is about."""
        asked = self.item.kind if self.item else (self.data.get("kind") or self.initial.get("kind"))
        return asked if asked in Channel.values else Channel.EMAIL

    def chosen_names(self) -> Iterable[str]:
        """The fields of this kind of address, then where it was found."""
        return [*_OF_KIND[Channel(self.kind())], *_FOUND]

    def build(self) -> None:
        """Adds the kind, hidden, and calls things by their name."""
        super().build()
        kind = self.kind()
        self.title, self.button = _TITLES[Channel(kind)]
        if self.item is None:
            self.fields["kind"] = forms.CharField(widget=forms.HiddenInput, initial=kind, required=False)
        if "value" in self.fields:
            is_email = kind == Channel.EMAIL
            self.fields["value"].label = _("E-mail address") if is_email else _("Telephone number")
            self.fields["value"].widget.attrs["inputmode"] = "email" if is_email else "tel"
            self.fields["value"].required = True
        if isinstance(self.holder, Organisation):
            purpose = self.fields["purpose"]
            purpose.choices = [choice for choice in Purpose.choices if choice[0] != Purpose.PERSONAL]  # type: ignore[attr-defined]
        elif self.item is None:
            self.initial.setdefault("purpose", Purpose.PERSONAL)
        self.fields["source"].help_text = _("Their website, a conversation, a letterhead.")

    def act(self) -> str:
        """Add the address to the record."""
        holder = "organisation" if isinstance(self.holder, Organisation) else "person"
        try:
            point = actions.add(**{holder: self.holder}, kind=self.kind(), by=self.by, **self.values())
        except AlreadyThere as error:
            if self.sent_twice(error.existing):
                raise
            raise self.beside_the_address(error) from error
        return _("Saved: %(address)s.") % {"address": point}

    def sent_twice(self, existing: Any) -> bool:
        """Whether what stands there is what this form says."""
        return all(getattr(existing, name) == self.cleaned_data[name] for name in ("purpose", "attention"))

    def beside_the_address(self, error: AlreadyThere) -> Invalid:
        """The same remark, beside the field that the address was typed in."""
        return Invalid({"value" if "value" in self.fields else "street": str(error)})


class ContactPointChangeForm(ContactPointForm):
    """Mend an address."""

    permission = "crm.change_contactpoint"

    def build(self) -> None:
        """Another title."""
        super().build()
        self.heading = _("Change %(address)s") % {"address": self.item}

    def act(self) -> str:
        """Change the address."""
        seen = self.cleaned_data["seen"]
        try:
            point = actions.change(point=self.item, by=self.by, seen=seen, **self.values())
        except AlreadyThere as error:
            raise self.beside_the_address(error) from error
        return _("Saved: %(address)s.") % {"address": point}


class _Verb(ActionForm):
    permission = "crm.change_contactpoint"

    def start(self) -> dict[str, Any]:
        """Says which address it is about."""
        self.intro = _("It is about %(address)s.") % {"address": self.item}
        return {}


class ConfirmForm(_Verb):
    """Somebody looked: it still holds."""

    heading = gettext_lazy("Is this still right?")
    button = gettext_lazy("Yes, still right")

    def act(self) -> str:
        """Confirm the address."""
        actions.confirm(point=self.item, by=self.by)
        return _("Checked today: %(address)s still holds.") % {"address": self.item}


class FailingForm(_Verb):
    """What we send there comes back."""

    heading = gettext_lazy("Does mail come back?")
    button = gettext_lazy("Yes, it comes back: do not use it any more")

    def act(self) -> str:
        """Mark it as failing."""
        actions.mark_failing(point=self.item, by=self.by)
        return _("%(address)s is not used any more until somebody mends it.") % {"address": self.item}


class WithdrawForm(_Verb):
    """It is no longer theirs."""

    heading = gettext_lazy("Is this no longer right?")
    button = gettext_lazy("No longer right: put it out of use")

    def act(self) -> str:
        """Put it out of use."""
        actions.withdraw(point=self.item, by=self.by)
        return _("%(address)s is out of use. You can take it back with “Still right”.") % {
            "address": self.item
        }


PART = Part(
    form=ContactPointForm,
    items=lambda holder: holder.contact_points.all(),
    item_forms={
        "": ContactPointChangeForm,
        "klopt": ConfirmForm,
        "komt-terug": FailingForm,
        "vervalt": WithdrawForm,
    },
)
