"""Elections, terms and seats."""

import datetime

import pytest

from crm.actions import elections
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import SeatCount, TimelineEntry
from crm.queries import organisations
from tests.crm.factories import (
    ELECTED,
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


def periods(faction):
    return [(row.seats, row.from_on, row.until_on) for row in faction.seat_counts.order_by("from_on")]


def test_taking_a_wrong_number_away_gives_back_the_one_before(alida):
    faction = SeatCountFactory(seats=8).faction
    wrong = elections.set_seats(faction=faction, seats=7, from_on=DAY, by=alida)
    elections.remove_seats(row=wrong, by=alida)
    assert periods(faction) == [(8, INSTALLED, None)]
    seated = organisations.factions_seated_on(faction.term.body, DAY)
    assert [(row.faction, row.seats) for row in seated] == [(faction, 8)]


def test_taking_away_a_number_in_between_joins_what_was_before_and_after_it(alida):
    faction, later = SeatCountFactory(seats=8).faction, datetime.date(2025, 10, 1)
    between = elections.set_seats(faction=faction, seats=7, from_on=DAY, by=alida)
    elections.set_seats(faction=faction, seats=6, from_on=later, by=alida)
    between.refresh_from_db()
    elections.remove_seats(row=between, by=alida)
    assert periods(faction) == [(8, INSTALLED, later), (6, later, None)]


def test_an_older_number_lasts_until_the_next_one(alida):
    faction = FactionFactory()
    elections.set_seats(faction=faction, seats=6, from_on=DAY, by=alida)
    elections.set_seats(faction=faction, seats=8, from_on=INSTALLED, by=alida)
    assert periods(faction) == [(8, INSTALLED, DAY), (6, DAY, None)]
    with pytest.raises(AlreadyThere):
        elections.set_seats(faction=faction, seats=8, from_on=INSTALLED, by=alida)
    with pytest.raises(Invalid) as refusal:
        elections.set_seats(
            faction=faction, seats=7, from_on=INSTALLED, until_on=DAY + datetime.timedelta(days=1), by=alida
        )
    assert refusal.value.errors == {
        "until_on": "Another number begins on 1 July 2025. Leave this empty: then this one lasts until that day."
    }


@pytest.mark.parametrize(
    ("days", "errors"),
    [
        (
            {"from_on": datetime.date(2022, 3, 29)},
            {"from_on": "Fractie Gras begins on 30 March 2022. Fill in that day or a later one."},
        ),
        (
            {"from_on": datetime.date(2024, 1, 1)},
            {"from_on": "Fractie Gras ends on 1 January 2024. Fill in an earlier day."},
        ),
        (
            {"from_on": INSTALLED, "until_on": DAY},
            {"until_on": "Fractie Gras ends on 1 January 2024. Fill in that day or an earlier one."},
        ),
    ],
)
def test_a_faction_holds_seats_while_it_exists(alida, days, errors):
    faction = FactionFactory(name="Fractie Gras", ended_on=datetime.date(2024, 1, 1))
    with pytest.raises(Invalid) as refusal:
        elections.set_seats(faction=faction, seats=1, **days, by=alida)
    assert refusal.value.errors == errors


def test_a_faction_holds_seats_while_its_council_sits(alida):
    faction = FactionFactory(founded_on=None, term__until_on=DAY)
    for day in (datetime.date(2022, 3, 29), DAY):
        with pytest.raises(Invalid) as refusal:
            elections.set_seats(faction=faction, seats=1, from_on=day, by=alida)
        assert list(refusal.value.errors) == ["from_on"]
    assert elections.set_seats(faction=faction, seats=1, from_on=INSTALLED, until_on=DAY, by=alida).pk


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


def term_errors(by, **values):
    with pytest.raises(Invalid) as refusal:
        elections.add_term(**{"name": "2026-2030", "from_on": DAY, "seats_total": 45, "by": by, **values})
    return refusal.value.errors


def test_a_body_has_one_council_at_a_time(alida):
    body = TermFactory().body
    assert term_errors(alida, body=body) == {
        "from_on": "“2022-2026” runs from 30 March 2022 and has no last day yet. "
        "Fill that in first, or choose other days."
    }
    elections.change_term(term=body.terms.get(), until_on=DAY, by=alida)
    earlier = {"from_on": datetime.date(2018, 3, 29), "until_on": datetime.date(2022, 3, 31)}
    assert term_errors(alida, body=body, **earlier) == {
        "from_on": "“2022-2026” runs from 30 March 2022 until 1 July 2025, and a body has one council. "
        "Choose other days."
    }
    assert term_errors(alida, body=body, seats_total=0) == {
        "seats_total": "A council has at least one seat. How many are there in all?"
    }
    elections.add_term(body=body, name="2026-2030", from_on=DAY, seats_total=45, by=alida)
    elections.add_term(
        body=body, name="2018-2022", **earlier | {"until_on": INSTALLED}, seats_total=45, by=alida
    )
    assert body.terms.count() == 3


def test_another_term_or_election_on_the_same_day_is_refused_with_its_values_kept(alida):
    body = TermFactory().body
    assert term_errors(alida, body=body, from_on=INSTALLED, seats_total=39) == {
        "from_on": "“2022-2026” begins on that day already. Change that one, or choose another day."
    }
    ElectionFactory(body=body)
    with pytest.raises(Invalid) as refusal:
        elections.add_election(body=body, name="Referendum", held_on=ELECTED, by=alida)
    assert refusal.value.errors == {
        "held_on": "“Gemeenteraad 2022” is on that day already. Change that one, or choose another day."
    }


def test_a_term_and_an_election_go_away_while_nothing_hangs_on_them(alida):
    faction = FactionFactory()
    term, body = faction.term, faction.term.body
    election = ElectionFactory(body=body)
    elections.change_term(term=term, election=election, by=alida)
    with pytest.raises(Refused) as refusal:
        elections.remove_term(term=term, by=alida)
    assert str(refusal.value) == (
        "2022-2026 cannot be removed: 1 organisation would hang loose. Change or remove those first."
    )
    with pytest.raises(Refused, match="1 council term"):
        elections.remove_election(election=election, by=alida)
    faction.delete()
    elections.remove_term(term=term, by=alida)
    elections.remove_election(election=election, by=alida)
    assert (body.terms.count(), body.elections.count()) == (0, 0)
    assert [str(entry) for entry in TimelineEntry.objects.about(body)][:2] == [
        "Alida de Test took away the election “Gemeenteraad 2022” of 16 March 2022",
        "Alida de Test took away the council term “2022-2026”, from 30 March 2022",
    ]
