"""The Mailchimp door in front of the stand-in: what comes back, and what it says when something goes wrong."""

import datetime

import pytest

from campaigns.clients.mailchimp import BATCH, Mailchimp, member_id
from campaigns.clients.mailchimp_answers import (
    BadKey,
    Busy,
    Forbidden,
    NotConnected,
    NotFound,
    Refused,
    Uncertain,
    Unreachable,
)
from campaigns.clients.mailchimp_transport import TRIES, is_repeatable
from campaigns.clients.mailchimp_values import Push
from campaigns.standin.mailings import next_quarter
from campaigns.standin.server import Fault

from .conftest import AUDIENCE, KEY

HTML = '<p>Hallo <a href="https://netwerk.example/een">een</a> <a href="*|UNSUB|*">uit</a></p>'
VALUES = {
    "title": "November",
    "subject_line": "Nieuws",
    "preview_text": "Kort",
    "from_name": "Netwerk",
    "reply_to": "info@netwerk.example",
}


def subscribers(count, **values):
    return [Push(f"lezer{number}@brug.example", "subscribed", "Ada", **values) for number in range(count)]


def made(mailchimp, group=None):
    campaign = mailchimp.create_campaign(audience=AUDIENCE, group=group, values=VALUES, opens=False)
    mailchimp.put_content(campaign.id, html=HTML, text="Hallo")
    return campaign


def test_the_account_and_the_audience_say_who_they_are(mailchimp):
    mailchimp.push(AUDIENCE, subscribers(3), update=False)
    assert mailchimp.account().subscribers == 3
    found = mailchimp.audience(AUDIENCE)
    assert (found.name, found.subscribed) == ("Nieuwsbrief", 3)
    assert mailchimp.merge_tags(AUDIENCE) == {"FNAME"}
    assert mailchimp.authenticated_domains() == {"netwerk.example"}


def test_what_is_pushed_is_there_and_what_is_not_taken_is_named(mailchimp):
    good = Push("ada@brug.example", "subscribed", "Ada")
    pushed = mailchimp.push(AUDIENCE, [good, Push("geen adres", "subscribed")], update=False)
    assert (pushed.created, pushed.updated, list(pushed.errors)) == (1, 0, ["geen adres"])
    again = mailchimp.push(AUDIENCE, [good], update=False)
    assert again.errors["ada@brug.example"].endswith("is already a list member.")
    (page,) = mailchimp.members(AUDIENCE)
    assert [(one.email, one.status, one.first_name) for one in page] == [
        ("ada@brug.example", "subscribed", "Ada")
    ]


def test_members_come_a_thousand_at_a_time_and_only_what_changed_since(mailchimp, standin):
    for start in range(0, 1200, 400):
        mailchimp.push(AUDIENCE, [
            Push(f"lezer{number}@brug.example", "subscribed") for number in range(start, start + 400)
        ], update=False)  # fmt: skip
    assert [len(page) for page in mailchimp.members(AUDIENCE)] == [1000, 200]
    later = standin.store.now() + datetime.timedelta(seconds=5)
    assert [len(page) for page in mailchimp.members(AUDIENCE, since=later)] == [0]
    standin.seen.clear()
    assert [len(page) for page in mailchimp.members(AUDIENCE, since=later)] == [0]
    assert len(standin.seen) == 1


def test_who_left_by_herself_is_not_brought_back(mailchimp):
    mailchimp.push(AUDIENCE, [Push("ada@brug.example", "unsubscribed")], update=False)
    pushed = mailchimp.push(AUDIENCE, [Push("ada@brug.example", "subscribed")], update=True)
    assert "compliance state" in pushed.errors["ada@brug.example"]


def test_an_address_changes_and_is_erased_for_good(mailchimp):
    mailchimp.push(AUDIENCE, [Push("ada@brug.example", "subscribed", "Ada")], update=False)
    mailchimp.change_address(AUDIENCE, "ada@brug.example", "ada.nieuw@brug.example")
    (page,) = mailchimp.members(AUDIENCE)
    assert [one.email for one in page] == ["ada.nieuw@brug.example"]
    for _twice in range(2):
        mailchimp.erase(AUDIENCE, "Ada.Nieuw@brug.example")
    pushed = mailchimp.push(AUDIENCE, [Push("ada.nieuw@brug.example", "subscribed")], update=False)
    assert "permanently deleted" in pushed.errors["ada.nieuw@brug.example"]


def test_groups_are_made_once_and_reach_who_is_in_them(mailchimp, standin):
    assert mailchimp.groups(AUDIENCE, "Spreekbuis") == {}
    group = mailchimp.add_group(AUDIENCE, "Spreekbuis", "Noord")
    assert mailchimp.groups(AUDIENCE, "Spreekbuis") == {"Noord": group}
    (category,) = standin.store.all("category", place=AUDIENCE)
    mailchimp.push(AUDIENCE, subscribers(2, interests={group: True}), update=False)
    mailchimp.push(AUDIENCE, [Push("bob@brug.example", "subscribed")], update=False)
    assert made(mailchimp, (category["id"], group)).recipients == 2
    assert made(mailchimp).recipients == 3


def test_a_mailing_is_read_back_tested_and_sent_once(mailchimp, standin):
    mailchimp.push(AUDIENCE, subscribers(8), update=False)
    campaign = made(mailchimp)
    assert mailchimp.content(campaign.id) == (HTML, "Hallo")
    ready, items = mailchimp.checklist(campaign.id)
    assert (ready, {one.kind for one in items}) == (True, {"success"})
    mailchimp.send_test(campaign.id, ["alida@brug.example"])
    mailchimp.send(campaign.id)
    after = mailchimp.campaign(campaign.id)
    assert (after.status, after.sent) == ("sent", 8)
    with pytest.raises(Refused, match="sent"):
        mailchimp.send(campaign.id)
    assert standin.store.get("campaign", campaign.id)["times_sent"] == 1
    report = mailchimp.report(campaign.id)
    assert (report.sent, report.readers_clicked) == (8, 1)
    assert [one.url for one in mailchimp.clicks(campaign.id)] == ["https://netwerk.example/een"]


def test_an_empty_mailing_is_not_ready(mailchimp):
    campaign = mailchimp.create_campaign(audience=AUDIENCE, group=None, values=VALUES, opens=False)
    assert mailchimp.checklist(campaign.id)[0] is False
    with pytest.raises(Refused):
        mailchimp.send(campaign.id)


def test_a_mailing_waits_for_a_quarter_of_an_hour(mailchimp, standin):
    mailchimp.push(AUDIENCE, subscribers(1), update=False)
    campaign = made(mailchimp)
    moment = next_quarter(standin.store.now() + datetime.timedelta(hours=1))
    with pytest.raises(Refused, match="quarter"):
        mailchimp.schedule(campaign.id, moment + datetime.timedelta(minutes=1))
    mailchimp.schedule(campaign.id, moment)
    assert mailchimp.campaign(campaign.id).send_at == moment
    mailchimp.unschedule(campaign.id)
    assert mailchimp.campaign(campaign.id).status == "save"
    assert [one.title for one in mailchimp.campaigns(since=moment - datetime.timedelta(days=1))] == [
        "November"
    ]
    mailchimp.delete_campaign(campaign.id)
    mailchimp.delete_campaign(campaign.id)
    assert mailchimp.campaigns(since=moment - datetime.timedelta(days=1)) == []


def test_webhooks_are_made_with_a_secret_and_taken_away(mailchimp):
    webhook, secret = mailchimp.add_webhook(AUDIENCE, "https://netwerk.example/mailchimp/geheim")
    assert (len(secret) > 20, mailchimp.webhooks(AUDIENCE)) == (True, [webhook])
    for _twice in range(2):
        mailchimp.delete_webhook(AUDIENCE, webhook.id)
    assert mailchimp.webhooks(AUDIENCE) == []


@pytest.mark.parametrize(("key", "error"), [("", NotConnected), ("zonder-", BadKey), ("zonder", BadKey)])
def test_what_is_no_key_is_told_at_once(key, error):
    with pytest.raises(error):
        Mailchimp(key)


def test_a_wrong_key_and_an_unknown_audience_are_named(standin, mailchimp):
    with pytest.raises(BadKey):
        Mailchimp("fout-us21", host=standin.url).account()
    with pytest.raises(NotFound):
        mailchimp.audience("weg")


def failing(standin, fault, times=99):
    """The next requests go wrong like this."""
    left = [fault] * times
    standin.fault = lambda _method, _path: left.pop() if left else None


@pytest.mark.parametrize(
    "fault",
    [Fault(429), Fault(403), Fault(503), Fault(502, b"<html>Bad gateway</html>"), Fault(504), Fault()],
    ids=lambda fault: str(fault.status or "dropped"),
)
def test_what_passes_is_tried_again_and_nobody_notices(standin, mailchimp, fault):
    failing(standin, fault, TRIES - 1)
    assert mailchimp.audience(AUDIENCE).name == "Nieuwsbrief"
    failing(standin, fault, TRIES - 1)
    assert mailchimp.push(AUDIENCE, subscribers(BATCH), update=True).created == BATCH


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(429), Busy),
        (Fault(403), Busy),
        (Fault(403, b'{"detail": "Account locked"}'), Forbidden),
        (Fault(502, b"<html>Bad gateway</html>"), Busy),
        (Fault(), Unreachable),
        (Fault(400, b'{"detail": "Nee", "errors": [{"field": "x", "message": "y"}]}'), Refused),
        (Fault(400), Refused),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_stays_wrong_is_an_error_that_says_what_to_do(standin, mailchimp, fault, error):
    failing(standin, fault)
    with pytest.raises(error):
        mailchimp.account()


@pytest.mark.parametrize("is_done", [True, False], ids=["done", "not done"])
@pytest.mark.parametrize("status", [0, 502, 504], ids=str)
def test_what_lets_a_mailing_go_is_asked_once(standin, mailchimp, status, is_done):
    mailchimp.push(AUDIENCE, subscribers(1), update=False)
    campaign = made(mailchimp)
    failing(standin, Fault(status, is_done=is_done), 1)
    standin.seen.clear()
    with pytest.raises(Uncertain):
        mailchimp.send(campaign.id)
    assert len(standin.seen) == 1
    assert mailchimp.campaign(campaign.id).status == ("sent" if is_done else "save")


def test_one_that_was_turned_away_may_be_asked_again(standin, mailchimp):
    mailchimp.push(AUDIENCE, subscribers(1), update=False)
    campaign = made(mailchimp)
    failing(standin, Fault(429), 2)
    mailchimp.send(campaign.id)
    assert standin.store.get("campaign", campaign.id)["times_sent"] == 1


def test_nobody_there_is_unreachable_and_never_uncertain():
    nowhere = Mailchimp(KEY, host="http://127.0.0.1:9/3.0", pause=lambda _seconds: None)
    for ask in (nowhere.account, lambda: nowhere.send("x")):
        with pytest.raises(Unreachable):
            ask()


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/campaigns", True),
        ("PUT", "/campaigns/x/content", True),
        ("POST", "/lists/a1b2", True),
        ("POST", "/lists/a1b2?x=1", True),
        ("POST", "/campaigns", False),
        ("POST", "/campaigns/x/actions/send", False),
        ("POST", "/lists/a1b2/webhooks", False),
        ("POST", "/lists/a1b2/interest-categories", False),
    ],
)
def test_what_may_be_asked_twice(method, path, expected):
    assert is_repeatable(method, f"https://us21.api.mailchimp.com/3.0{path}") is expected


def test_an_address_is_named_by_its_lower_case():
    assert member_id("Ada@Brug.example") == member_id("ada@brug.example")


def test_a_path_with_the_word_server_stays_as_it_is(standin, mailchimp):
    with pytest.raises(NotFound):
        mailchimp.audience("server")
    assert standin.seen[-1].path == "/lists/server"
