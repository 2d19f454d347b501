"""Mail that a service posts: only with the secret, once, and refused with plain codes."""

import base64
import json
import time
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from letters.actions import intake
from letters.inbound import posted as posting
from letters.models import IncomingMessage
from tests.letters.inbound.test_posted import form, signature
from tests.letters.mails import answer
from tests.letters.stories import send

pytestmark = pytest.mark.django_db

URL = reverse("letters_public:incoming_mail")
PASSWORD, KEY = "een-lang-wachtwoord", "sleutel-van-de-dienst"


@pytest.fixture
def sent(letter, alida, bram, cor, settings):
    settings.INBOUND_PASSWORD, settings.INBOUND_SIGNING_KEY = PASSWORD, KEY
    return send(letter, alida, bram, cor)


@pytest.fixture
def client(client):
    """Somebody without a session, as a service is; a missing token of a form would be refused."""
    client.handler.enforce_csrf_checks = True
    return client


def basic(password=PASSWORD, name="postmark"):
    return f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"


def post(client, body, content_type="message/rfc822", **headers):
    return client.generic("POST", URL, body, content_type=content_type, headers=headers).status_code


def signed(raw, key=KEY, ago=0):
    moment = str(int(time.time()) - ago)
    fields = {"timestamp": moment.encode(), "token": b"abc"}
    return form({**fields, "signature": signature(f"{moment}abc", key).encode(), "body-mime": raw})


def test_what_is_posted_comes_in_once_and_stands_with_its_letter(client, sent):
    raw = answer(sent[0])
    assert post(client, raw, authorization=basic()) == 200
    body = json.dumps({"RawEmail": raw.decode()}).encode()
    assert post(client, body, "application/json", authorization=basic()) == 200
    assert post(client, signed(raw), "multipart/form-data; boundary=xYz") == 200
    (message,) = IncomingMessage.objects.all()
    assert (message.state, message.raw.read()) == ("placed", raw)
    # Once by the password, once by a signature.
    assert [one.source for one in message.sightings.all()] == ["webhook", "webhook"]
    intake.take_in(raw=raw, source="imap:INBOX", uid="1")
    assert IncomingMessage.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    ["", basic("fout-wachtwoord-hier"), "Basic %%%", f"Bearer {PASSWORD}", basic(""), "Basic YQ=="],
)
def test_without_the_password_nothing_comes_in(client, sent, given):
    response = client.generic(
        "POST", URL, answer(sent[0]), content_type="message/rfc822", headers={"authorization": given}
    )
    assert (response.status_code, response.headers["WWW-Authenticate"][:5]) == (401, "Basic")
    assert IncomingMessage.objects.count() == 0


def test_a_signature_of_another_counts_for_nothing(client, sent, settings):
    raw, kind = answer(sent[0]), "multipart/form-data; boundary=xYz"
    assert post(client, signed(raw, "andere-sleutel-dan-deze"), kind) == 401
    assert post(client, form({"body-mime": raw}), kind) == 401
    assert post(client, signed(raw, ago=24 * 3600), kind) == 401
    settings.INBOUND_SIGNING_KEY = ""
    assert post(client, signed(raw), kind) == 401
    settings.INBOUND_PASSWORD = ""
    settings.INBOUND_SIGNING_KEY = KEY
    assert post(client, raw, authorization=basic("")) == 401
    assert IncomingMessage.objects.count() == 0


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=xYz", "application/x-www-form-urlencoded"])
def test_a_signature_that_was_overheard_lets_no_other_message_in(client, sent, kind):
    moment = str(int(time.time()))

    def posted(raw, at=moment, token="abc"):
        fields = {"timestamp": at, "token": token, "signature": signature(f"{at}{token}", KEY)}
        if "multipart" in kind:
            return form({**{name: value.encode() for name, value in fields.items()}, "body-mime": raw})
        return urlencode({**fields, "body-mime": raw}).encode()

    first, other = answer(sent[0]), answer(sent[0], "Heel iets anders.")
    assert post(client, posted(first), kind) == 200
    assert post(client, posted(first), kind) == 200
    assert post(client, posted(other), kind) == 401
    # The same signature, with its moment and token parted elsewhere.
    assert post(client, posted(other, moment[:-1], f"{moment[-1]}abc"), kind) == 401
    assert IncomingMessage.objects.get().raw.read() == first
    assert post(client, posted(other, token="def"), kind) == 200
    # Nor one for much later.
    assert post(client, posted(answer(sent[0], "Nog iets."), str(int(moment) + 3600)), kind) == 401


def test_without_a_signature_nothing_else_of_a_form_is_decoded(client, sent, monkeypatch):
    monkeypatch.setattr(posting, "read", None)
    body = b"a=%41&" * 1000 + b"body-mime=x"
    assert post(client, body, "application/x-www-form-urlencoded") == 401


def test_what_cannot_be_taken_in_is_refused_with_a_plain_code(client, sent, monkeypatch):
    assert post(client, b"%PDF-1.7", "application/pdf", authorization=basic()) == 415
    assert post(client, b"Beste mensen", authorization=basic()) == 400
    assert post(client, b"{}", "application/json", authorization=basic()) == 400
    monkeypatch.setattr(intake, "LARGEST", 100)
    assert post(client, answer(sent[0]), authorization=basic()) == 413
    assert client.get(URL).status_code == 405
    assert IncomingMessage.objects.count() == 0


def test_a_large_message_is_no_trouble(client, sent):
    raw = answer(sent[0], files=[("verslag.pdf", bytes(6_000_000), "application/pdf")])
    assert post(client, signed(raw), "multipart/form-data; boundary=xYz") == 200
    assert IncomingMessage.objects.get().raw.read() == raw


def test_without_a_secret_there_is_no_such_address(client, settings, letterhead):
    settings.INBOUND_PASSWORD = settings.INBOUND_SIGNING_KEY = ""
    assert post(client, b"From: a@b.example\r\nSubject: x\r\n\r\n", authorization=basic()) == 404
