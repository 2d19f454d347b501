"""Outgoing mail on screen: what asks for a decision, what waits, what left."""

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.models import OutgoingMessage, OutgoingState
from tests.crm.outbox import queued

from .pages import alert, errors, said, text

pytestmark = pytest.mark.django_db

LIST = reverse("crm:outgoing")
EXPECTED = ["cor@brug.example", "Mail about an account, such as a new password"]


@pytest.fixture
def refused(settings):
    """A mail about a password that the server did not take."""
    settings.EMAIL_BACKEND = "crm.actions.account_mail.OutboxBackend"
    send_mail("Wachtwoord", "Kies een nieuw", "post@netwerk.example", ["cor@brug.example"])
    OutgoingMessage.objects.update(state=OutgoingState.REFUSED, smtp_code=550, smtp_reply="No such user")
    return OutgoingMessage.objects.get()


def settle(message):
    return reverse("crm:outgoing_settle", args=[message.pk])


def test_mail_that_was_refused_is_named_with_its_remedy(member, refused):
    page = text(member.get(LIST))
    said = [*EXPECTED, "The mail server did not take it. Is the address right?", "550 No such user", "Decide"]
    assert [words for words in said if words not in page] == []


def test_a_letter_is_not_asked_about_here_for_it_is_mended_with_the_letter(member):
    queued(1)
    OutgoingMessage.objects.update(state=OutgoingState.REFUSED)
    assert "Nothing waits for a decision" in text(member.get(LIST))


def test_it_is_sent_again_with_a_reason(member, refused):
    without = member.post(settle(refused), {"choice": "resend", "reason": ""})
    assert (without.status_code, list(errors(without))) == (422, ["reason"])
    refused.refresh_from_db()
    assert refused.state == OutgoingState.REFUSED
    answer = member.post(settle(refused), {"choice": "resend", "reason": "adres klopt weer"}, follow=True)
    refused.refresh_from_db()
    assert (refused.state, said(answer)) == (OutgoingState.QUEUED, ["That is settled."])


@pytest.mark.parametrize("choice", ["", "accepted", "explode"])
def test_a_choice_that_it_does_not_have_changes_nothing(member, refused, choice):
    answer = member.post(settle(refused), {"choice": choice, "reason": "zomaar"})
    assert (answer.status_code, alert(answer)) == (422, "Choose what should happen.")
    refused.refresh_from_db()
    assert refused.state == OutgoingState.REFUSED


def test_what_waits_and_what_left_have_lists_of_their_own(member, refused):
    assert "Nothing waits: all mail left." in text(member.get(LIST, {"toon": "wacht"}))
    assert "No mail left yet." in text(member.get(LIST, {"toon": "weg"}))
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    assert [words for words in EXPECTED if words not in text(member.get(LIST, {"toon": "weg"}))] == []
    assert member.get(LIST, {"toon": "iets"}).status_code == 404


def test_only_who_may_change_a_colleague_is_led_to_her_address(client, alida, refused):
    OutgoingMessage.objects.update(envelope_to=alida.email)
    edit = reverse("wagtailusers_users:edit", args=[alida.pk])
    client.force_login(alida)
    assert edit not in client.get(LIST).content.decode()
    alida.is_superuser = True
    alida.save()
    assert edit in client.get(LIST).content.decode()


def test_a_long_list_costs_as_many_queries_as_a_short_one(member):
    counts = []
    for count, batch in ((1, "letter:12"), (30, "letter:13")):
        queued(count, batch=batch)
        OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
        member.get(LIST, {"toon": "weg"})
        with CaptureQueriesContext(connection) as queries:
            member.get(LIST, {"toon": "weg"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
