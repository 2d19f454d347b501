"""Mail to one of us that comes back through the mailbox: whatever road it came by, nobody finds her links in it."""

import email
import re
from email.policy import default
from html import unescape
from urllib.parse import quote

import pytest
from django.urls import reverse

from crm.actions import one_shot
from crm.models import OutgoingMessage, OutgoingState
from letters.actions import asking, freezing, intake
from letters.models import IncomingMessage
from letters.queries import openly
from tests.crm.factories import FollowUpFactory
from tests.letters.mails import answer, bounce, mail, reply_address
from tests.letters.stories import agree, propose, send

pytestmark = pytest.mark.django_db

LINK = re.compile(r"/akkoord/([\w-]+)/")
SAID = "Dit is mail van Spreekbuis zelf aan een van ons"


@pytest.fixture
def asked(letter, alida, cor):
    """The mail that asks Cor to agree."""
    asking.ask_by_mail(round_=propose(letter, alida))
    return OutgoingMessage.objects.get(envelope_to=cor.email)


def text_of(outgoing):
    message = email.message_from_bytes(outgoing.raw.read(), policy=default)
    return message.get_body(("plain",)).get_content()


def copy(asked):
    return b"Received: by archief.example\r\n" + asked.raw.read()


def written_back(asked):
    quoted = "".join(f"> {line}\n" for line in text_of(asked).splitlines())
    return mail(
        f"Ik kijk er morgen naar.\n\nOp 1 augustus schreef De Brug:\n{quoted}", In_Reply_To=asked.message_id
    )


def broken_off(asked):
    """From another program, that names nothing of ours and breaks the address off in the middle."""
    quoted = text_of(asked).replace("/akkoord/", "/akk\n> oord/")
    return mail(f"Ik kijk er morgen naar.\n\n> {quoted}")


def looked_after(asked):
    """By a mail server that leads every link through a page of its own."""
    url = re.search(r"https?://\S+/akkoord/\S+", text_of(asked))[0]
    wrapped = "https://veilig.example/?url=" + quote(url, safe="")
    return mail(f"<p>Kijk</p><p><a href='{wrapped}'>hier</a></p>").replace(b"text/plain", b"text/html")


def as_file(asked):
    return mail("Zie de bijlage.", files=[("bericht.bin", asked.raw.read(), "application/octet-stream")])


def in_a_large_file(asked):
    """Just where the first million bytes end."""
    url = re.search(r"https?://\S+/akkoord/\S+", text_of(asked))[0].encode()
    return mail(
        "Zie de bijlage.", files=[("x.bin", b" " * (1024 * 1024 - 30) + url, "application/octet-stream")]
    )


def came_back(asked):
    class Sent:
        outgoing, address = asked, asked.envelope_to

    report = bounce(Sent)
    inner = report.index(b"Message-ID: " + asked.message_id.encode())
    return report[:inner] + asked.raw.read() + b"\r\n--=_grens--\r\n"


@pytest.mark.parametrize(
    "road",
    [copy, written_back, broken_off, looked_after, as_file, in_a_large_file, came_back],
    ids=lambda road: road.__name__,
)
def test_a_reader_finds_her_link_nowhere(client, asked, loes, road):
    message = intake.take_in(raw=road(asked), source="imap:INBOX", uid="1")[0]
    secret = LINK.search(text_of(asked))[1]
    client.force_login(loes)
    page = client.get(message.get_absolute_url()).content.decode()
    assert (secret in page, SAID in page) == (False, True)
    assert client.get(reverse("letters:incoming_raw", args=[message.pk])).status_code == 404
    assert reverse("letters:incoming_raw", args=[message.pk]) not in page
    for path in ("1", "2", "3", "1.1", "2.1", "3.1"):
        assert client.get(reverse("letters:incoming_file", args=[message.pk, path])).status_code == 404
    message.refresh_from_db()
    assert secret.casefold() not in f"{message.excerpt} {message.search_text}".casefold()
    shown = {"parked": "", "placed": "?toon=geplaatst", "set_aside": "?toon=weggelegd"}[message.state]
    row = unescape(client.get(reverse("letters:incoming") + shown).content.decode())
    assert (secret in row, SAID in row) == (False, True)


def test_what_she_wrote_above_it_is_read(client, asked, loes):
    message = intake.take_in(raw=written_back(asked), source="imap:INBOX", uid="1")[0]
    client.force_login(loes)
    assert "Ik kijk er morgen naar." in client.get(message.get_absolute_url()).content.decode()


def test_the_buttons_of_her_monday_mail_are_no_more_for_others(client, bram, alida, loes, settings):
    follow_up = FollowUpFactory(words="Bel De Brug", owner=bram)
    link = f"/actie/{one_shot.link_for(follow_up, bram)}/gedaan/"
    text = f"Doe ik morgen!\n\n> 1. Bel De Brug\n>    Gedaan: {settings.BASE_URL}{link}\n"
    raw = mail(text, sender=("Bram", bram.email), subject="Re: maandag: een ding")
    message = intake.take_in(raw=raw, source="imap:INBOX", uid="1")[0]
    client.force_login(loes)
    html = client.get(message.get_absolute_url()).content.decode()
    assert (link in html, "Doe ik morgen!" in html) == (False, True)
    assert client.get(reverse("letters:incoming_raw", args=[message.pk])).status_code == 404


def test_a_link_to_choose_a_password_is_no_more_for_others(client, alida, loes, settings):
    settings.EMAIL_BACKEND = "crm.actions.account_mail.OutboxBackend"
    alida.set_password("een oud wachtwoord")
    alida.save()
    client.post(reverse("wagtailadmin_password_reset"), {"email": alida.email})
    asked = OutgoingMessage.objects.get(envelope_to=alida.email)
    link = re.search(r"/password_reset/confirm/\S+", text_of(asked))[0]
    message = intake.take_in(raw=copy(asked), source="imap:INBOX", uid="1")[0]
    client.force_login(loes)
    assert link not in client.get(message.get_absolute_url()).content.decode()
    assert client.get(reverse("letters:incoming_raw", args=[message.pk])).status_code == 404


def test_what_came_in_before_this_was_minded_is_no_more_for_others(client, asked, loes):
    message = intake.take_in(raw=copy(asked), source="imap:INBOX", uid="1")[0]
    IncomingMessage.objects.update(problems=[])
    message.refresh_from_db()
    client.force_login(loes)
    page = client.get(message.get_absolute_url()).content.decode()
    assert (LINK.search(text_of(asked))[1] in page, SAID in page) == (False, True)
    assert client.get(reverse("letters:incoming_raw", args=[message.pk])).status_code == 404
    assert openly.read(message).text == ""


@pytest.mark.parametrize(
    "write",
    [
        lambda dispatch: answer(dispatch, "Akkoord. Zie https://sp.example/akkoord/2026/ voor ons plan."),
        lambda dispatch: mail("Zie https://sp.example/akkoord/2026/", to=reply_address(dispatch)),
        lambda dispatch: mail(
            "Geheel los hiervan: zie de bijlage.", files=[("plan.pdf", b"%PDF-", "application/pdf")]
        ),
    ],
)
def test_what_others_write_is_shown_whole(client, letter, alida, bram, cor, loes, write):
    dispatch = send(letter, alida, bram, cor)[0]
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    message = intake.take_in(raw=write(dispatch), source="imap:INBOX", uid="1")[0]
    client.force_login(loes)
    page = client.get(message.get_absolute_url()).content.decode()
    assert (SAID in page, "Zie" in page or "zie" in page) == (False, True)
    assert client.get(reverse("letters:incoming_raw", args=[message.pk])).status_code == 200
    for path in re.findall(r"/bestand/([\d.]+)/", page):
        assert client.get(reverse("letters:incoming_file", args=[message.pk, path])).status_code == 200
    assert ("/bestand/" in page) == message.has_attachments


def test_letters_go_to_the_archive_and_what_asks_to_agree_does_not(asked, letter, alida, bram, cor):
    assert not asked.to_archive
    agree(letter, bram, cor)
    dispatches = freezing.freeze(letter=letter, by=alida)
    assert {dispatch.outgoing.to_archive for dispatch in dispatches if dispatch.outgoing} == {True}
