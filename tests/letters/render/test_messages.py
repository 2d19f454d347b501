"""A letter as e-mail message."""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import default

import pytest

from letters.render.messages import Attachment, Mail, compose

MAIL = Mail(
    sender_name="Netwerk De Brug",
    sender="post@brug.example",
    to_name="Fractie van de Stadslijst",
    to="fractie@stadslijst.example",
    reply_to="antwoord+abc@brug.example",
    subject="Ontmoeten in de buurt – één verzoek",
    text="Geachte fractie,\n\nWij vragen aandacht voor O'Brien & co.\n",
    html="<p>Geachte fractie,</p><p>Wij vragen aandacht.</p>",
    message_id="<1f2e@brug.example>",
    sent_at=datetime(2025, 7, 29, 10, tzinfo=UTC),
    attachments=(Attachment("Brief 2025-014 K.pdf", "application/pdf", b"%PDF-1.7 brief"),),
)


def read(raw):
    return email.message_from_bytes(raw, policy=default)


def test_the_message_holds_text_html_and_the_letter():
    message = read(compose(MAIL))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert message["Subject"] == MAIL.subject
    assert message["Reply-To"] == "Netwerk De Brug <antwoord+abc@brug.example>"
    assert message.get_body(("plain",)).get_content().splitlines() == MAIL.text.splitlines()
    (letter,) = message.iter_attachments()
    assert (letter.get_filename(), letter.get_content()) == ("Brief 2025-014 K.pdf", b"%PDF-1.7 brief")


def test_the_same_mail_gives_the_same_bytes():
    assert compose(MAIL) == compose(MAIL)


@pytest.mark.parametrize(
    "name", ["Jan\r\nBcc: dief@kwaad.example", 'Jan "de" <x@y.example>', "#set text(99pt)"]
)
def test_a_name_cannot_add_a_header(name):
    message = read(compose(replace(MAIL, to_name=name, subject=name)))
    assert message["Bcc"] is None
    assert message["To"].addresses[0].addr_spec == "fractie@stadslijst.example"
    assert message["Subject"] == " ".join(name.split())


@pytest.mark.parametrize("address", ["geen-adres", "a@b@c\r\n.example", "a b@c.example", "", "@x.example"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="e-mailadres"):
        compose(replace(MAIL, to=address))
