"""The page of one person, and the forms of who they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import people as actions
from crm.models import Person, Tag, Theme, User
from crm.queries import dossiers

from . import consents, contact_points, interactions, mandates
from .dossiers import DossierView, Part
from .fields import NamesField
from .forms import ActionForm, RecordForm, known_names

_NAME = ["given_name", "initials", "name_prefix", "family_name", "gender"]
_MORE = ["salutation", "our_contact", "themes", "tags", "source", "informed_on", "notes"]


class PersonForm(RecordForm):
    """What somebody is called, and how they like to be addressed."""

    model = Person
    permission = "crm.change_person"
    heading = gettext_lazy("Change the details")
    button = gettext_lazy("Save the details")
    names = [*_NAME, "do_not_contact", *_MORE]
    folded = _MORE
    needed = ("name", "given_name", "family_name")
    instead: ClassVar[dict[str, forms.Field]] = {"themes": NamesField(Theme), "tags": NamesField(Tag)}

    def record(self) -> Person | None:
        """The person."""
        person: Person | None = self.holder
        return person

    def chosen_names(self) -> Iterable[str]:
        """All of them."""
        return self.names

    def build(self) -> None:
        """Only colleagues who can still sign in."""
        super().build()
        known_names(self)
        self.fields["our_contact"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["family_name"].help_text = _("Fill in a family name, or at least a first name.")

    def act(self) -> str:
        """Change the person."""
        changed = actions.change(
            person=self.holder, by=self.by, seen=self.cleaned_data["seen"], **self.values()
        )
        return _("Saved: %(name)s.") % {"name": changed}


class PersonAddForm(PersonForm):
    """A new person: one line is enough."""

    permission = "crm.add_person"
    heading = gettext_lazy("New person")
    button = gettext_lazy("Add this person")
    names = [*_NAME, *_MORE]
    folded = [*_NAME, *_MORE]

    def record(self) -> None:
        """Nobody yet."""

    @property
    def beside(self) -> dict[str, str]:  # type: ignore[override]
        """What is wrong with a part of the name stands beside the line that it was typed in."""
        parts = _NAME if self.cleaned_data.get("name") else ["family_name"]
        return dict.fromkeys(parts, "name")

    def build(self) -> None:
        """The name in one line, and a box for somebody else of the same name."""
        super().build()
        self.fields["name"] = forms.CharField(
            label=_("Name"), required=False, help_text=_("As you would write it: Ms A. de Vries.")
        )
        self.fields["another"] = forms.BooleanField(
            required=False, label=_("This is somebody else of the same name")
        )
        self.fields["email"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.order_fields(["name", *_NAME])

    @property
    def address(self) -> dict[str, str]:
        """The e-mail address that they wrote from, and where it was found; empty when there is none."""
        cleaned = self.cleaned_data
        return {"value": cleaned["email"], "source": cleaned["source"]} if cleaned["email"] else {}

    def act(self) -> str:
        """Add the person."""
        cleaned = self.cleaned_data
        self.made = actions.add(name=cleaned["name"], another=cleaned["another"], by=self.by, **self.values())
        return _("%(name)s was added. What do they do, and how do you reach them?") % {"name": self.made}

    def sent_twice(self) -> bool:
        """Whether who is there was added by this very form."""
        return isinstance(self.existing, Person) and actions.recently_added(self.existing, by=self.by)


class RemoveForm(ActionForm):
    """Somebody was added by mistake."""

    permission = "crm.delete_person"
    is_grave = True
    heading = gettext_lazy("Was this person added by mistake?")
    button = gettext_lazy("Remove this person for good")

    def start(self) -> dict[str, Any]:
        """Says what goes."""
        self.intro = _(
            "%(name)s goes away for good, with their addresses. That only works while nothing else hangs on it."
        ) % {"name": self.holder}
        return {}

    def act(self) -> str:
        """Remove the person."""
        actions.remove(person=self.holder, by=self.by)
        return _("The person was removed.")


class PersonView(DossierView):
    """Who is this, how do we reach them, what passed between us, what is open."""

    subject = "person"
    permission = "crm.view_person"
    template_name = "crm/person.html"
    parts = {
        "gegevens": Part(form=PersonForm),
        "verwijderen": Part(form=RemoveForm),
        "adressen": contact_points.PART,
        "rollen": mandates.PART,
        "contact": interactions.PART,
        "toestemming": consents.PART,
    }

    def records(self) -> QuerySet[Person]:
        """With our regular contact."""
        return Person.objects.select_related("our_contact")

    def dossier(self, record: Person) -> dossiers.PersonDossier:
        """Everything on the page."""
        return dossiers.of_person(record)
