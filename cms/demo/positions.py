"""What the demo asks of the parties, and where the invented ones stand, from what came back on the letter."""

from __future__ import annotations

from typing import Any

from campaigns.actions import asks, campaigns, claims
from campaigns.models import Ask, Campaign, Voice
from campaigns.registries import sources
from crm.models import Organisation, OrganisationKind, User
from letters.models import IncomingMessage

from . import incoming
from .fixtures import Row, read
from .world import World


def load(world: World) -> None:
    """The campaign of ``positions.toml`` with its asks and claims; one that is there stays as it is."""
    rows = read("positions")
    if Campaign.objects.filter(name=rows["campaign"]["name"]).exists():
        return
    campaign = campaigns.add(by=world.author, **rows["campaign"])
    asked = {}
    for row in rows["asks"]:
        values = {name: value for name, value in row.items() if name != "key"}
        asked[row["key"]] = asks.add(campaign=campaign, by=world.author, **values)
    for row in rows["claims"]:
        _claim(row, asked[row["ask"]], world)


def _claim(row: Row, ask: Ask, world: World) -> None:
    by: User = world.users[row["by"]]
    values: dict[str, Any] = {"position": row["position"], "quote": row["quote"]}
    if "message" in row:
        message = IncomingMessage.objects.filter(
            sightings__source=incoming.SOURCE, sightings__uid=row["message"]
        ).first()
        if message is None:
            return
        token = sources.token(message)
        found = sources.named(token, user=by)
        assert found is not None
        values |= {"source": token, "said_on": found.said_on}
    else:
        values |= {"said_on": row["said_on"], "voice": Voice.SAID, "source_words": row["source_words"]}
    parties = Organisation.objects.filter(kind=OrganisationKind.PARTY, invented=True)
    party = next(one for one in parties if row["party"] in (one.short_name, one.name))
    claim = claims.enter(organisation=party, ask=ask, by=by, **values)
    if "confirmed_by" in row:
        claims.confirm(claim=claim, by=world.users[row["confirmed_by"]])
