"""Names and seats on a day, and what came from what."""

import datetime

import pytest

from crm.models import LineageKind
from crm.queries import organisations
from tests.crm.factories import (
    INSTALLED,
    FactionFactory,
    LineageFactory,
    NameFactory,
    OrganisationFactory,
    PartyFactory,
    SeatCountFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 7, 29)


def test_the_name_on_a_day_is_the_one_it_had_then():
    organisation = OrganisationFactory(name="PRO")
    NameFactory(organisation=organisation, name="Groen", until_on=datetime.date(2020, 1, 1))
    NameFactory(
        organisation=organisation,
        name="GroenLinks",
        from_on=datetime.date(2020, 1, 1),
        until_on=datetime.date(2026, 5, 1),
    )
    days = [datetime.date(2019, 6, 1), datetime.date(2020, 1, 1), DAY, datetime.date(2026, 5, 1)]
    names = [organisations.name_on(organisation, day) for day in days]
    assert names == ["Groen", "GroenLinks", "GroenLinks", "PRO"]


def test_names_of_many_cost_one_query(django_assert_num_queries):
    many = [NameFactory().organisation for _ in range(20)]
    with django_assert_num_queries(1):
        names = organisations.names_on(many, DAY)
    assert names == {organisation.pk: organisation.name for organisation in many}


@pytest.fixture
def pro():
    """GL and PvdA, their factions and lists, and what became of them."""
    gl, pvda, pro = (PartyFactory(name=name) for name in ("GL", "PvdA", "PRO"))
    gl_faction, pvda_faction = FactionFactory(party=gl), FactionFactory(party=pvda)
    pro_faction = FactionFactory(party=pro)
    for one in (gl, pvda):
        LineageFactory(predecessor=one, successor=pro)
    for one in (gl_faction, pvda_faction):
        LineageFactory(predecessor=one, successor=pro_faction, kind=LineageKind.JOINT_FACTION)
    return {
        "gl": gl, "pvda": pvda, "pro": pro, "gl_faction": gl_faction, "pvda_faction": pvda_faction,
        "pro_faction": pro_faction,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("pro", {"pro", "gl", "pvda", "gl_faction", "pvda_faction", "pro_faction"}),
        ("pro_faction", {"pro_faction", "gl_faction", "pvda_faction"}),
        ("gl", {"gl", "gl_faction", "pro"}),
        ("gl_faction", {"gl_faction", "pro_faction"}),
    ],
)
def test_what_one_promised_is_found_under_what_it_became_and_not_under_its_partners(
    pro, asked, found, django_assert_num_queries
):
    PartyFactory(name="D66")
    with django_assert_num_queries(1):
        family = organisations.family_of(pro[asked])
    assert family == {pro[name].pk for name in found}


def test_a_lineage_is_walked_all_the_way_nearest_first(django_assert_num_queries):
    first, second, third = PartyFactory(), PartyFactory(), PartyFactory()
    LineageFactory(predecessor=first, successor=second)
    LineageFactory(predecessor=second, successor=third)
    with django_assert_num_queries(2):
        before = organisations.came_from(third)
    assert [(step.organisation, step.depth) for step in before] == [(second, 1), (first, 2)]
    assert [(step.organisation, step.depth) for step in organisations.became(first)] == [
        (second, 1),
        (third, 2),
    ]


def test_a_lineage_that_was_entered_in_a_circle_ends():
    one, other = PartyFactory(), PartyFactory()
    LineageFactory(predecessor=one, successor=other)
    LineageFactory(predecessor=other, successor=one)
    assert [step.organisation for step in organisations.became(one)] == [other]
    assert organisations.family_of(one) == {one.pk, other.pk}


def test_the_factions_seated_on_a_day_with_their_seats(django_assert_num_queries):
    term = TermFactory(until_on=datetime.date(2026, 4, 1))
    large, small, unknown, ended, none = (FactionFactory(term=term, name=name) for name in "ABCDE")
    SeatCountFactory(faction=large, seats=8, until_on=datetime.date(2025, 1, 1))
    SeatCountFactory(faction=large, seats=9, from_on=datetime.date(2025, 1, 1))
    SeatCountFactory(faction=small, seats=2)
    SeatCountFactory(faction=ended, seats=3)
    SeatCountFactory(faction=none, seats=1, until_on=datetime.date(2024, 1, 1))
    ended.ended_on = datetime.date(2025, 1, 1)
    ended.save()
    SeatCountFactory()  # another council
    with django_assert_num_queries(1):
        seated = organisations.factions_seated_on(term.body, DAY)
    assert [(row.faction, row.seats) for row in seated] == [(large, 9), (small, 2), (unknown, None)]
    assert organisations.factions_seated_on(term.body, INSTALLED - datetime.timedelta(days=1)) == []
    assert organisations.factions_seated_on(term.body, datetime.date(2026, 4, 1)) == []


def test_the_only_municipality_is_where_a_new_party_is_at_work_unless_there_are_two():
    assert organisations.only_municipality() is None
    OrganisationFactory(as_municipality=True, ended=True)
    place = OrganisationFactory(as_municipality=True)
    assert organisations.only_municipality() == place
    OrganisationFactory(as_municipality=True)
    assert organisations.only_municipality() is None


def test_the_usual_level_is_what_most_of_a_kind_have():
    assert organisations.usual_level("party") == ""
    for level in ("city", "country", "city", ""):
        PartyFactory(level=level)
    OrganisationFactory(level="country")
    assert organisations.usual_level("party") == "city"
