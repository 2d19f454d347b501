"""Elections, terms and seats."""

import datetime

import pytest

from crm.actions import elections
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import SeatCount, TimelineEntry
from crm.queries import organisations
from tests.crm.factories import (
    INSTALLED,
    ElectionFactory,
    FactionFactory,
    OrganisationFactory,
    PartyFactory,
    SeatCountFactory,
    TermFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = datetime.date(2025, 7, 1)


def test_a_new_number_of_seats_ends_the_one_before(alida):
    before = SeatCountFactory(seats=9)
    faction = before.faction
    elections.set_seats(faction=faction, seats=8, from_on=DAY, source="afsplitsing", by=alida)
    before.refresh_from_db()
    assert before.until_on == DAY
    body = faction.term.body
    seats = [
        [row.seats for row in organisations.factions_seated_on(body, day)]
        for day in (DAY - datetime.timedelta(days=1), DAY)
    ]
    assert seats == [[9], [8]]
    assert (
        str(TimelineEntry.objects.get())
        == f"{faction} has 8 seats from 1 July 2025 (Alida de Test wrote it down)"
    )


def test_the_number_of_a_day_is_mended_in_place(alida):
    row = SeatCountFactory(seats=9)
    elections.set_seats(faction=row.faction, seats=10, from_on=INSTALLED, by=alida)
    with pytest.raises(AlreadyThere):
        elections.set_seats(faction=row.faction, seats=10, from_on=INSTALLED, by=alida)
    assert [(one.seats, one.until_on) for one in SeatCount.objects.all()] == [(10, None)]


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"seats": 46}, ["seats"]),
        ({"seats": -1}, ["seats"]),
        ({"until_on": DAY}, ["until_on"]),
    ],
)
def test_seats_that_cannot_be_are_refused(alida, values, fields):
    with pytest.raises(Invalid) as refusal:
        elections.set_seats(
            **{"faction": FactionFactory(), "seats": 1, "from_on": DAY, "by": alida, **values}
        )
    assert list(refusal.value.errors) == fields


def test_only_a_faction_holds_seats(alida):
    with pytest.raises(Invalid, match="Only a faction"):
        elections.set_seats(faction=PartyFactory(), seats=1, from_on=DAY, by=alida)


def test_an_election_and_a_term_of_one_day_are_added_once(alida):
    body = OrganisationFactory(as_municipality=True)
    election = {"body": body, "name": "Raad 2026", "held_on": datetime.date(2026, 3, 18), "by": alida}
    term = {"body": body, "name": "2026-2030", "from_on": DAY, "seats_total": 45, "by": alida}
    elections.add_election(**election)
    elections.add_term(**term)
    with pytest.raises(AlreadyThere):
        elections.add_election(**election)
    with pytest.raises(AlreadyThere):
        elections.add_term(**term)


def test_days_in_the_wrong_order_are_refused(alida):
    with pytest.raises(Invalid) as refusal:
        elections.change_election(
            election=ElectionFactory(), lists_final_on=datetime.date(2023, 1, 1), by=alida
        )
    assert list(refusal.value.errors) == ["lists_final_on"]
    with pytest.raises(Invalid) as refusal:
        elections.change_term(term=TermFactory(), until_on=INSTALLED, by=alida)
    assert list(refusal.value.errors) == ["until_on"]
