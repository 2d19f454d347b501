"""Elections, council terms, parties with their factions and lists, and what became of them."""

from __future__ import annotations

from typing import Any

from crm.models import Election, Level, LineageKind, Organisation, OrganisationKind, Purpose, SeatCount, Term

from . import organisations
from .fixtures import Row, make, read
from .shelf import Shelf


def load(shelf: Shelf) -> None:
    """The council of Amsterdam in two terms, and the seventeen parties of the demo's today."""
    rows = read("parties")
    for row in rows["terms"]:
        _term(row, shelf)
    for row in rows["parties"]:
        _party(row, shelf)
    _joint_faction(rows["joint_faction"], shelf)


def _term(row: Row, shelf: Shelf) -> None:
    body = shelf.organisations["amsterdam"]
    election = make(
        Election(
            name=row["election"], body=body, held_on=row["held_on"], lists_final_on=row.get("lists_final_on")
        )
    )
    shelf.terms[row["key"]] = make(
        Term(
            name=row["name"],
            body=body,
            election=election,
            from_on=row["from_on"],
            until_on=row.get("until_on"),
            seats_total=row["seats_total"],
        )
    )


def _party(row: Row, shelf: Shelf) -> None:
    plain = {field: value for field, value in row.items() if field != "seats"}
    plain["municipality"] = "amsterdam"
    party = organisations.add(plain, shelf, kind=OrganisationKind.PARTY, level=Level.CITY)
    if party.invented:
        return
    for term, seats in row["seats"].items():
        faction: Row = {"key": f"{row['key']}-{term}", "name": f"Fractie {party}", "article": party.article}
        if row["contacts"] and term == "2022":
            host = party.website.removeprefix("https://www.")
            address = {"email": f"fractie@{host}", "purpose": Purpose.FACTION}
            faction |= {"website": f"https://fractie.{host}", "contacts": [address]}
        _faction(faction, shelf, term=term, seats=seats, party=party)
    election = shelf.terms["2026"].election
    assert election is not None
    organisations.add(
        {"key": f"{row['key']}-list", "name": f"Lijst {party}"},
        shelf,
        kind=OrganisationKind.CANDIDATE_LIST,
        party=party,
        election=election,
        founded_on=election.lists_final_on,
        level=Level.CITY,
    )


def _faction(row: Row, shelf: Shelf, *, term: str, seats: int, **values: Any) -> Organisation:
    """A faction exists as long as its term, and so do its seats."""
    council = shelf.terms[term]
    faction = organisations.add(
        row,
        shelf,
        kind=OrganisationKind.FACTION,
        term=council,
        founded_on=council.from_on,
        ended_on=council.until_on,
        level=Level.CITY,
        **values,
    )
    sources = {each["key"]: each["source"] for each in read("parties")["terms"]}
    make(
        SeatCount(
            faction=faction,
            seats=seats,
            from_on=council.from_on,
            until_on=council.until_on,
            source=sources[term],
        )
    )
    return faction


def _joint_faction(row: Row, shelf: Shelf) -> None:
    """The parties stood with lists of their own; party, list and old faction all lead to the faction they share."""
    term = row["term"]
    _faction(
        {field: row[field] for field in ("key", "name", "short_name")}, shelf, term=term, seats=row["seats"]
    )
    for party in row["parties"]:
        for key in (party, f"{party}-list", f"{party}-2022"):
            organisations.lineage(
                shelf,
                predecessor=key,
                successor=row["key"],
                kind=LineageKind.JOINT_FACTION,
                happened_on=shelf.terms[term].from_on,
                source="Raadszetels per partij, stand mei 2026",
            )
