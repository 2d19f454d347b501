"""The local mailbox on screen: letters for everybody, personal mail for her alone."""

import pytest
from django.core.mail.message import EmailMessage
from django.urls import reverse

from crm.clients.mailbox import Maildir

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(alida, loes, settings):
    """One message to a party, one to Alida and one to Loes; the key of each."""
    settings.SMTP_IS_LOCAL = True
    box = Maildir(settings.LOCAL_MAILBOX)
    found = {}
    for name, address in (
        ("party", "post@brug.example"),
        ("alida", alida.email),
        ("loes", loes.email.upper()),
    ):
        mail = EmailMessage(f"Voor {name}", "Tekst", "post@netwerk.example", [f"Iemand <{address}>"])
        found[name] = box.add(mail.message().as_bytes(linesep="\r\n"))
    return found


def test_everybody_reads_letters_and_her_own_mail_and_nobody_elses(client, alida, keys):
    client.force_login(alida)
    html = client.get(reverse("local_mailbox")).content.decode()
    assert [name for name in keys if f"Voor {name}" in html] == ["party", "alida"]
    answers = {
        name: client.get(reverse("local_mailbox_message", args=[key])).status_code
        for name, key in keys.items()
    }
    assert answers == {"party": 200, "alida": 200, "loes": 404}
    assert client.get(reverse("local_mailbox_file", args=[keys["loes"], 0])).status_code == 404


def test_the_hour_is_that_of_amsterdam(client, alida, settings):
    settings.SMTP_IS_LOCAL = True
    Maildir(settings.LOCAL_MAILBOX).add(
        b"From: post@netwerk.example\r\nTo: post@brug.example\r\nSubject: Wachtwoord\r\n"
        b"Date: Tue, 29 Jul 2025 08:45:00 -0000\r\n\r\nTekst\r\n"
    )
    client.force_login(alida)
    assert "10.45" in client.get(reverse("local_mailbox")).content.decode()
