"""What Mailchimp tells us by itself: only from it, once, and at once in the ledger."""

import datetime
import hmac
import time
from hashlib import sha256
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions import subscribers
from campaigns.models import AudienceLink, AudienceMember, HeardEvent, Subscriber, SubscriberState
from crm.actions.action import SYSTEM
from crm.models import ConsentEntry
from tests.campaigns.factories import SubscriberFactory

pytestmark = pytest.mark.django_db
AUDIENCE, KEY = "a1b2c3d4e5", "geheim"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def link(settings):
    settings.MAILCHIMP = {"key": "proef", "host": "", "audience": AUDIENCE}
    return AudienceLink.objects.create(audience=AUDIENCE, webhook_id="1", webhook_secret=KEY)


@pytest.fixture
def anna():
    found = SubscriberFactory(address="anna@lezers.example", first_name="Anna")
    ConsentEntry.objects.update(decided_at=timezone.now() - datetime.timedelta(days=30))
    return found


def told(kind, *, at=None, **data):
    fired_at = (at or timezone.now()).astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")
    data = {"id": "8a25ff1d98", "list_id": AUDIENCE, "email": "anna@lezers.example", **data}
    fields = {"type": kind, "fired_at": fired_at} | {f"data[{name}]": value for name, value in data.items()}
    return urlencode(fields).encode()


def post(link, body, *, moment=None, key=KEY, path="", signature=None):
    moment = int(time.time() if moment is None else moment)
    made = hmac.new(key.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    headers = {"X-Mailchimp-Signature": f"t={moment},v1={made}" if signature is None else signature}
    address = f"/mailchimp/{path or link.path_secret}/"
    return (
        Client(enforce_csrf_checks=True).post(address, body, content_type=FORM, headers=headers).status_code
    )


def state(reader):
    reader.refresh_from_db()
    return reader.state


def test_a_goodbye_is_in_the_ledger_at_once(link, anna):
    assert post(link, told("unsubscribe", action="unsub", reason="manual")) == 200
    assert state(anna) == SubscriberState.LEFT
    entry = ConsentEntry.objects.filter(address=anna.address)[0]
    assert (entry.decision, entry.source) == ("withdrawn", "Mailchimp")
    assert AudienceMember.objects.get().status == "unsubscribed"
    link.refresh_from_db()
    assert link.heard_at is not None


def test_a_complaint_says_so(link, anna):
    post(link, told("unsubscribe", action="unsub", reason="abuse"))
    assert ConsentEntry.objects.filter(address=anna.address)[0].source == "Mailchimp, gemeld als spam"


def test_who_somebody_took_off_the_list_there_did_not_say_no(link, anna):
    post(link, told("unsubscribe", action="delete", reason="manual"))
    assert state(anna) == SubscriberState.SUBSCRIBED
    assert AudienceMember.objects.get().status == "archived"


def test_where_mail_comes_back_nothing_is_sent(link, anna):
    assert post(link, told("cleaned", reason="hard")) == 200
    assert state(anna) == SubscriberState.FAILING


def test_a_name_and_an_address_that_change_there_change_here(link, anna):
    AudienceMember.objects.create(
        link=link, address=anna.address, status="subscribed", first_name="Anna", subscriber=anna
    )
    post(link, told("profile", **{"merges][FNAME": "Annelies"}))
    anna.refresh_from_db()
    assert anna.first_name == "Annelies"
    assert post(link, told("upemail", old_email=anna.address, new_email="anna@nieuw.example")) == 200
    assert [one.address for one in Subscriber.objects.reachable()] == ["anna@nieuw.example"]
    statuses = dict(AudienceMember.objects.values_list("address", "status"))
    assert statuses == {"anna@lezers.example": "archived", "anna@nieuw.example": "subscribed"}


def test_who_signs_up_there_again_is_back_and_who_is_unknown_is_only_noted(link, anna):
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    subscribers.leave(subscriber=anna, source="mail", left_at=hour_ago, by=SYSTEM)
    post(link, told("subscribe"))
    assert state(anna) == SubscriberState.SUBSCRIBED
    post(link, told("subscribe", id="2", email="onbekend@elders.example"))
    assert Subscriber.objects.count() == 1


def test_an_old_message_does_not_undo_a_later_yes(link, anna):
    week_ago = timezone.now() - datetime.timedelta(days=7)
    subscribers.leave(subscriber=anna, source="mail", left_at=week_ago, by=SYSTEM)
    subscribers.add(address=anna.address, wording="Ja", source="formulier", by=SYSTEM)
    assert post(link, told("unsubscribe", at=week_ago)) == 200
    assert state(anna) == SubscriberState.SUBSCRIBED


def test_told_twice_it_counts_once(link, anna):
    body = told("unsubscribe", at=timezone.now() - datetime.timedelta(minutes=1))
    assert [post(link, body) for _time in range(3)] == [200, 200, 200]
    assert ConsentEntry.objects.filter(decision="withdrawn").count() == 1
    assert HeardEvent.objects.count() == 1


@pytest.mark.parametrize(
    "how",
    [
        {"key": "anders"},
        {"signature": ""},
        {"signature": "t=,v1="},
        {"signature": "t=1,v1=é"},
        {"moment": time.time() - 3600},
        {"moment": time.time() + 3600},
    ],
)
def test_what_is_not_signed_by_mailchimp_now_does_nothing(link, anna, how):
    assert post(link, told("unsubscribe"), **how) == 403
    assert state(anna) == SubscriberState.SUBSCRIBED


def test_another_address_of_ours_is_not_there(link, anna):
    assert post(link, told("unsubscribe"), path="anders") == 404
    assert post(link, told("unsubscribe"), path="é") == 404
    assert state(anna) == SubscriberState.SUBSCRIBED


def test_ten_megabytes_are_not_read(link):
    assert post(link, b"x" * 10_000_000) == 413


@pytest.mark.parametrize("body", [b"\xff\xfe", b"type=unsubscribe&fired_at=gisteren", b"a=1&" * 5000])
def test_what_is_no_message_is_said_to_be_none(link, body):
    assert post(link, body) == 400


def test_what_nobody_reads_here_is_thanked_for(link, anna):
    assert post(link, told("campaign")) == 200
    assert post(link, told("unsubscribe", list_id="anders")) == 200
    assert post(link, told("unsubscribe", email="")) == 200
    assert (state(anna), AudienceMember.objects.count()) == (SubscriberState.SUBSCRIBED, 0)


def test_mailchimp_looks_whether_the_address_is_there(link, client):
    assert client.get(f"/mailchimp/{link.path_secret}/").status_code == 200
    assert client.get("/mailchimp/anders/").status_code == 404
    assert client.put(f"/mailchimp/{link.path_secret}/").status_code == 405
