"""Positions as they show on the dossier of a party, a faction or a list."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaigns.models import Ask, Claim
from crm.dutch.dates import long_date
from crm.models import Organisation
from crm.models.organisations import POLITICAL
from crm.registries.panels import Item, Panel

from . import positions
from .positions import Cell

# More would hide the rest of the dossier; the table has them all.
_SHOWN = 12
_QUOTE = 140


def panel(subject: Model, user: Any) -> Panel | None:
    """Where they stand on each ask about which they said something, those of campaigns that run first. A constant
    number of queries."""
    if not isinstance(subject, Organisation) or subject.kind not in POLITICAL:
        return None
    if not user.has_perm("campaigns.view_claim"):
        return None
    today = timezone.localdate()
    speaker = positions.single(subject, on=today)
    claims: defaultdict[int, list[Claim]] = defaultdict(list)
    said = Claim.objects.filter(organisation__in=speaker.everyone, withdrawn_at=None)
    for claim in said.select_related("organisation").newest_first():
        claims[claim.ask_id].append(claim)
    strict = positions.second_person_confirms()
    running = Q(campaign__until_on__isnull=True) | Q(campaign__until_on__gte=today)
    asks = list(Ask.objects.filter(running | Q(pk__in=claims)).select_related("campaign"))
    asks.sort(key=lambda ask: ask.campaign.until_on is not None and ask.campaign.until_on < today)
    known = [ask for ask in asks if ask.pk in claims]
    may_confirm = user.has_perm("campaigns.confirm_claim")
    items = [
        _item(ask, subject, positions.cell(speaker, claims[ask.pk], strict=strict), may_confirm and user.pk)
        for ask in known[:_SHOWN]
    ]
    unknown = [ask.title for ask in asks if ask.pk not in claims]
    if items and unknown:
        items.append(Item(_("Unknown: %(asks)s") % {"asks": "; ".join(unknown[:_SHOWN])}))
    return Panel(
        title=_("Positions"),
        items=tuple(items),
        empty=_("We do not know yet where they stand.") if asks else _("There is no campaign with asks yet."),
        action=_next(subject, user, has_asks=bool(asks)),
    )


def _item(ask: Ask, subject: Organisation, found: Cell, confirmer: int | bool) -> Item:
    said = found.claim or found.waiting
    note = ""
    if said is not None:
        quote = Truncator(" ".join(said.quote.split())).chars(_QUOTE, truncate=" …")
        by = "" if said.organisation_id == subject.pk else f"{said.organisation}, "
        note = f"“{quote}” ({by}{long_date(said.said_on)})"
    states = [
        words for words in (found.words if found.claim or found.parts else "", found.waiting_words) if words
    ]
    mine_to_confirm = (
        bool(confirmer) and found.waiting is not None and found.waiting.entered_by_id != confirmer
    )
    return Item(
        text=f"{ask}: {'; '.join(states)}",
        url=reverse("campaigns:cell", args=[ask.pk, subject.pk]),
        note=note,
        tone="attention" if mine_to_confirm else "calm",
    )


def _next(subject: Organisation, user: Any, *, has_asks: bool) -> tuple[str, str] | None:
    """What one would do next: put down a position, or first start a campaign."""
    if has_asks and user.has_perm("campaigns.add_claim"):
        return _("Put down a position"), f"{reverse('campaigns:claim_add')}?organisation={subject.pk}"
    if not has_asks and user.has_perm("campaigns.view_campaign"):
        return _("To the campaigns"), reverse("campaigns:index")
    return None
