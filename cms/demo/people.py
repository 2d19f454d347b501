"""Those who work here, and those we know: users with a role, people with their mandates."""

from __future__ import annotations

from django.contrib.auth.models import Group

from crm.models import Mandate, Person, User

from . import organisations
from .fixtures import Row, make, read
from .shelf import Shelf

_BESIDE = {"mandates", "contacts", "our_contact"}


def load_users() -> dict[str, User]:
    """The users, by username. They cannot sign in until somebody gives them a password."""
    users = {}
    for row in read("people")["users"]:
        found = User.objects.filter(username=row["username"]).first()
        users[row["username"]] = found or _user(**row)
    return users


def _user(*, username: str, role: str, first_name: str, last_name: str) -> User:
    user = User(
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=f"{username}@netwerk.example",
    )
    user.set_unusable_password()
    make(user)
    user.groups.add(Group.objects.get(name=role))
    return user


def load(shelf: Shelf) -> None:
    """The people; all are invented."""
    for row in read("people")["people"]:
        _person(row, shelf)


def _person(row: Row, shelf: Shelf) -> None:
    plain = {field: value for field, value in row.items() if field not in _BESIDE}
    person = make(
        Person(
            invented=True,
            our_contact=shelf.users[row["our_contact"]] if "our_contact" in row else None,
            **plain,
        )
    )
    for mandate in row["mandates"]:
        make(
            Mandate(
                person=person,
                organisation=shelf.organisations[mandate["organisation"]],
                source=row.get("source", ""),
                **{field: value for field, value in mandate.items() if field != "organisation"},
            )
        )
    organisations.contact_points(row.get("contacts", ()), person=person)
    shelf.people[str(person)] = person
