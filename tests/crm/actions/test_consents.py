"""Consent given and withdrawn."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import consents
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import Channel, ConsentEntry, Decision, TimelineEntry, WritingPurpose
from crm.queries import reach
from tests.crm.factories import EmailFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NEWSLETTER = {"purpose": WritingPurpose.NEWSLETTER, "channel": Channel.EMAIL}


@pytest.fixture
def anna():
    person = PersonFactory(family_name="Vries")
    EmailFactory(organisation=None, person=person, purpose="personal")
    return person


def may(person):
    return reach.may_write_to(person, **NEWSLETTER).allowed


def test_yes_no_and_never_decide_what_may_be_sent(anna, alida):
    moment = timezone.now() - datetime.timedelta(days=3)
    consents.grant(
        person=anna, wording="Ja, graag", source="formulier", decided_at=moment, by=alida, **NEWSLETTER
    )
    assert may(anna)
    consents.withdraw(
        person=anna, source="telefoon", decided_at=moment + datetime.timedelta(days=1), by=alida, **NEWSLETTER
    )
    assert not may(anna)
    consents.object_to(
        person=anna, source="brief", by=alida, purpose=WritingPurpose.LETTER, channel=Channel.POST
    )
    assert [entry.decision for entry in ConsentEntry.objects.all()] == ["objected", "withdrawn", "granted"]
    assert str(TimelineEntry.objects.about(anna).first()) == "Anna de Vries asked us not to write (brief)"


def test_a_yes_that_cannot_be_shown_is_none(anna, alida):
    with pytest.raises(Invalid) as refusal:
        consents.grant(person=anna, wording=" ", source="", by=alida, **NEWSLETTER)
    assert sorted(refusal.value.errors) == ["source", "wording"]
    assert not ConsentEntry.objects.exists()


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"source": ""}, ["source"]),
        ({"source": "x", "decided_at": timezone.now() + datetime.timedelta(days=1)}, ["decided_at"]),
        ({"source": "x", "person": None}, ["address"]),
        ({"source": "x", "address": "a@b@c.example"}, ["address"]),
        ({"source": "x", "purpose": "spam"}, ["purpose"]),
    ],
)
def test_values_that_cannot_be_are_refused(anna, alida, values, fields):
    with pytest.raises(Invalid) as refusal:
        consents.withdraw(**{"person": anna, "by": alida, **NEWSLETTER, **values})
    assert list(refusal.value.errors) == fields


def test_an_address_without_a_person_is_kept_in_lower_case(alida):
    entry = consents.withdraw(
        address=" Post@Brug.example", source="link in de nieuwsbrief", by=alida, **NEWSLETTER
    )
    assert (entry.person, entry.address, entry.decision) == (None, "post@brug.example", Decision.WITHDRAWN)


def test_the_same_form_twice_is_one_line(anna, alida):
    consents.withdraw(person=anna, source="telefoon", by=alida, **NEWSLETTER)
    with pytest.raises(AlreadyThere):
        consents.withdraw(person=anna, source="telefoon", by=alida, **NEWSLETTER)


def test_the_ledger_cannot_be_changed(anna, alida):
    entry = consents.withdraw(person=anna, source="telefoon", by=alida, **NEWSLETTER)
    entry.source = "anders"
    with pytest.raises(TypeError):
        entry.save()
