"""Roles that people hold, begin and end."""

import datetime

import pytest

from crm.actions import mandates
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import Mandate, OrganisationKind, Post, TimelineEntry
from tests.crm.factories import (
    FactionFactory,
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
