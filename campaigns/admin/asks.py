"""What a campaign asks for, on screen: the row of asks, and adding, changing and removing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions import asks as actions
from campaigns.models import Ask, Campaign
from crm.actions.action import Refused
from crm.admin.forms import ActionForm, RecordForm
from crm.admin.numbers import key
from crm.admin.screens import Screen
from crm.queries import timeline

from .screens import FormScreen


class AskForm(RecordForm):
    """Add an ask to a campaign (``holder``)."""

    model = Ask
    permission = "campaigns.add_ask"
    heading = gettext_lazy("What do you ask for?")
    button = gettext_lazy("Add this ask")
    names = ("title", "why", "proposed_text")
    needed = ("title",)

    def build(self) -> None:
        """The fields, with an example each."""
        super().build()
        self.fields["title"].required = False
        self.fields["title"].help_text = _(
            "In a few words, for example “An affordable room in every neighbourhood”."
        )
        self.fields["why"].help_text = _("In one or two sentences, for who has to explain it.")
        self.fields["proposed_text"].help_text = _(
            "One sentence that a party can put into its programme as it is."
        )

    def act(self) -> str:
        """Keep it."""
        actions.add(campaign=self.holder, by=self.by, **self.values())
        return _("The ask was added.")


class AskChangeForm(AskForm):
    """Change an ask."""

    permission = "campaigns.change_ask"
    heading = gettext_lazy("Change this ask")
    button = gettext_lazy("Save the ask")

    def start(self) -> dict[str, Any]:
        """As it stands; says what hangs on its words."""
        if self.item.claims.exists():
            self.intro = _(
                "Parties have said something about this ask. Mend a mistake in its words, but do not make it ask for "
                "something else: add a new ask for that."
            )
        return super().start()

    def act(self) -> str:
        """Keep what changed."""
        actions.change(ask=self.item, seen=self.cleaned_data["seen"], by=self.by, **self.values())
        return _("The ask was changed.")


class AskRemoveForm(ActionForm):
    """Remove an ask."""

    permission = "campaigns.delete_ask"
    is_grave = True
    heading = gettext_lazy("Remove this ask?")
    button = gettext_lazy("Remove this ask for good")

    def start(self) -> dict[str, Any]:
        """Says what goes."""
        self.intro = _(
            "“%(ask)s” goes away for good. That can be done as long as no party said anything about it."
        ) % {"ask": self.item}
        return {}

    def act(self) -> str:
        """Remove it."""
        actions.remove(ask=self.item, by=self.by)
        return _("The ask was removed.")


class AsksView(Screen):
    """The asks of a campaign in their order, with the sentence to take over; two buttons change the order."""

    permission = "campaigns.view_campaign"
    template_name = "campaigns/positions/asks.html"

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign in the address."""
        return get_object_or_404(Campaign, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the asks, and what happened with the campaign."""
        get = self.request.GET.get
        return super().get_context_data(
            campaign=self.campaign,
            themes=list(self.campaign.themes.all()),
            asks=self.campaign.asks.annotate(claim_count=Count("claims")).order_by("number", "pk"),
            timeline=timeline.page(self.campaign, after=get("na", ""), before=get("voor", "")),
            may={verb: self.may(f"campaigns.{verb}_ask") for verb in ("add", "change", "delete")},
            may_change_campaign=self.may("campaigns.change_campaign"),
            may_remove_campaign=self.may("campaigns.delete_campaign"),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move an ask up or down."""
        ask = get_object_or_404(self.campaign.asks, pk=key(request.POST.get("ask")))
        try:
            actions.move(ask=ask, up=request.POST.get("do") == "up", by=self.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(ask.get_absolute_url())


class AskAddView(FormScreen):
    """Add an ask to the campaign in the address."""

    form_class = AskForm

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign in the address."""
        return get_object_or_404(Campaign, pk=self.kwargs["pk"])

    def about(self) -> dict[str, Any]:
        """The campaign that it comes in."""
        return {"holder": self.campaign}

    def crumb(self) -> tuple[str | Promise, str]:
        """The asks of the campaign."""
        words = _("Asks of “%(campaign)s”") % {"campaign": self.campaign}
        return words, reverse("campaigns:asks", args=[self.campaign.pk])


class _OfAsk(FormScreen):
    """A form about the ask in the address."""

    @cached_property
    def ask(self) -> Ask:
        """The ask in the address."""
        return get_object_or_404(Ask.objects.select_related("campaign"), pk=self.kwargs["pk"])

    def about(self) -> dict[str, Any]:
        """The ask."""
        return {"item": self.ask}

    def crumb(self) -> tuple[str | Promise, str]:
        """The asks of its campaign."""
        words = _("Asks of “%(campaign)s”") % {"campaign": self.ask.campaign}
        return words, reverse("campaigns:asks", args=[self.ask.campaign_id])


class AskChangeView(_OfAsk):
    """Change an ask."""

    form_class = AskChangeForm


class AskRemoveView(_OfAsk):
    """Remove an ask."""

    form_class = AskRemoveForm
