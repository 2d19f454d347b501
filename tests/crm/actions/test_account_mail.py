"""A forgotten password: the mail waits in the outbox, with a link that works."""

import re
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage, send_mail
from django.urls import reverse

from crm.actions.action import Refused
from crm.models import OutgoingMessage, OutgoingState

pytestmark = pytest.mark.django_db
BACKEND = "crm.actions.account_mail.OutboxBackend"


@pytest.fixture(autouse=True)
def outbox(settings):
    """Tests replace the way mail leaves by a list in memory; here it is about the real one."""
    settings.EMAIL_BACKEND = BACKEND


def parsed(message):
    return message_from_bytes(message.raw.read(), policy=policy.default)


def test_who_forgot_her_password_gets_a_link_that_lets_her_choose_another(client, alida):
    alida.set_password("een oud wachtwoord")
    alida.save()
    client.post(reverse("wagtailadmin_password_reset"), {"email": alida.email})
    message = OutgoingMessage.objects.get()
    assert (message.envelope_to, message.state) == (alida.email, OutgoingState.QUEUED)
    link = re.search(r"https?://[^/]+(/\S+)", parsed(message).get_content())[1]
    form = client.get(link, follow=True)
    client.post(
        form.request["PATH_INFO"],
        {"new_password1": "een nieuw wachtwoord", "new_password2": "een nieuw wachtwoord"},
    )
    alida.refresh_from_db()
    assert alida.check_password("een nieuw wachtwoord")


def test_every_recipient_gets_a_message_of_her_own_with_the_words_as_they_are():
    words = "Beste Zoë,\n.een punt vooraan\n" + "lang " * 400
    assert send_mail("Hé", words, None, ["zoe@netwerk.example", "bram@netwerk.example"]) == 2
    rows = OutgoingMessage.objects.order_by("pk")
    assert [row.envelope_to for row in rows] == ["zoe@netwerk.example", "bram@netwerk.example"]
    assert [parsed(row)["Message-ID"] for row in rows] == [row.message_id for row in rows]
    assert [parsed(row).get_content().split() for row in rows] == [words.split()] * 2


def test_an_address_that_cannot_be_is_refused_in_words():
    def message():
        return EmailMessage("Onderwerp", "Tekst", to=["alida@@netwerk.example"])

    with pytest.raises(Refused) as caught:
        message().send()
    assert "alida@@netwerk.example" in str(caught.value)
    assert message().send(fail_silently=True) == 0
    assert not OutgoingMessage.objects.exists()
