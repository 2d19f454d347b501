"""Setting the recesses in which nobody is reminded."""

from __future__ import annotations

import datetime
from typing import Any

from crm.models import Network, Recess

from . import telling
from .action import Actor, action, record
from .changing import AlreadyThere, check, check_unchanged, fill, period_errors, take_turns


@action(permission="crm.add_recess")
def add(*, name: str, from_on: datetime.date, until_on: datetime.date, by: Actor) -> Recess:
    """Set a recess, its last day included. Raises AlreadyThere for the same one, Invalid for the wrong order."""
    take_turns(Recess)
    recess = Recess()
    fill(recess, {"name": name, "from_on": from_on, "until_on": until_on})
    _check(recess)
    if existing := Recess.objects.filter(from_on=from_on, until_on=until_on, name=recess.name).first():
        raise AlreadyThere(existing)
    recess.save()
    _tell("crm.recess_added", recess, by=by)
    return recess


@action(permission="crm.change_recess")
def change(*, recess: Recess, by: Actor, seen: str = "", **values: Any) -> Recess:
    """Change a recess. Raises Overtaken, or Invalid for the wrong order."""
    current = Recess.objects.select_for_update().get(pk=recess.pk)
    check_unchanged(current, seen)
    changes = fill(current, values)
    _check(current)
    if changes:
        current.save()
        record("crm.recess_changed", by=by, on=[Network.load()], name=current.name, changes=changes)
    return current


@action(permission="crm.delete_recess")
def remove(*, recess: Recess, by: Actor) -> None:
    """Take a recess away: its days count again."""
    _tell("crm.recess_removed", recess, by=by)
    recess.delete()


def _check(recess: Recess) -> None:
    check(recess, period_errors(recess.from_on, recess.until_on))


def _tell(code: str, recess: Recess, *, by: Actor) -> None:
    """The line stands with the network: a recess is of nobody in particular."""
    day, until = telling.day(recess.from_on), telling.day(recess.until_on)
    record(code, by=by, on=[Network.load()], name=recess.name, day=day, until=until)
