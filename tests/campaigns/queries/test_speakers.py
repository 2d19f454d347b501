"""Who speaks for whom: factions and lists for their party, both ways through a merger, and not across a split."""

import datetime

import pytest
from django.utils import timezone

from campaigns.queries import speakers
from campaigns.queries.speakers import Voices
from crm.models import LineageKind
from tests.crm.factories import (
    FactionFactory,
    LineageFactory,
    OrganisationFactory,
    PartyFactory,
    SeatCountFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db

LATER = datetime.date(2024, 4, 1)


@pytest.fixture
def council():
    """A term in which Links and Arbeid share a faction, as GroenLinks and PvdA do in PRO."""
    return TermFactory()


@pytest.fixture
def links():
    return PartyFactory(name="Links")


@pytest.fixture
def arbeid():
    return PartyFactory(name="Arbeid")


@pytest.fixture
def together(council, links, arbeid):
    faction = FactionFactory(name="Samen", term=council, party=None)
    SeatCountFactory(faction=faction, seats=17)
    for party in (links, arbeid):
        LineageFactory(predecessor=party, successor=faction, kind=LineageKind.JOINT_FACTION)
    return faction


def rows(council, said_by=()):
    body = council.body if council else None
    found = speakers.speakers(Voices(), body, on=timezone.localdate(), said_by=said_by)
    return {row.organisation.name: row for row in found}


def test_a_faction_and_a_list_speak_for_their_party(council, links):
    faction = FactionFactory(term=council, party=links)
    list_ = OrganisationFactory(kind="candidate_list", party=links)
    other = FactionFactory(term=council, party=PartyFactory())
    heard = Voices().of(links.pk)
    assert heard == {links.pk, faction.pk, list_.pk}
    assert other.pk not in heard


def test_what_the_joint_faction_says_counts_for_each_and_not_what_the_other_said(links, arbeid, together):
    voices = Voices()
    assert voices.of(links.pk) == {links.pk, together.pk}
    assert voices.of(arbeid.pk) == {arbeid.pk, together.pk}


def test_the_joint_faction_hears_both_apart_and_has_the_seats(council, links, arbeid, together):
    found = rows(council)
    assert found["Samen"].names == ("Links", "Arbeid")
    assert found["Samen"].voices == ({links.pk, together.pk}, {arbeid.pk, together.pk})
    assert {name: (row.seats, row.sits_in) for name, row in found.items()} == {
        "Samen": (17, ()),
        "Arbeid": (0, ("Samen",)),
        "Links": (0, ("Samen",)),
    }


def test_a_list_that_two_parties_share_speaks_for_both_and_mixes_them_not(links, arbeid):
    shared = OrganisationFactory(kind="candidate_list", party=links)
    for party in (links, arbeid):
        LineageFactory(predecessor=party, successor=shared, kind=LineageKind.JOINT_LIST)
    voices = Voices()
    assert voices.of(links.pk) == {links.pk, shared.pk}
    assert voices.of(arbeid.pk) == {arbeid.pk, shared.pk}


def test_a_party_says_what_the_parties_that_merged_into_it_said(links, arbeid):
    merged = PartyFactory(name="Een")
    for party in (links, arbeid):
        LineageFactory(predecessor=party, successor=merged, kind=LineageKind.MERGER)
    faction = FactionFactory(party=links)
    voices = Voices()
    assert voices.of(merged.pk) == {merged.pk, links.pk, arbeid.pk, faction.pk}
    assert voices.apart(merged.pk) == (links.pk, arbeid.pk)
    assert voices.of(links.pk) == {links.pk, faction.pk, merged.pk}


def test_a_party_that_goes_on_under_another_name_is_heard_both_ways(links):
    after = PartyFactory()
    LineageFactory(predecessor=links, successor=after, kind=LineageKind.SUCCESSION)
    voices = Voices()
    assert voices.of(links.pk) == voices.of(after.pk) == {links.pk, after.pk}
    assert voices.apart(after.pk) == (after.pk,)


def test_after_a_split_each_speaks_for_itself(links):
    splinter = PartyFactory()
    LineageFactory(predecessor=links, successor=splinter, kind=LineageKind.SPLIT)
    voices = Voices()
    assert (voices.of(links.pk), voices.of(splinter.pk)) == ({links.pk}, {splinter.pk})


def test_lines_in_a_circle_come_to_an_end(links, arbeid):
    for one, other in ((links, arbeid), (arbeid, links)):
        LineageFactory(predecessor=one, successor=other, kind=LineageKind.SUCCESSION)
    assert Voices().of(links.pk) == {links.pk, arbeid.pk}


def test_those_with_most_seats_stand_first_and_a_party_with_two_factions_has_those_of_both(council, links):
    SeatCountFactory(faction=FactionFactory(term=council, party=links), seats=2)
    SeatCountFactory(faction=FactionFactory(term=council, party=links), seats=3)
    SeatCountFactory(faction=FactionFactory(term=council, party=PartyFactory(name="Veel")), seats=9)
    PartyFactory(name="Buiten")
    assert [(name, row.seats) for name, row in rows(council).items()] == [
        ("Veel", 9), ("Links", 5), ("Buiten", 0),
    ]  # fmt: skip


def test_seats_that_nobody_wrote_down_are_not_nought(council, links):
    FactionFactory(term=council, party=links)
    assert rows(council)["Links"].seats is None


def test_a_faction_that_leads_to_no_party_has_a_row_of_its_own(council):
    alone = FactionFactory(name="Lid De Wit", term=council, party=None)
    SeatCountFactory(faction=alone, seats=1)
    assert rows(council)["Lid De Wit"].voices == ({alone.pk},)


def test_a_party_that_is_over_is_left_out_unless_it_said_something_nobody_else_says(council):
    over = PartyFactory(name="Vroeger", ended_on=LATER)
    PartyFactory(name="Later", founded_on=timezone.localdate() + datetime.timedelta(days=1))
    assert rows(council) == {}
    assert list(rows(council, said_by=[over.pk])) == ["Vroeger"]


def test_a_party_that_is_at_work_elsewhere_is_left_out(council):
    elsewhere = OrganisationFactory(kind="municipality", name="Elders")
    PartyFactory(name="Daar", municipality=elsewhere)
    PartyFactory(name="Hier", municipality=council.body)
    PartyFactory(name="Overal")
    assert list(rows(council)) == ["Hier", "Overal"]


def test_without_a_council_all_parties_stand_there_without_seats(links):
    assert [(name, row.seats) for name, row in rows(None).items()] == [("Links", 0)]


def test_one_row_is_the_same_as_in_the_table(council, links, together):
    for name in ("Samen", "Links"):
        row = rows(council)[name]
        single = speakers.one(Voices(), row.organisation, on=timezone.localdate())
        assert (single.voices, single.names) == (row.voices, row.names)
