"""The page of one organisation, and the forms of what it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import organisations as actions
from crm.actions.changing import day, version
from crm.dutch.articles import opening
from crm.models import Organisation, OrganisationKind, Tag, Theme, User
from crm.queries import dossiers, organisations

from . import contact_points, elections, interactions, mandates, names
from .dossiers import DossierView, Part
from .fields import DISTRICTS, MUNICIPALITIES, PARTIES, DayField, LookupField, NamesField
from .forms import ActionForm, RecordForm, known_names

_MORE = ["website", "municipality", "level", "themes", "tags", "our_contact", "founded_on", "parent", "notes"]
# What is asked at once per kind; everything else stays folded.
_FIRST: dict[str, list[str]] = {
    OrganisationKind.PARTY: ["article", "municipality", "level"],
    OrganisationKind.FACTION: ["article", "party", "term", "founded_on"],
    OrganisationKind.CANDIDATE_LIST: ["article", "party", "election"],
    OrganisationKind.INITIATIVE: ["stage", "district", "founded_on"],
    OrganisationKind.DEPARTMENT: ["parent"],
    OrganisationKind.DISTRICT: ["parent"],
    OrganisationKind.EXECUTIVE: ["parent"],
    OrganisationKind.CLERK: ["parent"],
}


class OrganisationForm(RecordForm):
    """What an organisation is called, and what it belongs to; which questions are asked depends on its kind."""

    model = Organisation
    permission = "crm.change_organisation"
    heading: str | Promise = gettext_lazy("Change the details")
    intro: str | Promise = gettext_lazy(
        "Only to mend mistakes in the name: a new name has a button of its own, and keeps the old one."
    )
    button = gettext_lazy("Save the details")
    instead: ClassVar[dict[str, forms.Field]] = {
        "parent": LookupField(Organisation, required=False),
        "party": LookupField(Organisation, kinds=PARTIES, required=False),
        "district": LookupField(Organisation, kinds=DISTRICTS, required=False),
        "municipality": LookupField(Organisation, kinds=MUNICIPALITIES, required=False),
        "themes": NamesField(Theme),
        "tags": NamesField(Tag),
    }

    def kind(self) -> str:
        """The kind that decides which questions are asked."""
        return str(self.holder.kind)

    def record(self) -> Organisation | None:
        """The organisation itself."""
        organisation: Organisation | None = self.holder
        return organisation

    def chosen_names(self) -> Iterable[str]:
        """First what matters for the kind, then the rest."""
        first = ["name", "short_name", *_FIRST.get(self.kind(), [])]
        self.folded = [name for name in (*_MORE, "kind") if name not in first]
        return [*first, *self.folded]

    def build(self) -> None:
        """Says what the article is for, and which themes are in use."""
        super().build()
        known_names(self)
        if "article" in self.fields:
            self.fields["article"].help_text = _("As in: the SP, the CDA, D66. It is used in salutations.")
        self.fields["our_contact"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]

    def act(self) -> str:
        """Change the organisation."""
        changed = actions.change(
            organisation=self.holder, by=self.by, seen=self.cleaned_data["seen"], **self.values()
        )
        return _("Saved: %(name)s.") % {"name": changed}


class OrganisationAddForm(OrganisationForm):
    """A new organisation of the kind that was chosen."""

    permission = "crm.add_organisation"
    intro = ""
    button = gettext_lazy("Add it")

    def kind(self) -> str:
        """The chosen kind."""
        asked = self.data.get("kind") or self.initial.get("kind")
        return asked if asked in OrganisationKind.values else OrganisationKind.OTHER

    def build(self) -> None:
        """The kind, hidden, and a box for another one of the same name."""
        super().build()
        self.heading = _("New: %(kind)s") % {"kind": OrganisationKind(self.kind()).label}
        self.fields["kind"] = forms.CharField(widget=forms.HiddenInput, initial=self.kind())
        # Groups such as "all parties in Amsterdam" ask for them, so a party that is added belongs there from the start.
        self.fields["level"].initial = organisations.usual_level(self.kind())
        if "municipality" in _FIRST.get(self.kind(), []):
            self.fields["municipality"].initial = organisations.only_municipality()
        self.fields["another"] = forms.BooleanField(
            required=False, label=_("This is another one of the same name")
        )

    def act(self) -> str:
        """Add it."""
        self.made = actions.add(another=self.cleaned_data["another"], by=self.by, **self.values())
        words = _("%(name)s was added. How do you reach them? Add an address.")
        return opening(words % {"name": self.made.with_article})

    def sent_twice(self) -> bool:
        """Whether what stands there was added by this very form."""
        return isinstance(self.existing, Organisation) and actions.recently_added(self.existing, by=self.by)


class EndForm(ActionForm):
    """It no longer exists, or it does after all."""

    permission = "crm.change_organisation"
    button = gettext_lazy("It no longer exists")

    ended_on = DayField(label=gettext_lazy("From which day?"))
    roles_too = forms.BooleanField(
        label=gettext_lazy("End the roles that people hold there as well"), required=False, initial=True
    )

    def start(self) -> dict[str, Any]:
        """The day as it stands, or today."""
        self.heading = _("Does %(name)s no longer exist?") % {"name": self.holder.with_article}
        self.intro = _("It stays to be found, with everything that passed between you.")
        if dossiers.goes_along(self.holder) is not None:
            remedy = _(
                "Do its people go on in the new faction? Take them along first: that button stands below them."
            )
            self.intro = f"{self.intro} {remedy}"
        return {"ended_on": self.holder.ended_on or timezone.localdate(), "seen": version(self.holder)}

    def act(self) -> str:
        """End it."""
        actions.end(organisation=self.holder, by=self.by, **self.cleaned_data)
        words = _("%(name)s no longer exists from %(day)s.")
        ended_on = day(self.cleaned_data["ended_on"])
        return opening(words % {"name": self.holder.with_article, "day": ended_on})


class ReopenForm(ActionForm):
    """It exists after all."""

    permission = "crm.change_organisation"
    heading = gettext_lazy("Does it exist after all?")
    button = gettext_lazy("Yes, it still exists")

    def act(self) -> str:
        """Take back that it ended."""
        actions.end(organisation=self.holder, ended_on=None, by=self.by)
        return opening(_("%(name)s exists again.") % {"name": self.holder.with_article})


class RemoveForm(ActionForm):
    """It was added by mistake."""

    permission = "crm.delete_organisation"
    is_grave = True
    heading = gettext_lazy("Was this organisation added by mistake?")
    button = gettext_lazy("Remove it for good")

    def start(self) -> dict[str, Any]:
        """Says what goes."""
        words = _(
            "%(name)s goes away for good, with its names and addresses. That only works while nothing else hangs on it."
        )
        self.intro = opening(words % {"name": self.holder.with_article})
        return {}

    def act(self) -> str:
        """Remove it."""
        name = self.holder.with_article
        actions.remove(organisation=self.holder, by=self.by)
        return opening(_("%(name)s was removed.") % {"name": name})


class OrganisationView(DossierView):
    """Who is this, how do we reach them, what passed between us, what is open."""

    subject = "organisation"
    permission = "crm.view_organisation"
    template_name = "crm/organisation.html"
    parts = {
        "gegevens": Part(form=OrganisationForm),
        "naam": names.RENAME,
        "vroeger": names.EARLIER,
        "afkomst": names.LINEAGE,
        "einde": Part(form=EndForm),
        "heropenen": Part(form=ReopenForm),
        "verwijderen": Part(form=RemoveForm),
        "adressen": contact_points.PART,
        "rollen": mandates.PART,
        "meenemen": mandates.ALONG,
        "contact": interactions.PART,
        "zetels": elections.SEATS,
        "termijnen": elections.TERMS,
        "verkiezingen": elections.ELECTIONS,
    }

    def records(self) -> QuerySet[Organisation]:
        """With what the head of the page says."""
        return organisations.listing().select_related("election", "our_contact")

    def dossier(self, record: Organisation) -> dossiers.OrganisationDossier:
        """Everything on the page."""
        return dossiers.of_organisation(record)

    def family(self, record: Organisation) -> set[int]:
        """What it came from and what became of it."""
        return organisations.family_of(record)
