"""Which address or number to use for what."""

import datetime

import pytest

from crm.models import Channel, Purpose
from crm.queries import contact_points
from tests.crm.factories import EmailFactory, OrganisationFactory, PartyFactory, PersonFactory, PostalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def party():
    return PartyFactory()


def test_a_letter_about_a_programme_goes_to_the_committee_then_the_board_then_the_general_address(party):
    in_order = [
        EmailFactory(organisation=party, purpose=purpose)
        for purpose in (Purpose.PROGRAMME, Purpose.BOARD, Purpose.GENERAL)
    ]
    for point in in_order:
        assert contact_points.best_for(party, Purpose.PROGRAMME) == point
        point.status = "failing"
        point.save()
    assert contact_points.best_for(party, Purpose.PROGRAMME) is None


def test_a_letter_about_a_programme_never_goes_to_the_faction(party):
    faction = EmailFactory(organisation=party, purpose=Purpose.FACTION)
    assert contact_points.best_for(party, Purpose.PROGRAMME) is None
    assert contact_points.best_for(party, Purpose.FACTION) == faction


def test_email_before_post_unless_the_channel_is_asked_for(party):
    post, email = PostalFactory(organisation=party), EmailFactory(organisation=party)
    assert contact_points.best_for(party, Purpose.GENERAL) == email
    assert contact_points.best_for(party, Purpose.GENERAL, Channel.POST) == post


def test_checked_before_unchecked_and_the_latest_check_first(party):
    EmailFactory(organisation=party)
    EmailFactory(organisation=party, confirmed=True, checked_on=datetime.date(2024, 1, 1))
    latest = EmailFactory(organisation=party, confirmed=True, checked_on=datetime.date(2025, 1, 1))
    assert contact_points.best_for(party, Purpose.GENERAL) == latest


@pytest.mark.parametrize("state", ["failing", "withdrawn"])
def test_an_address_that_fails_or_is_no_longer_used_is_never_chosen(party, state):
    EmailFactory(organisation=party, **{state: True})
    assert contact_points.best_for(party, Purpose.GENERAL) is None


def test_a_telephone_number_is_no_address_to_write_to(party):
    EmailFactory(organisation=party, kind=Channel.PHONE, value="020 123 45 67")
    assert contact_points.best_for(party, Purpose.GENERAL) is None


def test_without_a_purpose_any_address_will_do(party):
    programme = EmailFactory(organisation=party, purpose=Purpose.PROGRAMME)
    assert contact_points.for_many([party], purpose=None) == {party.pk: programme}


def test_many_cost_one_query_and_a_gap_stays_a_gap(django_assert_num_queries):
    points = [EmailFactory() for _ in range(10)]
    gap = OrganisationFactory()
    with django_assert_num_queries(1):
        found = contact_points.for_many(
            [*(point.organisation for point in points), gap], purpose=Purpose.GENERAL
        )
    assert found == {point.organisation_id: point for point in points}


def test_a_person_is_written_to_at_work_before_at_home(django_assert_num_queries):
    person = PersonFactory()
    home = EmailFactory(organisation=None, person=person, purpose=Purpose.PERSONAL)
    assert contact_points.for_people([person]) == {person.pk: home}
    work = EmailFactory(organisation=None, person=person, purpose=Purpose.FACTION)
    with django_assert_num_queries(1):
        assert contact_points.for_people([person, PersonFactory.build(pk=0)]) == {person.pk: work}
