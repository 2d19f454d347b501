"""Readers of the newsletter on screen: the list, the page of one, and what can be done with her."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from campaigns.actions import subscribers as actions
from campaigns.exchange import readers as exchange
from campaigns.models import NewsletterGroup, Subscriber, SubscriberState
from campaigns.queries import subscribers as queries
from crm.admin import downloads
from crm.admin.fields import LookupField
from crm.admin.forms import ActionForm, RecordForm
from crm.admin.lists import Tab
from crm.admin.numbers import whole
from crm.admin.screens import Screen
from crm.models import Person, User
from crm.queries import paging, timeline

from .screens import FormScreen

TABS: Final = (
    ("krijgt", gettext_lazy("Get it")),
    ("afgemeld", gettext_lazy("Those who left")),
    ("komt-niet-aan", gettext_lazy("Does not arrive")),
    ("mag-niet", gettext_lazy("May not be sent it")),
    ("alle", gettext_lazy("All")),
)


class ReadersView(Screen):
    """Everybody who reads the newsletter or did, a page at a time; any page costs the same number of queries."""

    permission = actions.VIEW
    template_name = "campaigns/readers/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the page that the address asks for."""
        get = self.request.GET.get
        words = get("q", "").strip()[:200].replace("\0", "")
        groups = list(NewsletterGroup.objects.select_related("segment"))
        group = next((one for one in groups if one.pk == whole(get("groep"))), None)
        state = get("stand", "")
        if state not in dict(TABS):
            state = "alle" if words else "krijgt"
        found = paging.page(
            queries.filtered(state=state, group=group, words=words)
            .select_related("person")
            .prefetch_related("groups"),
            order=("address", "id"),
            after=get("na", ""),
            before=get("voor", ""),
        )
        said = queries.in_words(found.rows)
        kept = self.request.GET.copy()
        for name in ("na", "voor"):
            kept.pop(name, None)
        beside = kept.copy()
        beside.pop("stand", None)
        return super().get_context_data(
            rows=[(one, capfirst(said[one.pk])) for one in found.rows],
            page=found,
            count=_count(found),
            kept=kept,
            words=words,
            groups=groups,
            group=group,
            state=state,
            address=reverse("readers:index"),
            tabs=[
                Tab(label, "&".join(filter(None, [f"stand={name}", beside.urlencode()])), name == state)
                for name, label in TABS
            ],
            may_add=self.may(actions.ADD),
            may_export=self.may("crm.view_consententry"),
            **kwargs,
        )


def _count(page: paging.Page[Any]) -> str:
    if page.more_than_total:
        return _("More than %(count)s") % {"count": f"{page.total:,}".replace(",", ".")}
    return ngettext("%(count)d reader", "%(count)d readers", page.total) % {"count": page.total}


class ReaderView(Screen):
    """One reader: whether she gets it, what the ledger says with dates and words, and what happened."""

    permission = actions.VIEW
    template_name = "campaigns/readers/reader.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds all that we know."""
        reader = get_object_or_404(Subscriber.objects.select_related("person"), pk=self.kwargs["pk"])
        get = self.request.GET.get
        kept = self.request.GET.copy()
        for name in ("na", "voor"):
            kept.pop(name, None)
        entries = queries.ledger(reader) if self.may("crm.view_consententry") else ()
        is_sent = Subscriber.objects.reachable().filter(pk=reader.pk).exists()
        return super().get_context_data(
            reader=reader,
            state=capfirst(queries.in_words([reader])[reader.pk]),
            is_sent=is_sent,
            groups=reader.groups.all(),
            entries=[(entry, queries.decided(entry)) for entry in entries],
            lists=reader.sign_up_lists.all(),
            timeline=timeline.page(reader, after=get("na", ""), before=get("voor", "")),
            kept=kept,
            may_change=self.may(actions.CHANGE),
            may_move=self.may(actions.CHANGE) and is_sent,
            may_leave=self.may(actions.CHANGE) and reader.state != SubscriberState.LEFT,
            may_add=self.may(actions.ADD) and not is_sent,
            may_see_person=self.may("crm.view_person"),
            **kwargs,
        )


class ReaderAddForm(ActionForm):
    """Somebody said yes in person, by telephone or by letter."""

    permission = actions.ADD
    heading = gettext_lazy("Add a reader")
    intro = gettext_lazy(
        "Only who said yes may get the newsletter. Write down in which words you asked, and how they said it."
    )
    button = gettext_lazy("Add this reader")
    needed = ("address", "wording", "source")

    address = forms.CharField(label=gettext_lazy("E-mail address"), required=False)
    first_name = forms.CharField(label=gettext_lazy("First name"), required=False)
    groups = forms.ModelMultipleChoiceField(
        NewsletterGroup.objects.all(),
        label=gettext_lazy("Groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wording = forms.CharField(
        label=gettext_lazy("What you asked"),
        required=False,
        help_text=gettext_lazy("In the words in which you asked it: shall I send you our newsletter?"),
    )
    source = forms.CharField(
        label=gettext_lazy("How they said yes"),
        required=False,
        help_text=gettext_lazy("For example: by telephone on 3 May, to Bram."),
    )
    proof = forms.CharField(
        label=gettext_lazy("Proof"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What shows it, for example the sentence from their mail."),
    )
    person = LookupField(Person, label=gettext_lazy("Is this a person we know?"), required=False)

    def build(self) -> None:
        """Without groups there is nothing to choose."""
        if not NewsletterGroup.objects.exists():
            del self.fields["groups"]

    def act(self) -> str:
        """Take her in."""
        said = {name: self.cleaned_data[name] for name in self.fields if name != "seen"}
        self.item = actions.add(by=self.by, **said)
        return _("%(address)s gets the newsletter from now on.") % {"address": self.item}


class ReaderChangeForm(RecordForm):
    """Another name, other groups, or whose address it is."""

    model = Subscriber
    permission = actions.CHANGE
    heading = gettext_lazy("Change this reader")
    button = gettext_lazy("Save the reader")
    names = ("first_name", "groups", "person")
    instead: ClassVar[dict[str, forms.Field]] = {
        "groups": forms.ModelMultipleChoiceField(
            NewsletterGroup.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
        ),
        "person": LookupField(Person, required=False, label=gettext_lazy("Belongs to this person")),
    }

    def chosen_names(self) -> list[str]:
        """Without groups there is nothing to choose."""
        return [name for name in self.names if name != "groups" or NewsletterGroup.objects.exists()]

    def act(self) -> str:
        """Keep what changed."""
        values = {"groups": (), **self.values()}
        actions.change(subscriber=self.item, seen=self.cleaned_data["seen"], by=self.by, **values)
        return _("The reader was changed.")


class ReaderMoveForm(ActionForm):
    """She reads at another address from now on."""

    permission = actions.CHANGE
    heading = gettext_lazy("Another address")
    button = gettext_lazy("Send it to this address from now on")
    needed = ("address", "source")

    address = forms.CharField(label=gettext_lazy("New e-mail address"), required=False)
    source = forms.CharField(
        label=gettext_lazy("How do you know?"),
        required=False,
        help_text=gettext_lazy("For example: a mail of 3 May."),
    )

    def start(self) -> dict[str, Any]:
        """Says what becomes of the yes."""
        self.intro = _("The newsletter now goes to %(address)s. The yes goes along to the new address.") % {
            "address": self.item
        }
        return {}

    def act(self) -> str:
        """Note the new address."""
        cleaned = self.cleaned_data
        moved = actions.move(
            subscriber=self.item, address=cleaned["address"], source=cleaned["source"], by=self.by
        )
        return _("The newsletter goes to %(address)s from now on.") % {"address": moved}


class ReaderLeaveForm(ActionForm):
    """She does not want it any more."""

    permission = actions.CHANGE
    is_grave = True
    button = gettext_lazy("Send nothing any more")
    needed = ("source",)

    source = forms.CharField(
        label=gettext_lazy("How did they tell you?"),
        required=False,
        help_text=gettext_lazy("For example: called on 3 May."),
    )

    def start(self) -> dict[str, Any]:
        """Says who it is about."""
        self.heading = _("Does %(address)s want no newsletter any more?") % {"address": self.item}
        self.intro = _("It holds at once, and only a new yes of their own takes it back.")
        return {}

    def act(self) -> str:
        """Write it down."""
        actions.leave(subscriber=self.item, source=self.cleaned_data["source"], by=self.by)
        return _("%(address)s gets nothing any more.") % {"address": self.item}


class AddView(FormScreen):
    """Add a reader by hand; ``?persoon=`` fills in who it is."""

    form_class = ReaderAddForm

    def crumb(self) -> tuple[str | Promise, str]:
        """All readers."""
        return _("Readers"), reverse("readers:index")

    def done_url(self, form: Any) -> str:
        """To her page."""
        return str(form.item.get_absolute_url())

    def initial(self) -> dict[str, Any]:
        """The person and her address, or who left and is back."""
        given = self.request.GET.get
        if reader := Subscriber.objects.filter(pk=whole(given("lezer")) or 0).first():
            return {"address": reader.address, "first_name": reader.first_name, "person": reader.person}
        person = Person.objects.filter(pk=whole(given("persoon")) or 0).first()
        if person is None or not self.may("crm.view_person"):
            return {}
        point = person.contact_points.filter(kind="email").first()
        return {
            "person": person,
            "first_name": person.given_name,
            "address": point.value if point else "",
        }


class _OfReader(FormScreen):
    """A form about the reader in the address."""

    @cached_property
    def reader(self) -> Subscriber:
        """The reader in the address."""
        return get_object_or_404(Subscriber.objects.select_related("person"), pk=self.kwargs["pk"])

    def about(self) -> dict[str, Any]:
        """The reader."""
        return {"item": self.reader}

    def crumb(self) -> tuple[str | Promise, str]:
        """Her page."""
        return self.reader.address, self.reader.get_absolute_url()


class ChangeView(_OfReader):
    """Change a reader."""

    form_class = ReaderChangeForm


class MoveView(_OfReader):
    """Another address."""

    form_class = ReaderMoveForm


class LeaveView(_OfReader):
    """No newsletter any more."""

    form_class = ReaderLeaveForm


class ExportView(View):
    """All readers with the proof of their yes, as a workbook; that somebody took it along is written down."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        user = request.user
        if not user.has_perm(actions.VIEW) or not user.has_perm("crm.view_consententry"):
            raise PermissionDenied
        assert isinstance(user, User)
        found = list(Subscriber.objects.select_related("person").prefetch_related("groups"))
        actions.note_export(count=len(found), by=user)
        return downloads.workbook(exchange.readers(found), f"lezers-{timezone.localdate().isoformat()}")
