"""Campaigns on screen: the list, and starting, changing and removing one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions import campaigns as actions
from campaigns.models import Campaign
from campaigns.queries import positions
from crm.admin.fields import NamesField
from crm.admin.forms import ActionForm, RecordForm, known_names
from crm.admin.screens import Screen
from crm.models import Theme

from .screens import FormScreen


class CampaignForm(RecordForm):
    """Start a campaign."""

    model = Campaign
    permission = "campaigns.add_campaign"
    heading = gettext_lazy("Start a campaign")
    intro: str | Promise = gettext_lazy(
        "A campaign keeps together what you ask for, for example before an election. After this you say what you ask."
    )
    button = gettext_lazy("Start this campaign")
    names = ("name", "purpose", "from_on", "until_on", "level", "themes")
    folded: Sequence[str] = ("level", "themes")
    needed = ("name",)
    instead = {"themes": NamesField(Theme)}

    def build(self) -> None:
        """The fields, with the themes that are in use."""
        super().build()
        self.fields["name"].required = False
        known_names(self)

    def act(self) -> str:
        """Keep it."""
        self.item = actions.add(by=self.by, **self.values())
        return _("The campaign is there. Now say what you ask for.")


class CampaignChangeForm(CampaignForm):
    """Change a campaign."""

    permission = "campaigns.change_campaign"
    heading = gettext_lazy("Change this campaign")
    intro = ""
    button = gettext_lazy("Save the campaign")
    folded = ()

    def act(self) -> str:
        """Keep what changed."""
        actions.change(campaign=self.item, seen=self.cleaned_data["seen"], by=self.by, **self.values())
        return _("The campaign was changed.")


class CampaignRemoveForm(ActionForm):
    """Remove a campaign."""

    permission = "campaigns.delete_campaign"
    is_grave = True
    heading = gettext_lazy("Remove this campaign?")
    intro = gettext_lazy(
        "It goes away for good. That can be done as long as nothing is asked in it: remove its asks first."
    )
    button = gettext_lazy("Remove this campaign for good")

    def act(self) -> str:
        """Remove it."""
        actions.remove(campaign=self.item, by=self.by)
        return _("The campaign was removed.")


class CampaignListView(Screen):
    """All campaigns, each leading to its table, and what waits for a second person."""

    permission = "campaigns.view_campaign"
    template_name = "campaigns/positions/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the campaigns with their numbers."""
        in_use = Q(asks__claims__withdrawn_at=None, asks__claims__isnull=False)
        counted = Campaign.objects.annotate(
            ask_count=Count("asks", distinct=True),
            claim_count=Count("asks__claims", filter=in_use, distinct=True),
        ).order_by(F("from_on").desc(nulls_first=True), "name", "pk")
        today = timezone.localdate()
        confirms = positions.second_person_confirms() and self.may("campaigns.confirm_claim")
        return super().get_context_data(
            campaigns=[(one, one.until_on is not None and one.until_on < today) for one in counted],
            waiting=positions.waiting(self.user)[:25] if confirms else (),
            may_add=self.may("campaigns.add_campaign"),
            **kwargs,
        )


class CampaignAddView(FormScreen):
    """Start a campaign; next come its asks."""

    form_class = CampaignForm

    def crumb(self) -> tuple[str | Promise, str]:
        """All campaigns."""
        return _("Positions"), reverse("campaigns:index")

    def done_url(self, form: Any) -> str:
        """To the first ask."""
        return reverse("campaigns:ask_add", args=[form.item.pk])


class _OfCampaign(FormScreen):
    """A form about the campaign in the address."""

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign in the address."""
        return get_object_or_404(Campaign, pk=self.kwargs["pk"])

    def about(self) -> dict[str, Any]:
        """The campaign."""
        return {"item": self.campaign}

    def crumb(self) -> tuple[str | Promise, str]:
        """Its table."""
        return str(self.campaign), self.campaign.get_absolute_url()


class CampaignChangeView(_OfCampaign):
    """Change a campaign."""

    form_class = CampaignChangeForm


class CampaignRemoveView(_OfCampaign):
    """Remove a campaign."""

    form_class = CampaignRemoveForm

    def done_url(self, form: Any) -> str:
        """To the others."""
        return reverse("campaigns:index")
