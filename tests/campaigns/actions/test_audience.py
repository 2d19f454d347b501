"""Keeping the audience at Mailchimp: what is brought there, what wins, and when a person has to look."""

import datetime

import pytest
from django.utils import timezone

from campaigns.actions import audience, subscribers
from campaigns.models import (
    AudienceLink,
    AudienceMember,
    Subscriber,
    SubscriberState,
    SyncRun,
)
from campaigns.queries import audience as queries
from crm.actions.action import SYSTEM, Refused
from crm.models import ConsentEntry, ContactPoint, ContactStatus, Segment
from tests.campaigns.factories import NewsletterGroupFactory, SubscriberFactory
from tests.crm.factories import PartyFactory, PersonFactory

from .conftest import AUDIENCE

pytestmark = pytest.mark.django_db
YES = {"wording": "Ja, ik wil de nieuwsbrief.", "source": "formulier"}


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def said_long_ago():
    """Every yes so far is a month old."""
    ConsentEntry.objects.update(decided_at=days_ago(30))


def link():
    return AudienceLink.objects.get()


def test_readers_are_brought_there_once(there):
    noord = NewsletterGroupFactory(name="Noord")
    anna = SubscriberFactory(address="anna@lezers.example", first_name="Anna")
    SubscriberFactory(address="bo@lezers.example", left=True)
    anna.groups.add(noord)
    run = there.sync()
    noord.refresh_from_db()
    assert (run.state, run.plan["new"], run.done) == ("done", 1, {"new": 1})
    assert there.statuses() == {"anna@lezers.example": "subscribed"}
    assert there.member("anna@lezers.example")["merge_fields"] == {"FNAME": "Anna"}
    held = there.member("anna@lezers.example")["interests"]
    assert held == {noord.remote_id: True, link().marker_id: True}
    there.server.seen.clear()
    assert there.sync().done == {}
    assert there.asked == ["GET /members"]


def test_only_the_address_the_first_name_and_groups_leave(there):
    SubscriberFactory(person=PersonFactory(family_name="Geheim"))
    there.sync()
    pushed = [one.body for one in there.server.seen if one.method == "POST" and "members" in one.body]
    assert {field for body in pushed for one in body["members"] for field in one} == {
        "email_address", "status", "language", "merge_fields", "interests",
    }  # fmt: skip
    assert "Geheim" not in str(pushed)


def test_another_name_is_one_request_beside_the_question(there):
    anna = SubscriberFactory()
    there.sync()
    subscribers.change(subscriber=anna, first_name="Anneke", groups=[], by=SYSTEM)
    there.server.seen.clear()
    run = there.sync()
    assert (run.plan["changed"], run.plan["names"]) == (1, 1)
    assert there.asked == ["GET /members", "POST "]
    assert there.member(anna.address)["merge_fields"]["FNAME"] == "Anneke"


def test_a_goodbye_there_wins_and_is_in_the_ledger_at_once(there):
    anna = SubscriberFactory()
    said_long_ago()
    there.sync()
    there.put(anna.address, "unsubscribed")
    run = there.sync()
    anna.refresh_from_db()
    assert (anna.state, run.landed) == (SubscriberState.LEFT, {"left": 1})
    entry = ConsentEntry.objects.filter(address=anna.address)[0]
    assert (entry.decision, entry.source) == ("withdrawn", "Mailchimp")
    assert there.status(anna.address) == "unsubscribed"


def test_a_goodbye_here_is_taken_there(there):
    anna = SubscriberFactory()
    there.sync()
    subscribers.leave(subscriber=anna, source="belde", by=SYSTEM)
    assert there.sync().done == {"withdrawn": 1}
    assert there.status(anna.address) == "unsubscribed"


def test_who_is_only_known_there_is_left_alone(there):
    there.put("onbekend@elders.example", "subscribed")
    run = there.sync()
    assert (run.done, run.plan["kept"]) == ({}, {"there": 1})
    assert there.status("onbekend@elders.example") == "subscribed"


def test_who_left_there_comes_back_only_after_a_later_yes_and_is_asked(there):
    anna = SubscriberFactory()
    said_long_ago()
    there.sync()
    there.put(anna.address, "unsubscribed")
    there.sync()
    assert there.sync().done == {}
    subscribers.add(address=anna.address, **YES, by=SYSTEM)
    assert there.sync().done == {"asked": 1}
    assert there.status(anna.address) == "pending"
    assert there.sync().done == {}


def test_a_yes_from_before_the_goodbye_brings_nobody_back(there):
    there.put("anna@lezers.example", "unsubscribed")
    anna = SubscriberFactory(address="anna@lezers.example")
    said_long_ago()
    there.sync()
    anna.refresh_from_db()
    assert (anna.state, there.status(anna.address)) == (SubscriberState.LEFT, "unsubscribed")


def test_where_mail_comes_back_nothing_is_sent_and_the_address_is_marked(there):
    anna = SubscriberFactory()
    point = ContactPoint.objects.create(person=PersonFactory(), kind="email", value=anna.address.title())
    said_long_ago()
    there.sync()
    there.put(anna.address, "cleaned")
    assert there.sync().landed == {"failing": 1}
    anna.refresh_from_db()
    point.refresh_from_db()
    assert (anna.state, point.status) == (SubscriberState.FAILING, ContactStatus.FAILING)


def test_a_reader_who_moves_stays_the_same_member(there):
    anna = SubscriberFactory()
    there.sync()
    before = anna.address
    subscribers.move(subscriber=anna, address="anna@nieuw.example", source="mail", by=SYSTEM)
    assert there.sync().done == {"moved": 1}
    assert there.statuses() == {"anna@nieuw.example": "subscribed"}
    assert not AudienceMember.objects.filter(address=before).exists()


def test_an_address_that_is_not_taken_is_explained_and_not_offered_again(there):
    bad = SubscriberFactory(address="noreply@lezers.example")
    SubscriberFactory()
    run = there.sync()
    row = AudienceMember.objects.get(address=bad.address)
    assert (run.done, row.refusal, row.status) == ({"new": 1}, "invalid", "")
    there.server.seen.clear()
    assert there.sync().plan["kept"] == {"same": 1, "refused": 1}
    assert there.asked == ["GET /members"]
    subscribers.change(subscriber=bad, first_name="Anders", groups=[], by=SYSTEM)
    assert there.sync().plan["new"] == 1


def test_a_name_that_was_changed_there_is_taken_over(there):
    anna = SubscriberFactory()
    there.sync()
    there.put(anna.address, "subscribed", merge_fields={"FNAME": "Annelies"})
    assert there.sync().done == {}
    anna.refresh_from_db()
    assert anna.first_name == "Annelies"


def test_many_goodbyes_at_once_wait_for_a_person(there, alida):
    readers = SubscriberFactory.create_batch(30)
    there.sync()
    for one in readers[:21]:
        subscribers.leave(subscriber=one, source="mail", by=SYSTEM)
    run = there.sync()
    assert (run.state, run.plan["withdrawn"], run.done) == ("waiting", 21, {})
    with pytest.raises(Refused, match="al"):
        audience.start(by=alida)
    assert audience.work(mailchimp=there.door).state == "waiting"
    audience.go_on(run=run, seen=21, by=alida)
    assert audience.work(mailchimp=there.door).done == {"withdrawn": 21}
    assert list(there.statuses().values()).count("unsubscribed") == 21


def test_while_it_waits_goodbyes_there_still_land(there):
    readers = SubscriberFactory.create_batch(30)
    said_long_ago()
    there.sync()
    for one in readers[:21]:
        subscribers.leave(subscriber=one, source="mail", by=SYSTEM)
    there.sync()
    there.put(readers[-1].address, "unsubscribed")
    audience.work(mailchimp=there.door)
    readers[-1].refresh_from_db()
    assert readers[-1].state == SubscriberState.LEFT


def test_looking_brings_nothing_there(there):
    SubscriberFactory()
    run = there.sync(look=True)
    assert (run.state, run.plan["new"], there.statuses()) == ("done", 1, {})


def test_what_a_complete_look_misses_is_not_put_back(there):
    anna = SubscriberFactory()
    there.sync()
    there.put(anna.address, "archived")
    run = there.sync(full=True)
    assert (run.done, run.plan["kept"]) == ({}, {"archived": 1})
    assert Subscriber.objects.reachable().count() == 1


def test_a_group_that_follows_people_at_a_party_stays_here(there):
    party = PartyFactory()
    segment = Segment.objects.create(name="Bij de partij", subject="people", criteria={"at": party.pk})
    group = NewsletterGroupFactory(segment=segment)
    SubscriberFactory()
    there.sync()
    group.refresh_from_db()
    assert (queries.may_leave(group), group.remote_id) == (False, "")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda store: store.delete("list", AUDIENCE), "no_audience"),
        (lambda store: [store.delete("merge_field", one["id"], place=AUDIENCE)
                        for one in store.all("merge_field", place=AUDIENCE)], "no_field"),
    ],
)  # fmt: skip
def test_what_is_missing_there_is_said(there, change, problem):
    SubscriberFactory()
    AudienceLink.objects.update(marker_id="")
    change(there.server.store)
    run = there.sync()
    assert (run.state, run.reason, link().problem) == ("failed", problem, problem)


def test_a_wrong_key_is_said_and_nothing_is_lost(there):
    anna = SubscriberFactory()
    there.server.key = "anders"
    assert there.sync().reason == "bad_key"
    there.server.key = ""
    assert there.sync().state == "done"
    assert (there.status(anna.address), link().problem) == ("subscribed", "")


def test_one_at_a_time_and_a_dead_one_is_taken_over(there):
    SubscriberFactory()
    run = audience.start(by=SYSTEM)
    SyncRun.objects.update(held_by="gone")
    assert audience.work(mailchimp=there.door) is None
    SyncRun.objects.update(seen_at=days_ago(1))
    assert audience.work(mailchimp=there.door).pk == run.pk
    run.refresh_from_db()
    assert run.state == "done"


def test_what_was_stopped_goes_no_further(there, alida):
    SubscriberFactory()
    run = audience.start(by=alida)
    audience.stop(run=run, by=alida)
    assert (audience.work(mailchimp=there.door), there.statuses()) == (None, {})


def test_a_quarter_of_an_hour_without_news_is_one_line_of_the_history(there):
    SubscriberFactory()
    there.sync()
    for _time in range(4):
        audience.tick()
        audience.work(mailchimp=there.door)
    assert [run.times for run in SyncRun.objects.all()] == [4, 1]
