"""Starting, changing and removing campaigns."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from campaigns.models import Campaign
from crm.actions import hanging, themes
from crm.actions.action import Actor, action, record
from crm.actions.changing import (
    AlreadyThere,
    check,
    check_unchanged,
    fill,
    fill_many,
    period_errors,
    take_turns,
)


@action(permission="campaigns.add_campaign")
def add(*, by: Actor, **values: Any) -> Campaign:
    """A new campaign. ``values`` are fields of Campaign; ``themes`` is a list of names.

    Raises AlreadyThere when there is one of that name, Invalid for values that cannot be.
    """
    campaign = Campaign()
    many = themes.found_or_made(themes=values.pop("themes", ()))
    fill(campaign, values)
    take_turns(Campaign)
    _check(campaign)
    campaign.save()
    fill_many(campaign, many)
    record("campaigns.campaign_added", by=by, on=[campaign], name=campaign.name)
    return campaign


@action(permission="campaigns.change_campaign")
def change(*, campaign: Campaign, by: Actor, seen: str = "", **values: Any) -> Campaign:
    """Keep what changed of a campaign. Raises as ``add`` does, and Overtaken when somebody else changed it since the
    version ``seen``."""
    many = themes.found_or_made(themes=values.pop("themes")) if "themes" in values else {}
    take_turns(Campaign)
    current = Campaign.objects.select_for_update().get(pk=campaign.pk)
    check_unchanged(current, seen)
    changes = fill(current, values)
    _check(current)
    changes += fill_many(current, many)
    if changes:
        current.save()
        record("campaigns.campaign_changed", by=by, on=[current], name=current.name, changes=changes)
    return current


@action(permission="campaigns.delete_campaign")
def remove(*, campaign: Campaign, by: Actor) -> None:
    """Remove a campaign that asks nothing yet. Raises Refused with numbers for one that does."""
    take_turns(Campaign)
    hanging.check_free(campaign)
    record("campaigns.campaign_removed", by=by, on=[campaign], name=campaign.name)
    campaign.delete()


def _check(campaign: Campaign) -> None:
    same = Campaign.objects.filter(name__iexact=campaign.name).exclude(pk=campaign.pk).first()
    if campaign.name and same is not None:
        raise AlreadyThere(
            same,
            _("There is a campaign “%(name)s” already. Change that one, or give this one another name.")
            % {"name": same},
        )
    errors = period_errors(campaign.from_on, campaign.until_on)
    if not campaign.name:
        errors["name"] = _("Give the campaign a name, for example “Election 2026”.")
    check(campaign, errors)
