"""Sending again and late: what was agreed is what goes, whatever changed since."""

import email
from email.policy import default

import pytest

from crm.actions.action import Refused
from crm.models import OutgoingMessage
from letters.actions import dispatching, enclosures
from letters.models import Dispatch, Recipient
from tests.letters.actions.test_dispatching import new_address
from tests.letters.admin.samples import one_page
from tests.letters.render.reading import words
from tests.letters.stories import all_becomes_different, send

pytestmark = pytest.mark.django_db


def read_mail(dispatch):
    """Sender, address for answers, subject, text and attachments of a message."""
    message = email.message_from_bytes(dispatch.outgoing.raw.read(), policy=default)
    token = dispatch.outgoing.reply_token
    return (
        message["From"],
        message["Reply-To"].replace(token, "token"),
        message["Subject"],
        message.get_body(("plain",)).get_content(),
        [(part.get_filename(), part.get_content()) for part in message.iter_attachments()],
    )


def test_the_message_around_the_same_pdf_says_what_the_first_one_said(letter, alida, bram, cor, parties):
    enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    first = send(letter, alida, bram, cor)[1]
    all_becomes_different()
    point = new_address(parties[1], kind="email", value="bestuur@stadslijst.example")
    again = dispatching.resend(dispatch=Dispatch.objects.get(pk=first.pk), point=point, by=alida)
    assert read_mail(again) == read_mail(first)
    assert "Geachte programmacommissie van de Stadslijst," in read_mail(again)[3]


def test_who_gets_it_late_gets_the_letter_of_that_day(letter, alida, bram, cor, parties):
    enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    first = send(letter, alida, bram, cor)[0]
    all_becomes_different()
    point = new_address(parties[3], kind="email", value="bestuur@zonder.example", purpose="programme")
    made = dispatching.send_late(recipient=gap_of(letter), point=point, by=alida)
    sender, reply_to, _subject, text, files = read_mail(made)
    assert (sender, reply_to) == read_mail(first)[:2]
    assert text == read_mail(first)[3].replace("De Waag", "Zonder Adres")
    assert [name for name, _data in files] == [name for name, _data in read_mail(first)[4]]
    assert words(made.pdf.read()) == words(first.pdf.read()).replace("De Waag", "Zonder Adres")


def gap_of(letter):
    return Recipient.objects.select_related("letter").get(letter=letter, name="Zonder Adres")


def test_a_late_letter_names_for_whom_it_is_by_its_new_address(letter, alida, bram, cor, parties):
    send(letter, alida, bram, cor)
    point = new_address(parties[3], kind="post", street="Kade 9", postcode="1011 AB", town="Brug")
    gap = gap_of(letter)
    made = dispatching.send_late(recipient=gap, point=point, by=alida)
    assert made.address == "Zonder Adres\nt.a.v. het bestuur\nKade 9\n1011 AB  BRUG"
    point.attention = "Piet Post"
    point.save()
    gap.refresh_from_db()
    assert (gap.frozen_words["addressee"], gap.frozen_words["salutation"]) == (
        "t.a.v. het bestuur",
        "Geachte programmacommissie van Zonder Adres",
    )


@pytest.mark.parametrize(
    ("street", "postcode", "why"), [("Kade 9", "12345", "geen postcode"), ("Kade 🌷", "1011 AB", "🌷")]
)
def test_an_address_that_cannot_stand_on_an_envelope_is_refused(
    letter, alida, bram, cor, parties, street, postcode, why
):
    first = send(letter, alida, bram, cor)[0]
    for organisation, again in (
        (parties[0], lambda point: dispatching.resend(dispatch=first, point=point, by=alida)),
        (parties[3], lambda point: dispatching.send_late(recipient=gap_of(letter), point=point, by=alida)),
    ):
        point = new_address(organisation, kind="post", street=street, postcode=postcode, town="Brug")
        with pytest.raises(Refused, match=why):
            again(point)
    assert letter.dispatches.count() == 3


def test_capitals_do_not_make_another_address(letter, alida, bram, cor, parties):
    """Seen while paused: the message that lay ready for the first one would have been written over."""
    first = send(letter, alida, bram, cor)[0]
    dispatching.pause(letter=letter, by=alida)
    point = new_address(parties[1], kind="email", value="PROGRAMMA@waag.example")
    second = letter.dispatches.get(recipient__organisation=parties[1])
    with pytest.raises(Refused, match="al eerder"):
        dispatching.resend(dispatch=second, point=point, by=alida)
    assert Dispatch.objects.get(pk=first.pk).outgoing.raw == first.outgoing.raw


def test_a_resend_that_fails_halfway_leaves_no_message_that_could_leave(
    letter, alida, bram, cor, parties, monkeypatch
):
    first = send(letter, alida, bram, cor)[0]
    point = new_address(parties[0], kind="email", value="bestuur@waag.example")
    before = OutgoingMessage.objects.count()
    monkeypatch.setattr(Dispatch.objects, "create", halfway)
    with pytest.raises(RuntimeError, match="halfway"):
        dispatching.resend(dispatch=first, point=point, by=alida)
    assert OutgoingMessage.objects.count() == before


def halfway(**values):
    raise RuntimeError("halfway")
