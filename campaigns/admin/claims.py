"""What a party said, on screen: entering it, confirming or withdrawing it, and all that lies behind one cell."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions import claims as actions
from campaigns.models import Ask, Claim, Position, Voice
from campaigns.queries import positions
from campaigns.queries.positions import Standing
from campaigns.registries import sources
from crm.actions.action import Refused
from crm.admin.fields import DayField, LookupField
from crm.admin.forms import ActionForm
from crm.admin.numbers import key, whole
from crm.admin.screens import Screen
from crm.models import Organisation
from crm.models.organisations import POLITICAL

from .screens import FormScreen

# Far more than anybody quotes; it bounds what an address may fill in.
_LONGEST = 5_000


class AskField(forms.ModelChoiceField):
    """One of the asks, those of campaigns that are not over before the others, under the name of their campaign."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Ask.objects.select_related("campaign"), empty_label=gettext_lazy("choose"), **kwargs
        )

    def grouped(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The choices by campaign."""
        groups: dict[str, list[tuple[int, str]]] = {}
        today = timezone.localdate()
        asks = list(Ask.objects.select_related("campaign"))
        for ask in sorted(
            asks, key=lambda ask: bool(ask.campaign.until_on and ask.campaign.until_on < today)
        ):
            groups.setdefault(str(ask.campaign), []).append((ask.pk, str(ask)))
        return list(groups.items())


class ClaimForm(ActionForm):
    """Put down where a party stands; ``item`` is the record that it comes from (``sources.Found``), or None."""

    permission = actions.PERMISSION
    heading = gettext_lazy("Where do they stand?")
    button = gettext_lazy("Put down this position")
    folded: Sequence[str] = ("source_url",)
    needed = ("ask", "organisation", "position", "quote", "said_on", "voice", "source_words")

    source = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation = LookupField(
        Organisation, kinds=tuple(sorted(POLITICAL)), label=gettext_lazy("Which party, faction or list?")
    )
    ask = AskField(label=gettext_lazy("About which ask?"))
    position = forms.ChoiceField(
        label=gettext_lazy("Where do they stand on it?"),
        choices=Position.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    quote = forms.CharField(
        label=gettext_lazy("In their own words"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    said_on = DayField(label=gettext_lazy("On which day?"), required=False)
    voice = forms.ChoiceField(
        label=gettext_lazy("How did they say it?"), choices=Voice.choices, widget=forms.RadioSelect
    )
    source_words = forms.CharField(
        label=gettext_lazy("Where does this come from?"),
        required=False,
        help_text=gettext_lazy("For example “meeting at the town hall, report by Bram”."),
    )
    source_url = forms.URLField(
        label=gettext_lazy("Web page of the source"), required=False, assume_scheme="https"
    )

    def start(self) -> dict[str, Any]:
        """The message that it comes from, with its day."""
        if self.item is None:
            return {"voice": Voice.SAID}
        return {"source": self.item.token, "said_on": self.item.said_on}

    def build(self) -> None:
        """From a message, three fields are left to fill in: it says itself where and when."""
        if self.item is not None:
            for name in ("voice", "source_words", "source_url"):
                del self.fields[name]
            self.fields["quote"].help_text = _(
                "These words must stand in the message. Put […] where you leave something out."
            )
        else:
            del self.fields["source"]
            self.fields["quote"].help_text = _("As they said it, or as near to it as you remember.")
        ask = self.fields["ask"]
        assert isinstance(ask, AskField)
        groups = ask.grouped()
        choices: list[Any] = (
            [*groups] if len(groups) > 1 else [one for _name, group in groups for one in group]
        )
        ask.choices = [("", _("choose")), *choices]
        if len(groups) == 1 and len(groups[0][1]) == 1:
            self.initial.setdefault("ask", groups[0][1][0][0])

    def act(self) -> str:
        """Keep it."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        self.made: Claim = actions.enter(by=self.by, **values)
        if positions.second_person_confirms():
            return _("It is put down. It counts once somebody else has confirmed it.")
        return _("It is put down, and it counts.")


class ClaimAddView(FormScreen):
    """Put down a position: from a passage of a message, or by hand."""

    form_class = ClaimForm
    template_name = "campaigns/positions/claim_add.html"

    @property
    def asked_source(self) -> str:
        """The token in the address or the form."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        return asked.get("source", "")

    @cached_property
    def source(self) -> sources.Found | None:
        """The record that the address or the form names."""
        return sources.named(self.asked_source, user=self.user) if self.asked_source else None

    @cached_property
    def organisation(self) -> Organisation | None:
        """The organisation that the address names."""
        named = whole(self.request.GET.get("organisation"))
        return Organisation.objects.filter(pk=named, kind__in=POLITICAL).first() if named else None

    def about(self) -> dict[str, Any]:
        """The record that it comes from."""
        return {"item": self.source}

    def initial(self) -> dict[str, Any]:
        """What the address fills in; what cannot be is left out."""
        get = self.request.GET.get
        found: dict[str, Any] = {"quote": get("quote", "")[:_LONGEST].strip()}
        if self.organisation is not None:
            found["organisation"] = self.organisation
        if get("position") in Position.values:
            found["position"] = get("position")
        if named := whole(get("ask")):
            found["ask"] = named
        # Without a day the day of the message stands there, or nothing.
        with contextlib.suppress(ValueError):
            found["said_on"] = datetime.date.fromisoformat(get("said_on", ""))
        return found

    def crumb(self) -> tuple[str | Promise, str]:
        """The message, or else the party, or else all campaigns."""
        if self.source is not None:
            return _("Back to the message"), self.source.url
        if self.organisation is not None:
            return str(self.organisation), self.organisation.get_absolute_url()
        return _("Positions"), reverse("campaigns:index")

    def done_url(self, form: Any) -> str:
        """To what lies behind the cell."""
        return cell_url(form.made)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what it comes from, and whether there is anything to have a position on."""
        return super().get_context_data(
            source=self.source,
            source_is_away=bool(self.asked_source) and self.source is None,
            has_asks=Ask.objects.exists(),
            may_add_campaign=self.may("campaigns.add_campaign"),
            **kwargs,
        )


def cell_url(claim: Claim) -> str:
    """The address of what was said about the ask of a claim, at that claim."""
    party = claim.organisation.party_id or claim.organisation_id
    return f"{reverse('campaigns:cell', args=[claim.ask_id, party])}#uitspraak-{claim.pk}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim as it stands on the page: what it is worth, where its source can be read, and what may be done."""

    claim: Claim
    standing: Standing
    standing_words: str
    source: sources.Found | None
    may_confirm: bool
    is_own: bool
    may_withdraw: bool


def shown(claims: Iterable[tuple[Claim, Standing]], *, user: Any) -> list[Shown]:
    """Claims as they stand on the page."""
    rows = list(claims)
    found = sources.of([(claim.source_type_id, claim.source_id) for claim, _standing in rows], user=user)
    strict = positions.second_person_confirms()
    may_confirm, may_withdraw = user.has_perm(actions.CONFIRM), user.has_perm(actions.WITHDRAW)
    made = []
    for claim, standing in rows:
        is_open = strict and not claim.is_confirmed and not claim.is_withdrawn
        is_own = claim.entered_by_id == user.pk
        made.append(
            Shown(
                claim=claim,
                standing=standing,
                standing_words=positions.standing_in_words(claim, standing),
                source=found.get((claim.source_type_id or 0, claim.source_id or 0)),
                may_confirm=is_open and may_confirm and not is_own,
                is_own=is_open and may_confirm and is_own,
                may_withdraw=may_withdraw and not claim.is_withdrawn,
            )
        )
    return made


class CellView(Screen):
    """All that a party said about an ask, newest first, with what counts on top."""

    permission = "campaigns.view_claim"
    template_name = "campaigns/positions/cell.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds where they stand, and everything they said."""
        ask = get_object_or_404(Ask.objects.select_related("campaign"), pk=self.kwargs["pk"])
        organisation = get_object_or_404(Organisation, pk=self.kwargs["who"])
        if organisation.kind not in POLITICAL:
            raise Http404
        speaker = positions.single(organisation, on=timezone.localdate())
        history = positions.history(speaker, ask)
        in_use = [claim for claim, standing in history if standing is not Standing.WITHDRAWN]
        found = positions.cell(speaker, in_use, strict=positions.second_person_confirms())
        return super().get_context_data(
            ask=ask,
            organisation=organisation,
            cell=found,
            claims=shown(history, user=self.user),
            add_url=f"{reverse('campaigns:claim_add')}?organisation={organisation.pk}&ask={ask.pk}",
            may_add=self.may(actions.PERMISSION),
            unknown=positions.what_unknown_means(),
            **kwargs,
        )


class _OfClaim:
    """A screen about the claim in the address."""

    kwargs: dict[str, Any]

    @cached_property
    def claim(self) -> Claim:
        """The claim in the address."""
        found = Claim.objects.select_related(
            "ask__campaign", "organisation__party", "entered_by", "confirmed_by", "withdrawn_by"
        )
        return get_object_or_404(found, pk=key(str(self.kwargs["pk"])))


class ClaimView(_OfClaim, Screen):
    """One thing that was said, with the button that confirms it."""

    permission = "campaigns.view_claim"
    template_name = "campaigns/positions/claim.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the claim with what it is worth beside the others."""
        claim = self.claim
        organisation = claim.organisation.party or claim.organisation
        history = positions.history(positions.single(organisation, on=timezone.localdate()), claim.ask)
        standing = next(standing for one, standing in history if one.pk == claim.pk)
        [one] = shown([(claim, standing)], user=self.user)
        return super().get_context_data(
            ask=claim.ask, organisation=organisation, one=one, cell_url=cell_url(claim), **kwargs
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirm it."""
        try:
            actions.confirm(claim=self.claim, by=self.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Confirmed. This position counts now."))
        return redirect(cell_url(self.claim))


class ClaimWithdrawForm(ActionForm):
    """Say that it was entered by mistake."""

    permission = actions.WITHDRAW
    is_grave = True
    heading = gettext_lazy("Withdraw this statement?")
    intro = gettext_lazy(
        "Do this when it was entered by mistake. It no longer counts, and everybody can still read it with your "
        "reason. When the party changed its mind, put down what it says now instead."
    )
    button = gettext_lazy("Withdraw this statement")
    needed = ("withdrawn_because",)

    withdrawn_because = forms.CharField(label=gettext_lazy("What is wrong with it?"), required=False)

    def act(self) -> str:
        """Withdraw it."""
        actions.withdraw(claim=self.item, because=self.cleaned_data["withdrawn_because"], by=self.by)
        return _("The statement was withdrawn. It no longer counts.")


class ClaimWithdrawView(_OfClaim, FormScreen):
    """Withdraw the claim in the address."""

    form_class = ClaimWithdrawForm

    def about(self) -> dict[str, Any]:
        """The claim."""
        return {"item": self.claim}

    def crumb(self) -> tuple[str | Promise, str]:
        """What else was said about the ask."""
        return f"{self.claim.organisation}: {self.claim.ask}", cell_url(self.claim)
