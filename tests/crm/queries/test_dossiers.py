"""What stands on the dossier of an organisation or a person."""

import datetime

import pytest
from django.utils import timezone

from crm.queries import dossiers, organisations
from tests.crm.factories import (
    ConsentFactory,
    EmailFactory,
    FactionFactory,
    LineageFactory,
    MandateFactory,
    NameFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    SeatCountFactory,
    TermFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def dossier(organisation):
    return dossiers.of_organisation(organisations.listing().get(pk=organisation.pk))


def test_the_state_line_says_what_it_is_where_it_sits_and_what_became_of_it():
    term = TermFactory(body__name="Brugstad")
    faction = FactionFactory(
        name="Fractie Groen", term=term, party=PartyFactory(short_name="Groen", article="de")
    )
    SeatCountFactory(faction=faction, seats=9)
    LineageFactory(
        predecessor=faction, successor=FactionFactory(name="Fractie Bond", term=term), kind="joint_faction"
    )
    assert dossier(faction).state == (
        "Faction of Groen", "9 seats in Brugstad", "went on in the joint faction Fractie Bond",
    )  # fmt: skip
    assert dossier(OrganisationFactory(as_initiative=True, ended=True)).state == (
        "Member initiative", "active", "no longer exists",
    )  # fmt: skip


def test_people_stand_with_their_roles_and_addresses_and_former_ones_apart():
    held = MandateFactory()
    over = MandateFactory(organisation=held.organisation, over=True)
    point = EmailFactory(organisation=None, person=held.person, purpose="general")
    EmailFactory(organisation=None, person=held.person, withdrawn=True)
    found = dossier(held.organisation)
    assert [(role.mandate, [a.point for a in role.addresses]) for role in found.roles] == [(held, [point])]
    assert found.former == (over,)
    assert found.roles[0].addresses[0].letter.allowed


def test_a_gap_is_seen_unless_there_is_an_address_that_works():
    organisation = OrganisationFactory()
    assert dossier(organisation).has_gap
    EmailFactory(organisation=organisation, failing=True)
    EmailFactory(organisation=organisation, kind="phone", value="020 123 45 67")
    assert dossier(organisation).has_gap
    EmailFactory(organisation=organisation)
    assert not dossier(organisation).has_gap


def test_a_large_organisation_shows_the_first_and_says_there_are_more(monkeypatch):
    monkeypatch.setattr(dossiers, "SHOWN", 2)
    whole = OrganisationFactory(as_municipality=True)
    for _ in range(3):
        OrganisationFactory(parent=whole)
        MandateFactory(organisation=whole)
    found = dossier(whole)
    assert (len(found.roles), found.more_roles, len(found.parts), found.more_parts) == (2, True, 2, True)


def test_an_organisation_costs_the_same_however_much_there_is(django_assert_num_queries):
    def fill(organisation, times):
        for _ in range(times):
            NameFactory(organisation=organisation)
            mandate = MandateFactory(organisation=organisation)
            EmailFactory(organisation=organisation)
            EmailFactory(organisation=None, person=mandate.person)
            LineageFactory(successor=organisation)
            LineageFactory(predecessor=organisation)
            OrganisationFactory(parent=organisation)

    small, large = FactionFactory(), FactionFactory()
    fill(small, 1)
    fill(large, 12)
    few, many = (organisations.listing().get(pk=one.pk) for one in (small, large))
    with django_assert_num_queries(18):
        dossiers.of_organisation(few)
    with django_assert_num_queries(18):
        dossiers.of_organisation(many)


def test_a_person_shows_per_purpose_whether_we_may_write(django_assert_num_queries):
    person = PersonFactory(source="lijst van de gemeente")
    EmailFactory(organisation=None, person=person, purpose="personal")
    ConsentFactory(person=person)
    with django_assert_num_queries(13):
        found = dossiers.of_person(person)
    assert [(answer.purpose, answer.email.allowed, answer.post.allowed) for answer in found.answers] == [
        ("letter", False, False), ("newsletter", True, False), ("invitation", False, False),
    ]  # fmt: skip
    assert found.state == ("No role at the moment",)
    assert found.must_be_told
    person.informed_on = timezone.localdate()
    assert not dossiers.of_person(person).must_be_told


def test_who_sits_on_behalf_of_a_party_stands_with_the_party():
    party = PartyFactory()
    seat = MandateFactory(organisation=FactionFactory(), post="council_member", on_behalf_of=party)
    MandateFactory(organisation=FactionFactory(), post="council_member", on_behalf_of=party, over=True)
    MandateFactory(organisation=party, on_behalf_of=party)
    found = dossier(party)
    assert (found.on_its_behalf, found.more_on_its_behalf) == ((seat,), False)


def test_a_council_stands_with_its_body_and_seats_with_the_party_also_in_a_joint_faction():
    term, party = TermFactory(), PartyFactory()
    own, old = FactionFactory(term=term, party=party), FactionFactory(party=party, ended=True)
    joint, other, past = (FactionFactory(term=term, name=name) for name in ("Bond", "Ander", "Toen"))
    for faction, seats in ((own, 2), (joint, 9), (other, 3)):
        SeatCountFactory(faction=faction, seats=seats)
    SeatCountFactory(faction=past, until_on=datetime.date(2024, 1, 1))
    LineageFactory(predecessor=old, successor=joint, kind="joint_faction")
    assert [(row.faction, row.seats) for row in dossier(term.body).council] == [
        (joint, 9), (other, 3), (own, 2),
    ]  # fmt: skip
    assert [(row.faction, row.seats) for row in dossier(party).seated] == [(joint, 9), (own, 2)]
    assert dossier(other).seated == dossier(other).council == ()


def test_a_faction_that_ended_had_its_seats():
    ended = FactionFactory(
        name="Fractie Gras", term__body__name="Brugstad", ended_on=datetime.date(2024, 1, 1)
    )
    SeatCountFactory(faction=ended, seats=9)
    assert dossier(ended).state == ("Faction", "had 9 seats in Brugstad", "no longer exists")
    over = FactionFactory(term__body__name="Brugstad", term__until_on=datetime.date(2024, 1, 1))
    SeatCountFactory(faction=over, seats=1)
    assert dossier(over).state == ("Faction", "had 1 seat in Brugstad")


def test_people_can_be_taken_along_until_all_of_them_are_there():
    role = MandateFactory(organisation=FactionFactory(), post="council_member")
    assert dossier(role.organisation).goes_along is None
    line = LineageFactory(predecessor=role.organisation, successor=FactionFactory(), kind="joint_faction")
    assert dossier(role.organisation).goes_along == line.successor
    MandateFactory(organisation=line.successor, person=role.person, post="council_member")
    assert dossier(role.organisation).goes_along is None
