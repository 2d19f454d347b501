"""People: added, changed and removed."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import people
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import Person, TimelineEntry
from tests.crm.factories import ConsentFactory, EmailFactory, MandateFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_one_line_is_enough(alida):
    made = people.add(name="mevr. A. van der Berg", by=alida)
    parts = (made.given_name, made.initials, made.name_prefix, made.family_name, made.gender)
    assert parts == ("", "A.", "van der", "Berg", "f")
    assert made.sort_name == "berg a van der"


def test_what_is_given_beside_the_line_wins(alida):
    made = people.add(name="A. de Vries", given_name="Anna", source="eigen site", tags=["warm"], by=alida)
    assert (str(made), made.initials, made.source) == ("Anna de Vries", "A.", "eigen site")
    assert [tag.name for tag in made.tags.all()] == ["warm"]


def test_somebody_of_the_same_name_is_pointed_out(alida):
    there = PersonFactory(given_name="Anna", family_name="Vries")
    with pytest.raises(AlreadyThere) as refusal:
        people.add(name="anna de vries", by=alida)
    assert refusal.value.existing == there
    people.add(name="Anna de Vries", another=True, by=alida)
    people.add(name="Els de Vries", by=alida)
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "family_name"),
        ({"name": "   "}, "family_name"),
        ({"family_name": "Vries\nBcc: x@y.example"}, "family_name"),
        ({"family_name": "{{ x }}"}, "family_name"),
        ({"given_name": "A" * 500, "family_name": "Vries"}, "given_name"),
        ({"family_name": "Vries", "informed_on": datetime.date(2999, 1, 1)}, "informed_on"),
        ({"family_name": "Vries", "gender": "q"}, "gender"),
    ],
)
def test_values_that_cannot_be_are_refused_beside_their_field(alida, values, field):
    with pytest.raises(Invalid) as refusal:
        people.add(by=alida, **values)
    assert list(refusal.value.errors) == [field]
    assert not Person.objects.exists()


def test_a_change_is_told_and_a_stale_one_refused(alida):
    person = PersonFactory(family_name="Vries")
    seen = version(person)
    people.change(person=person, do_not_contact=True, family_name="Fries", seen=seen, by=alida)
    assert str(TimelineEntry.objects.about(person).first()) == (
        "Alida de Test changed Anna de Fries: do not write: “no” became “yes”; family name: “Vries” became “Fries”"
    )
    with pytest.raises(Overtaken):
        people.change(person=person, family_name="Vriesema", seen=seen, by=alida)


def test_somebody_with_a_role_is_not_removed(alida):
    mandate = MandateFactory()
    with pytest.raises(Refused, match="1 mandate would be lost"):
        people.remove(person=mandate.person, by=alida)


def test_who_said_something_about_consent_is_not_removed_here(alida):
    with pytest.raises(Refused, match="1 consent would be lost"):
        people.remove(person=ConsentFactory().person, by=alida)


def test_a_mistake_is_removed_and_the_line_does_not_name_them(alida):
    person = PersonFactory(family_name="Zonderling")
    EmailFactory(organisation=None, person=person)
    people.remove(person=person, by=alida)
    assert not Person.objects.exists()
    assert [str(entry) for entry in TimelineEntry.objects.all()] == ["Alida de Test removed a person"]


def test_a_form_that_is_sent_twice_is_recognised(alida, loes):
    made = people.add(name="Anna de Vries", by=alida)
    assert people.recently_added(made, by=alida)
    assert not people.recently_added(made, by=loes)
    TimelineEntry.objects.update(happened_at=timezone.now() - datetime.timedelta(minutes=5))
    assert not people.recently_added(made, by=alida)
