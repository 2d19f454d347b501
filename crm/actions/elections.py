"""Elections, council terms, and the seats that factions hold in them."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from crm.dutch.articles import opening
from crm.models import Election, Organisation, OrganisationKind, SeatCount, Term

from . import hanging, telling
from .action import Actor, action, record
from .changing import AlreadyThere, check, check_unchanged, day, fill, take_turns, wrong_order


@action(permission="crm.add_election")
def add_election(*, body: Organisation, by: Actor, **values: Any) -> Election:
    """An election of a body. ``values`` are fields of Election."""
    take_turns(Election, body.pk)
    election = Election(body=body)
    fill(election, values)
    if existing := body.elections.filter(held_on=election.held_on, name__iexact=election.name).first():
        raise AlreadyThere(existing)
    _check_election(election)
    election.save()
    record("crm.election_added", by=by, on=[body], name=election.name, day=telling.day(election.held_on))
    return election


@action(permission="crm.change_election")
def change_election(*, election: Election, by: Actor, seen: str = "", **values: Any) -> Election:
    """Mend an election."""
    current = Election.objects.select_for_update().get(pk=election.pk)
    check_unchanged(current, seen)
    changes = fill(current, values)
    _check_election(current)
    if changes:
        current.save()
        record("crm.election_changed", by=by, on=[current.body], name=current.name, changes=changes)
    return current


@action(permission="crm.delete_election")
def remove_election(*, election: Election, by: Actor) -> None:
    """Take away an election that never was; raises Refused while a term or candidate lists hang on it."""
    hanging.check_free(election)
    body = election.body
    election.delete()
    record("crm.election_removed", by=by, on=[body], name=election.name, day=telling.day(election.held_on))


@action(permission="crm.add_term")
def add_term(*, body: Organisation, by: Actor, **values: Any) -> Term:
    """A term of a council. ``values`` are fields of Term."""
    take_turns(Term, body.pk)
    term = Term(body=body)
    fill(term, values)
    same = body.terms.filter(from_on=term.from_on, name__iexact=term.name, seats_total=term.seats_total)
    if existing := same.filter(until_on=term.until_on, election=term.election).first():
        raise AlreadyThere(existing)
    _check_term(term)
    term.save()
    record("crm.term_added", by=by, on=[body], name=term.name, day=telling.day(term.from_on))
    return term


@action(permission="crm.change_term")
def change_term(*, term: Term, by: Actor, seen: str = "", **values: Any) -> Term:
    """Mend a term, such as its last day."""
    current = Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    check_unchanged(current, seen)
    changes = fill(current, values)
    _check_term(current)
    if changes:
        current.save()
        record("crm.term_changed", by=by, on=[current.body], name=current.name, changes=changes)
    return current


@action(permission="crm.delete_term")
def remove_term(*, term: Term, by: Actor) -> None:
    """Take away a term that never was; raises Refused while factions hang on it."""
    hanging.check_free(term)
    body = term.body
    term.delete()
    record("crm.term_removed", by=by, on=[body], name=term.name, day=telling.day(term.from_on))


@action(permission="crm.change_seatcount")
def set_seats(
    *,
    faction: Organisation,
    seats: int,
    from_on: datetime.date,
    until_on: datetime.date | None = None,
    source: str = "",
    by: Actor,
) -> SeatCount:
    """A faction holds this many seats from a day on; the number it had until then ends on that day.

    Without ``until_on`` it holds them until the next number that stands there. Raises Invalid for days on which the
    faction did not exist or its council did not sit.
    """
    take_turns(SeatCount, faction.pk)
    row = SeatCount.objects.filter(faction=faction, from_on=from_on).first() or SeatCount(faction=faction)
    following = faction.seat_counts.filter(from_on__gt=from_on).order_by("from_on").first()
    if following is not None and until_on is None:
        until_on = following.from_on
    if row.pk and (row.seats, row.until_on) == (seats, until_on):
        raise AlreadyThere(row)
    fill(row, {"seats": seats, "from_on": from_on, "until_on": until_on, "source": source})
    errors = _outside(faction, from_on, until_on)
    if faction.kind != OrganisationKind.FACTION:
        errors["__all__"] = _("Only a faction holds seats in a council. Add the faction first.")
    if faction.term is not None and seats > faction.term.seats_total:
        words = _("The whole council has %(total)d seats.")
        errors["seats"] = words % {"total": faction.term.seats_total}
    if until_on is not None and until_on <= from_on:
        errors["until_on"] = _("The end comes before the beginning.")
    elif following is not None and until_on is not None and until_on > following.from_on:
        words = _("Another number begins on %(day)s. Leave this empty: then this one lasts until that day.")
        errors["until_on"] = words % {"day": day(following.from_on)}
    check(row, errors)
    running = faction.seat_counts.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=from_on), from_on__lt=from_on
    )
    running.update(until_on=from_on)
    row.save()
    record(
        "crm.seats_set",
        by=by,
        on=[faction],
        name=telling.named(faction),
        seats={"seats": seats},
        day=telling.day(from_on),
    )
    return row


@action(permission="crm.delete_seatcount")
def remove_seats(*, row: SeatCount, by: Actor) -> None:
    """Take away a number of seats that was never held; the number that ended for it lasts until it would have ended."""
    faction = row.faction
    take_turns(SeatCount, faction.pk)
    row.delete()
    faction.seat_counts.filter(until_on=row.from_on).update(until_on=row.until_on)
    record(
        "crm.seats_removed",
        by=by,
        on=[faction],
        name=telling.named(faction),
        seats=str(row.seats),
        day=telling.day(row.from_on),
    )


def _outside(faction: Organisation, from_on: datetime.date, until_on: datetime.date | None) -> dict[str, str]:
    """The errors of a period in which the faction did not exist, or its council did not sit."""
    errors: dict[str, str] = {}
    bounds: list[tuple[Organisation | Term, datetime.date | None, datetime.date | None]]
    bounds = [(faction, faction.founded_on, faction.ended_on)]
    if faction.term is not None:
        bounds.append((faction.term, faction.term.from_on, faction.term.until_on))
    for what, start, end in bounds:
        name = what.with_article if isinstance(what, Organisation) else str(what)
        if start is not None and from_on < start:
            words = _("%(name)s begins on %(day)s. Fill in that day or a later one.")
            errors.setdefault("from_on", opening(words % {"name": name, "day": day(start)}))
        if end is not None and from_on >= end:
            words = _("%(name)s ends on %(day)s. Fill in an earlier day.")
            errors.setdefault("from_on", opening(words % {"name": name, "day": day(end)}))
        elif end is not None and until_on is not None and until_on > end:
            words = _("%(name)s ends on %(day)s. Fill in that day or an earlier one.")
            errors.setdefault("until_on", opening(words % {"name": name, "day": day(end)}))
    return errors


def _check_election(election: Election) -> None:
    errors = {}
    if wrong_order(election.lists_final_on, election.held_on):
        errors["lists_final_on"] = _("The lists are final before election day.")
    others = election.body.elections.exclude(pk=election.pk)
    if other := others.filter(held_on=election.held_on).first():
        words = _("“%(name)s” is on that day already. Change that one, or choose another day.")
        errors["held_on"] = words % {"name": other}
    check(election, errors)


def _check_term(term: Term) -> None:
    errors = {}
    if term.until_on is not None and term.from_on is not None and term.until_on <= term.from_on:
        errors["until_on"] = _("The end comes before the beginning.")
    elif term.from_on is not None and (other := _at_the_same_time(term)):
        errors["from_on"] = _clash(term, other)
    if term.seats_total is not None and term.seats_total < 1:
        errors["seats_total"] = _("A council has at least one seat. How many are there in all?")
    check(term, errors)


def _at_the_same_time(term: Term) -> Term | None:
    """Another term of the body that shares days with this one."""
    others = term.body.terms.exclude(pk=term.pk).filter(
        Q(until_on__isnull=True) | Q(until_on__gt=term.from_on)
    )
    if term.until_on is not None:
        others = others.filter(from_on__lt=term.until_on)
    return others.first()


def _clash(term: Term, other: Term) -> str:
    names = {"name": other, "day": day(other.from_on), "end": day(other.until_on)}
    if other.from_on == term.from_on:
        return _("“%(name)s” begins on that day already. Change that one, or choose another day.") % names
    if other.until_on is None:
        words = _(
            "“%(name)s” runs from %(day)s and has no last day yet. Fill that in first, or choose other days."
        )
    else:
        words = _(
            "“%(name)s” runs from %(day)s until %(end)s, and a body has one council. Choose other days."
        )
    return words % names
