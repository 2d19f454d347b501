"""Adding people, changing and removing them."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch import names
from crm.models import Network, Person, TimelineEntry, User
from crm.queries import people

from . import hanging, themes
from .action import Actor, action, record
from .changing import AlreadyThere, check, check_unchanged, fill, fill_many, take_turns

_MANY = ("themes", "tags")


@action(permission="crm.add_person")
def add(*, by: Actor, another: bool = False, name: str = "", **values: Any) -> Person:
    """A new person. ``name`` as people type it ("mevr. A. de Vries") is taken apart; fields given beside it win.

    Other ``values`` are fields of Person; ``themes`` and ``tags`` are lists of names. Raises AlreadyThere when somebody
    has this name, unless ``another`` says that it is another one; Invalid for values that cannot be.
    """
    take_turns(Person)
    person = Person()
    many = {field: values.pop(field, ()) for field in _MANY}
    fill(person, _parts(name) | {field: value for field, value in values.items() if value not in ("", None)})
    _check(person)
    if not another and (same := people.same_name(person.parts).first()):
        raise AlreadyThere(
            same,
            _("There is somebody called %(name)s already. Tick the box if this is another one.")
            % {"name": same},
        )
    person.save()
    fill_many(person, themes.found_or_made(**many))
    record("crm.person_added", by=by, on=[person], name=str(person))
    return person


@action(permission="crm.change_person")
def change(*, person: Person, by: Actor, seen: str = "", **values: Any) -> Person:
    """Mend what is written about a person.

    Raises Overtaken when somebody changed it after the version ``seen``, Invalid for values that cannot be.
    """
    many = themes.found_or_made(**{name: values.pop(name) for name in _MANY if name in values})
    current = Person.objects.select_for_update().get(pk=person.pk)
    check_unchanged(current, seen)
    changes = fill(current, values)
    _check(current)
    changes += fill_many(current, many)
    if changes:
        current.save()
        record("crm.person_changed", by=by, on=[current], name=str(current), changes=changes)
    return current


@action(permission="crm.delete_person")
def remove(*, person: Person, by: Actor) -> None:
    """Remove a person who was added by mistake, with their addresses.

    Raises Refused, naming what hangs on them, when there is anything else.
    """
    hanging.check_loose(person, its_own={"contact_points"})
    TimelineEntry.objects.about(person).delete()
    person.delete()
    # Without the name: it was removed.
    record("crm.person_removed", by=by, on=[by if isinstance(by, User) else Network.load()])


def recently_added(person: Person, *, by: User) -> bool:
    """Whether this user added them moments ago: then the same form was sent twice."""
    moment = timezone.now() - datetime.timedelta(seconds=60)
    return (
        TimelineEntry.objects.about(person)
        .filter(code="crm.person_added", by=by, happened_at__gte=moment)
        .exists()
    )


def _parts(name: str) -> dict[str, str]:
    if not name.strip():
        return {}
    parts = names.split(name)
    return {
        "given_name": parts.given,
        "initials": parts.initials,
        "name_prefix": parts.prefix,
        "family_name": parts.family,
        "gender": parts.gender.value,
    }


def _check(person: Person) -> None:
    errors = {}
    if not person.family_name and not person.given_name:
        errors["family_name"] = _("Fill in a family name, or at least a first name.")
    if person.informed_on is not None and person.informed_on > timezone.localdate():
        errors["informed_on"] = _("That day is still to come.")
    check(person, errors)
