"""Adding, changing, moving and removing what a campaign asks for."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from campaigns.models import Ask, Campaign
from crm.actions import hanging
from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import AlreadyThere, check, check_unchanged, fill, take_turns


@action(permission="campaigns.add_ask")
def add(*, campaign: Campaign, by: Actor, **values: Any) -> Ask:
    """A new ask, behind the others of its campaign. ``values`` are fields of Ask.

    Raises AlreadyThere when the campaign asks that already, Invalid for values that cannot be.
    """
    take_turns(Ask, campaign.pk)
    last = campaign.asks.aggregate(last=Max("number"))["last"] or 0
    ask = Ask(campaign=campaign, number=last + 1)
    fill(ask, values)
    _check(ask)
    ask.save()
    record("campaigns.ask_added", by=by, on=[campaign], ask=ask.title)
    return ask


@action(permission="campaigns.change_ask")
def change(*, ask: Ask, by: Actor, seen: str = "", **values: Any) -> Ask:
    """Keep what changed of an ask. Raises as ``add`` does, Overtaken when somebody else changed it since the version
    ``seen``."""
    take_turns(Ask, ask.campaign_id)
    current = Ask.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=ask.pk)
    check_unchanged(current, seen)
    title = current.title
    changes = fill(current, values)
    _check(current)
    if not changes:
        return current
    current.save()
    record("campaigns.ask_changed", by=by, on=[current.campaign], ask=title, changes=changes)
    return current


@action(permission="campaigns.change_ask")
def move(*, ask: Ask, up: bool, by: Actor) -> None:
    """Have an ask change places with the one above or below it. Raises Refused at the end of the row."""
    take_turns(Ask, ask.campaign_id)
    row = list(ask.campaign.asks.all())
    place = next(number for number, one in enumerate(row) if one.pk == ask.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        raise Refused(_("“%(ask)s” is at the end of the row already.") % {"ask": ask})
    row[place], row[other] = row[other], row[place]
    for number, one in enumerate(row, start=1):
        if one.number != number:
            one.number = number
            one.save(update_fields=["number"])
    record("campaigns.ask_moved", by=by, on=[ask.campaign], ask=ask.title, place=other + 1)


@action(permission="campaigns.delete_ask")
def remove(*, ask: Ask, by: Actor) -> None:
    """Remove an ask about which nobody said anything. Raises Refused with numbers for one about which somebody did."""
    take_turns(Ask, ask.campaign_id)
    hanging.check_free(ask)
    record("campaigns.ask_removed", by=by, on=[ask.campaign], ask=ask.title)
    ask.delete()


def _check(ask: Ask) -> None:
    same = Ask.objects.filter(campaign=ask.campaign, title__iexact=ask.title).exclude(pk=ask.pk).first()
    if ask.title and same is not None:
        raise AlreadyThere(
            same, _("This campaign asks “%(ask)s” already. Change the ask that stands there.") % {"ask": same}
        )
    errors = {} if ask.title else {"title": _("Say in a few words what you ask for.")}
    check(ask, errors)
