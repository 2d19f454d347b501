"""Who sent a message, and to whom they likely belong."""

import pytest

from crm.models import ContactPoint
from letters.actions import intake
from letters.queries import senders
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
