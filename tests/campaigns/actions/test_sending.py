"""Sending a newsletter through the real client and the stand-in: once, and only what was approved."""

import itertools

import pytest

from campaigns.actions import mailings, sending, through_mailchimp
from campaigns.actions.through_mailchimp import ThroughMailchimp
from campaigns.clients.mailchimp import Mailchimp
from campaigns.clients.mailchimp_values import Push
from campaigns.models import Mailing, MailingState, Problem, TrialMail
from campaigns.pages.composing import made
from campaigns.standin.server import Fault
from crm.actions.action import Refused
from tests.campaigns.clients.conftest import AUDIENCE, KEY, standin  # noqa: F401
from tests.campaigns.newsletters import approved, issue, readers

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(standin, settings, monkeypatch):  # noqa: F811
    settings.MAILCHIMP = {"key": KEY, "host": standin.url, "audience": AUDIENCE}
    made_door = Mailchimp(KEY, host=standin.url, pause=lambda _seconds: None)
    monkeypatch.setattr(through_mailchimp.Mailchimp, "from_settings", classmethod(lambda cls: made_door))
    monkeypatch.setitem(sending.BACKENDS, "mailchimp", lambda: ThroughMailchimp(lambda: made_door))
    made_door.push(AUDIENCE, [Push("an@lezers.example", "subscribed")], update=False)
    return made_door


@pytest.fixture
def ready(door, alida, ida):
    readers(3)
    return approved(issue(alida), alida, ida)


def hash_now(mailing):
    return made(mailing.page.specific)[0].content_hash


def let_go(mailing, by, **values):
    return mailings.send(mailing=mailing, content_hash=hash_now(mailing), by=by, **values)


def campaigns(standin):  # noqa: F811
    return list(standin.store.all("campaign"))


def test_what_was_approved_is_sent_to_the_audience_and_stands_on_the_site(ready, alida, standin):  # noqa: F811
    let_go(ready, alida)
    sending.run(ready.pk)
    ready.refresh_from_db()
    assert (ready.state, ready.problem, ready.recipients) == (MailingState.SENT, "", 1)
    [there] = campaigns(standin)
    assert (there["status"], there["settings"]["subject_line"]) == ("sent", "Drie nieuwe ruimtes")
    ready.page.refresh_from_db()
    assert ready.page.live


def test_it_is_let_go_once(ready, alida, ida, standin):  # noqa: F811
    let_go(ready, alida)
    with pytest.raises(Refused, match="al verstuurd"):
        let_go(ready, ida)
    for _time in range(3):
        sending.run(ready.pk)
        sending.run_due()
    assert len(campaigns(standin)) == 1


def test_what_changed_after_approval_is_not_sent(ready, alida):
    page = ready.page.specific
    page.subject = "Iets anders"
    page.save_revision()
    page.save()
    with pytest.raises(Refused, match="gewijzigd"):
        let_go(ready, alida)


def test_who_wrote_it_does_not_approve_it(door, alida, ida):
    readers(1)
    page = issue(alida)
    now = made(page)[0]
    mailing = mailings.ask(page=page, made=now, authors=[alida], blocking=0, by=alida)
    with pytest.raises(Refused, match="schreef mee"):
        mailings.approve(mailing=mailing, content_hash=now.content_hash, by=alida)
    with pytest.raises(Refused, match="nog geen akkoord"):
        let_go(mailing, alida)


def test_what_stands_there_differently_is_not_sent(ready, alida, standin, monkeypatch):  # noqa: F811
    monkeypatch.setattr(Mailchimp, "content", lambda self, pk: ("<p>Oud nieuws</p>", "Oud nieuws"))
    let_go(ready, alida)
    sending.run(ready.pk)
    ready.refresh_from_db()
    assert (ready.state, ready.problem) == (MailingState.STOPPED, Problem.DIFFERS)
    assert campaigns(standin)[0]["status"] == "save"
    monkeypatch.undo()


STEPS = (
    ("GET", "/campaigns"),
    ("POST", "/campaigns"),
    ("PATCH", "/campaigns/"),
    ("PUT", "/content"),
    ("GET", "/content"),
    ("GET", "/send-checklist"),
    ("POST", "/actions/send"),
)
FAULTS = {
    "429 without a body": Fault(429, b""),
    "403 without a body": Fault(403, b""),
    "502 in HTML": Fault(502, b"<html>Bad gateway</html>"),
    "done, and the answer was lost": Fault(0, is_done=True),
    "done, and 502": Fault(502, b"<html>", is_done=True),
    "a dropped connection": Fault(0),
}


# Once at every step, and for long where a second campaign or a second sending would be made.
CASES = {
    f"{' '.join(step)}: {words}, {times}x": (step, fault, times)
    for step in STEPS
    for words, fault in FAULTS.items()
    for times in ((1, 6) if step[1] in ("/campaigns", "/actions/send") and step[0] == "POST" else (1,))
}


@pytest.mark.parametrize(("step", "fault", "times"), CASES.values(), ids=CASES)
def test_whatever_goes_wrong_it_is_sent_once_and_whole(ready, alida, standin, step, fault, times):  # noqa: F811
    left = itertools.count(times, -1)
    method, path = step

    def wrong(asked, at):
        hit = asked == method and (at.endswith(path) if not path.endswith("/") else path in at)
        return fault if hit and next(left) > 0 else None

    standin.fault = wrong
    let_go(ready, alida)
    for _time in range(12):
        sending.run(ready.pk)
        ready.refresh_from_db()
        if ready.state == MailingState.STOPPED:
            mailings.resume(mailing=ready, by=alida)
        if ready.state == MailingState.SENT:
            break
    assert ready.state == MailingState.SENT
    sent = [one for one in campaigns(standin) if one["status"] in ("sent", "sending")]
    assert len(sent) == 1
    assert Mailing.objects.get().uploaded_hash


def test_a_test_goes_to_the_addresses_alone_and_leaves_nothing_behind(door, alida, standin):  # noqa: F811
    page = issue(alida)
    now = made(page)[0]
    mailings.test(page=page, made=now, addresses="an@netwerk.example, bo@netwerk.example", by=alida)
    [test] = TrialMail.objects.all()
    sending.run_test(test.pk)
    sending.run_test(test.pk)
    test.refresh_from_db()
    assert (test.problem, test.sent_at is not None, campaigns(standin)) == ("", True, [])
    asked = [one.body for one in standin.seen if one.path.endswith("/actions/test")]
    assert [one["test_emails"] for one in asked] == [["an@netwerk.example", "bo@netwerk.example"]]
