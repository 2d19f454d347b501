"""Who sent a message, and to whom they likely belong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import ContactPoint, Mandate, Person
from letters.actions import intake
from letters.queries import incoming, senders
from tests.letters.conftest import party
from tests.letters.mails import answer, mail
from tests.letters.stories import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    return send(letter, alida, bram, cor)


def names(raw):
    message, _ = intake.take_in(raw=raw, source="upload", uid=str(hash(raw)))
    found = senders.unknown(message)
    return None if found is None else [str(one) for one in found.organisations]


def test_somebody_at_the_domain_of_an_organisation_likely_belongs_there(sent):
    domain = sent[0].address.partition("@")[2]
    assert names(mail(sender=("Anna", f"Anna@{domain.upper()}"), subject="Vraag")) == ["De Waag"]


def test_a_domain_that_others_use_too_says_nothing(sent):
    one = party("Stadsdorp Parkrand", email="parkrand@post.example")
    assert ContactPoint.objects.filter(value="parkrand@post.example", organisation=one).exists()
    assert names(mail(sender=("Noor", "noor@post.example"), subject="Vraag")) == []
    assert names(mail(sender=("Noor", "noor@gmail.com"), subject="Vraag")) == []


def test_with_whose_letter_it_stands_is_where_they_likely_belong(sent):
    assert names(answer(sent[0], sender=("Anna", "anna@thuis.example"))) == ["De Waag"]


def test_who_is_known_is_not_offered(sent):
    assert names(mail(sender=("Anna", sent[0].address.upper()), subject="Vraag")) is None
    assert names(b"Subject: zonder afzender\r\nDate: x\r\n\r\nhoi") is None


@pytest.fixture
def willem(sent):
    """The chair of an organisation that got a letter of ours; we have no address of him."""
    found = Person.objects.create(given_name="Willem", name_prefix="van der", family_name="Linden")
    Mandate.objects.create(person=found, organisation=sent[0].recipient.organisation, post="chair")
    return found


def guesses(raw):
    placement = incoming.examine(raw).placement
    assert placement.places == ()
    return [(one.thread.name, [reason.code for reason in one.reasons]) for one in placement.guesses]


@pytest.mark.parametrize("name", ["Willem van der Linden", "WILLEM VAN DER LINDEN", "W. van der Linden"])
def test_the_name_of_the_sender_leads_to_where_they_have_a_role(willem, name):
    assert guesses(mail(sender=(name, "willem@elders.example"), subject="Vraag")) == [
        ("De Waag", ["sender_name"])
    ]


@pytest.mark.parametrize("name", ["Wouter van der Linden", "Willem Linden", "Linden", "P. van der Linden"])
def test_another_name_leads_nowhere(willem, name):
    assert guesses(mail(sender=(name, "willem@elders.example"), subject="Vraag")) == []


def test_a_role_that_ended_leads_nowhere(willem):
    Mandate.objects.update(until_on="2020-01-01")
    assert guesses(mail(sender=("Willem van der Linden", "w@elders.example"), subject="Vraag")) == []


def test_the_name_under_the_message_and_the_domain_lead_to_the_organisation(sent):
    raw = mail("Dank.\n\nWillem\nVoorzitter De Waag", sender=("Willem", "w@dewaag.example"), subject="Vraag")
    assert guesses(raw) == [("De Waag", ["name", "named_domain"])]


def test_looking_a_name_up_costs_the_same_in_a_long_address_book(willem, django_assert_num_queries):
    raw = mail(sender=("Willem van der Linden", "w@elders.example"), subject="Vraag")
    with CaptureQueriesContext(connection) as before:
        incoming.examine(raw)
    for number in range(30):
        Person.objects.create(given_name=f"Wim{number}", name_prefix="van der", family_name="Linden")
    with django_assert_num_queries(len(before)):
        incoming.examine(raw)


def test_who_has_the_name_of_somebody_we_know_is_offered_as_that_person(willem):
    message, _ = intake.take_in(
        raw=mail(sender=("Willem van der Linden", "w@elders.example")), source="upload", uid="1"
    )
    found = senders.unknown(message)
    assert [(person, role.title) for person, role in found.namesakes] == [(willem, "voorzitter")]
