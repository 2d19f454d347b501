"""Questions about mandates: whose role goes along when a faction goes on in another one."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q

from crm.models import Lineage, Mandate, Organisation, OrganisationKind
from crm.models.mandates import MandateQuerySet


def lines_to_factions(faction: Organisation) -> list[Lineage]:
    """The lines to the factions that a faction went on in; empty for what is no faction."""
    if faction.kind != OrganisationKind.FACTION:
        return []
    return list(faction.became.filter(successor__kind=OrganisationKind.FACTION).select_related("successor"))


def day_of(line: Lineage, otherwise: datetime.date) -> datetime.date:
    """The day from which people sit in the new faction, as far as anybody wrote it down."""
    return line.happened_on or line.successor.founded_on or line.predecessor.ended_on or otherwise


def to_take_along(faction: Organisation, *, to: Organisation, day: datetime.date) -> MandateQuerySet:
    """The roles in a faction that run on a day or ended on it, of people who do not have that role in the new one."""
    there = Mandate.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=day),
        organisation=to,
        person=OuterRef("person"),
        post=OuterRef("post"),
    )
    held = Mandate.objects.held_on(day) | Mandate.objects.filter(until_on=day)
    return held.filter(~Exists(there), organisation=faction).select_related(
        "person", "organisation", "on_behalf_of"
    )
