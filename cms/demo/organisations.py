"""Organisations with their names over time, lineage and contact points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from crm.models import (
    Channel,
    ContactPoint,
    ContactStatus,
    Lineage,
    Organisation,
    OrganisationName,
    Person,
    Purpose,
)

from .calendar import day
from .fixtures import Row, make, read
from .shelf import Shelf

# What a row says beside the plain fields of Organisation.
_BESIDE: Final = {
    "key",
    "parent",
    "district",
    "municipality",
    "our_contact",
    "themes",
    "tags",
    "names",
    "contacts",
}
_CHECKED_DAYS_AGO: Final = 20
_CHANNELS: Final = {"email": Channel.EMAIL, "phone": Channel.PHONE}


def load(shelf: Shelf) -> None:
    """The city, the umbrella, the stadsdorpen and who works with them; parties are in ``politics``."""
    for name in ("city", "initiatives"):
        for row in read(name)["organisations"]:
            add(row, shelf)
    for row in read("city")["lineage"]:
        lineage(shelf, **row)


def add(row: Row, shelf: Shelf, **values: Any) -> Organisation:
    """One organisation with all that hangs from it; ``values`` go before those of the row."""
    plain = {field: value for field, value in row.items() if field not in _BESIDE} | values
    organisation = make(
        Organisation(
            parent=shelf.organisations[row["parent"]] if "parent" in row else None,
            district=shelf.organisations[row["district"]] if "district" in row else None,
            municipality=shelf.organisations[row["municipality"]] if "municipality" in row else None,
            our_contact=shelf.users[row["our_contact"]] if "our_contact" in row else None,
            **plain,
        )
    )
    organisation.themes.add(*(shelf.themes[name] for name in row.get("themes", ())))
    organisation.tags.add(*(shelf.tags[name] for name in row.get("tags", ())))
    if names := row.get("names"):
        for name in names:
            make(OrganisationName(organisation=organisation, **name))
        organisation.save()  # the earlier names become words to search for
    contact_points(row.get("contacts", ()), organisation=organisation)
    shelf.organisations[row["key"]] = organisation
    return organisation


def lineage(shelf: Shelf, *, predecessor: str, successor: str, **values: Any) -> Lineage:
    """One line between two organisations, by their keys."""
    return make(
        Lineage(
            predecessor=shelf.organisations[predecessor],
            successor=shelf.organisations[successor],
            **values,
        )
    )


def contact_points(
    rows: Iterable[Row], *, organisation: Organisation | None = None, person: Person | None = None
) -> None:
    """The contact points of one holder. A row is an address: ``email``, ``phone``, or street, postcode and town.

    Those of an organisation with a website were found on its contact page; ``published`` says the same of a person.
    """
    holder = organisation or person
    assert holder is not None
    for row in rows:
        values = dict(row)
        kind = next((channel for word, channel in _CHANNELS.items() if word in values), Channel.POST)
        if kind in values:
            values["value"] = values.pop(kind)
        page = ""
        if organisation is not None and organisation.website:
            page = f"{organisation.website}/contact"
        elif person is not None and values.pop("published", False):
            page = person.source
        values.setdefault("purpose", Purpose.PERSONAL if person else Purpose.GENERAL)
        values.setdefault("status", ContactStatus.CONFIRMED)
        make(
            ContactPoint(
                organisation=organisation,
                person=person,
                kind=kind,
                source="Hun eigen website" if page else "Zelf opgegeven",
                source_url=page,
                published_for_contact=bool(page),
                checked_on=None if values["status"] == ContactStatus.UNCHECKED else day(_CHECKED_DAYS_AGO),
                **values,
            )
        )
