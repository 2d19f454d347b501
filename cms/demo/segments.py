"""The saved filters; the first is the one that the letter goes to: all parties of Amsterdam."""

from __future__ import annotations

from typing import Any

from crm.models import Organisation, OrganisationKind, Segment, User

from .fixtures import Row, make, read


def load(*, by: User) -> Segment:
    """The filter for the letter, that gives the seventeen parties on the demo's today; what is there stays as it is."""
    found = [
        Segment.objects.filter(name=row["name"]).first()
        or make(Segment(name=row["name"], criteria=_criteria(row["criteria"]), made_by=by))
        for row in read("network")["segments"]
    ]
    return found[0]


def _criteria(row: Row) -> dict[str, Any]:
    """The criteria of a fixture; it names the one municipality of the demo in words."""
    if "municipality" not in row:
        return row
    places = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, invented=False)
    return row | {"municipality": places.get(short_name=row["municipality"]).pk}
