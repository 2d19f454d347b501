"""Roles that people hold, begin and end."""

import datetime

import pytest

from crm.actions import mandates, organisations
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import Mandate, OrganisationKind, Post, TimelineEntry
from tests.crm.factories import (
    INSTALLED,
    FactionFactory,
    LineageFactory,
    MandateFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = datetime.date(2025, 7, 1)


def add(by, **values):
    values.setdefault("person", PersonFactory())
    values.setdefault("organisation", OrganisationFactory(as_municipality=True))
    values.setdefault("post", Post.COUNCIL_MEMBER)
    return mandates.add(by=by, **values)


def errors(by, **values):
    with pytest.raises(Invalid) as refusal:
        add(by, **values)
    assert not Mandate.objects.exists()
    return sorted(refusal.value.errors)


def test_a_party_is_stored_with_a_public_post_and_a_source(alida):
    mandate = add(alida, on_behalf_of=PartyFactory(), source="site van de raad")
    assert mandate.on_behalf_of.kind == OrganisationKind.PARTY


@pytest.mark.parametrize(
    ("post", "source", "wrong"),
    [
        (Post.COUNCIL_MEMBER, "", ["source"]),
        (Post.CONTACT_PERSON, "eigen site", ["on_behalf_of"]),
        (Post.FACTION_STAFF, "eigen site", ["on_behalf_of"]),
        (Post.OTHER, "   ", ["on_behalf_of", "source"]),
    ],
)
def test_a_party_without_public_post_or_source_is_refused(alida, post, source, wrong):
    assert errors(alida, on_behalf_of=PartyFactory(), post=post, source=source) == wrong


def test_a_role_in_politics_needs_a_source_and_membership_is_no_role(alida):
    assert errors(alida, organisation=FactionFactory()) == ["source"]
    assert errors(alida, organisation=PartyFactory(), post=Post.OTHER, source="feestje") == ["post"]
    assert add(alida, organisation=PartyFactory(), post=Post.PROGRAMME_COMMITTEE, source="eigen site").pk


def test_on_behalf_of_somebody_who_is_no_party_is_free(alida):
    assert add(alida, on_behalf_of=OrganisationFactory(), post=Post.OTHER).pk


def test_a_role_stands_on_both_timelines(alida):
    mandate = add(alida, organisation=OrganisationFactory(name="De Brug"), post=Post.CHAIR, from_on=DAY)
    for record in (mandate.person, mandate.organisation):
        assert str(TimelineEntry.objects.about(record).get()) == (
            f"Alida de Test wrote down that {mandate.person} is chair of De Brug, since 1 July 2025"
        )


def test_the_same_role_is_not_given_twice(alida):
    mandate = add(alida, from_on=DAY)
    again = {"person": mandate.person, "organisation": mandate.organisation, "from_on": DAY}
    with pytest.raises(AlreadyThere):
        add(alida, **again)
    add(alida, **again | {"from_on": datetime.date(2020, 1, 1), "until_on": datetime.date(2022, 1, 1)})
    assert Mandate.objects.count() == 2


def test_the_same_role_is_not_held_twice_at_once(alida):
    mandate = add(alida, from_on=DAY)
    again = {"person": mandate.person, "organisation": mandate.organisation}
    with pytest.raises(Invalid) as refusal:
        add(alida, **again, from_on=datetime.date(2025, 7, 2))
    assert refusal.value.errors == {
        "from_on": f"{mandate} stands there already, since 1 July 2025. Change that role, or end it first."
    }
    earlier = {"from_on": datetime.date(2024, 1, 1), "until_on": DAY}
    before = add(alida, **again, **earlier)
    with pytest.raises(Invalid) as refusal:
        mandates.change(mandate=before, until_on=datetime.date(2025, 7, 2), by=alida)
    assert list(refusal.value.errors) == ["from_on"]
    with pytest.raises(Invalid) as refusal:
        add(alida, **again, from_on=datetime.date(2024, 6, 1), until_on=datetime.date(2025, 1, 1))
    assert refusal.value.errors == {
        "from_on": f"{mandate} stands there already, until 1 July 2025. Choose days outside that time."
    }
    add(alida, **again, post=Post.CHAIR, from_on=DAY)
    assert Mandate.objects.count() == 3


def test_roles_they_call_differently_are_not_the_same(alida):
    mandate = add(alida, post=Post.BOARD_MEMBER, label="penningmeester", from_on=DAY)
    again = {"person": mandate.person, "organisation": mandate.organisation, "post": Post.BOARD_MEMBER}
    assert add(alida, **again, label="secretaris").pk
    with pytest.raises(Invalid):
        add(alida, **again, label="Penningmeester")


def test_a_double_of_before_can_still_be_mended(alida):
    one = MandateFactory(from_on=DAY)
    double = MandateFactory(
        person=one.person, organisation=one.organisation, from_on=datetime.date(2025, 7, 2)
    )
    mandates.change(mandate=double, source="raadslijst", by=alida)
    mandates.end(mandate=double, until_on=datetime.date(2025, 8, 1), by=alida)
    double.refresh_from_db()
    assert (double.source, double.until_on) == ("raadslijst", datetime.date(2025, 8, 1))


def test_it_ends_after_it_began(alida):
    assert errors(alida, from_on=DAY, until_on=datetime.date(2024, 1, 1)) == ["until_on"]
    mandate = MandateFactory(from_on=DAY)
    with pytest.raises(Invalid):
        mandates.end(mandate=mandate, until_on=datetime.date(2024, 1, 1), by=alida)
    mandates.end(mandate=mandate, until_on=DAY, by=alida)
    mandate.refresh_from_db()
    assert mandate.until_on == DAY


def test_a_change_obeys_the_same_rules_and_is_told(alida):
    mandate = MandateFactory(source="")
    with pytest.raises(Invalid):
        mandates.change(mandate=mandate, on_behalf_of=PartyFactory(), by=alida)
    seen = version(mandate)
    mandates.change(mandate=mandate, label="baas", seen=seen, by=alida)
    assert str(TimelineEntry.objects.about(mandate.person).first()).endswith("as they call it: “baas”")
    with pytest.raises(Overtaken):
        mandates.change(mandate=mandate, label="chef", seen=seen, by=alida)


def test_a_mistake_is_taken_away(alida):
    mandates.remove(mandate=MandateFactory(), by=alida)
    assert not Mandate.objects.exists()


@pytest.fixture
def joint():
    """The faction of Groen, with two people, went on in a joint one on a day."""
    old = FactionFactory(name="Fractie Groen", party=PartyFactory(name="Groen"))
    line = LineageFactory(
        predecessor=old, successor=FactionFactory(name="Fractie Bond"), kind="joint_faction", happened_on=DAY
    )
    MandateFactory(organisation=old, post=Post.COUNCIL_MEMBER, label="raadslid", from_on=INSTALLED)
    MandateFactory(organisation=old, post=Post.FACTION_STAFF, until_on=datetime.date(2026, 1, 1))
    MandateFactory(organisation=old, over=True)
    return line


def along(line, by, **values):
    return mandates.take_along(
        **{
            "faction": line.predecessor, "to": line.successor, "from_on": DAY, "source": "site van de raad",
            "by": by, **values,
        }
    )  # fmt: skip


def test_the_people_of_a_faction_go_along_to_the_joint_one(alida, joint):
    member, staff, former = joint.predecessor.mandates.order_by("pk")
    along(joint, alida)
    moved = joint.successor.mandates.order_by("pk")
    assert {(m.person, m.post, m.label, m.on_behalf_of, m.from_on, m.until_on, m.source) for m in moved} == {
        (member.person, "council_member", "raadslid", joint.predecessor.party, DAY, None, "site van de raad"),
        (staff.person, "faction_staff", "", None, DAY, datetime.date(2026, 1, 1), "site van de raad"),
    }
    assert [m.until_on for m in joint.predecessor.mandates.order_by("pk")] == [DAY, DAY, former.until_on]
    with pytest.raises(Refused, match="On that day nobody has a role here that they do not have there"):
        along(joint, alida)


def test_they_go_along_also_after_the_faction_ended_with_its_roles(alida, joint):
    organisations.end(organisation=joint.predecessor, ended_on=DAY, roles_too=True, by=alida)
    along(joint, alida)
    assert sorted(joint.successor.mandates.values_list("post", "until_on")) == [
        ("council_member", None),
        ("faction_staff", None),
    ]


def test_on_behalf_of_whom_somebody_sat_goes_along(alida, joint):
    party = PartyFactory()
    joint.predecessor.mandates.filter(post=Post.COUNCIL_MEMBER).update(on_behalf_of=party)
    along(joint, alida)
    assert joint.successor.mandates.get(post=Post.COUNCIL_MEMBER).on_behalf_of == party


def test_they_go_along_only_where_the_faction_went_on_and_with_a_source(alida, joint):
    with pytest.raises(Refused, match="Fractie Groen did not go on in Fractie Ander"):
        along(joint, alida, to=FactionFactory(name="Fractie Ander"))
    with pytest.raises(Invalid) as refusal:
        along(joint, alida, source=" ")
    assert list(refusal.value.errors) == ["source"]
    with pytest.raises(Invalid) as refusal:
        along(joint, alida, from_on=INSTALLED - datetime.timedelta(days=1))
    assert refusal.value.errors == {
        "from_on": "Fractie Bond begins on 30 March 2022. Fill in that day or a later one."
    }
    assert not joint.successor.mandates.exists()
    assert not joint.predecessor.mandates.filter(until_on=DAY).exists()
