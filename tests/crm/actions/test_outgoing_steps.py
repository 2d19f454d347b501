"""The steps of a worker: who holds a message, what he may still do with it, and what the reaper finds."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from crm.actions import outgoing, outgoing_steps, stoppages
from crm.actions.action import SYSTEM
from crm.actions.outgoing import Choice
from crm.actions.outgoing_steps import LostClaim, Pace, Reaped
from crm.models import MailStoppage, OutgoingMessage, OutgoingState, TimelineEntry
from crm.models.outgoing import StoppageProblem
from crm.registries import outgoing as registry
from tests.crm.outbox import queued, states

pytestmark = pytest.mark.django_db(transaction=True)
S = OutgoingState
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def results(monkeypatch) -> list[registry.Result]:
    told: list[registry.Result] = []
    monkeypatch.setattr(registry, "SUBSCRIBERS", {})
    registry.on_result("letter:", told.append)
    return told


def claim(worker: str = "w", size: int = 10) -> list[OutgoingMessage]:
    return outgoing_steps.claim(worker=worker, pace=Pace(claim_size=size))


def lease_ends() -> None:
    OutgoingMessage.objects.filter(~Q(lease_until=None)).update(lease_until=timezone.now() - AN_HOUR)


def test_the_oldest_leave_first_and_nobody_has_the_same():
    rows = queued(5)
    first, second = claim("a", 2), claim("b", 2)
    assert [message.pk for message in first + second] == [row.pk for row in rows[:4]]
    assert {message.claimed_by for message in second} == {"b"}
    assert [message.fence for message in first] == [1, 1]
    assert [message.pk for message in claim("c")] == [rows[4].pk]
    assert claim("d") == []


def test_a_message_whose_turn_is_later_stays():
    queued(1)
    OutgoingMessage.objects.update(next_attempt_at=timezone.now() + AN_HOUR)
    assert claim() == []


def test_claiming_ten_costs_two_queries(django_assert_num_queries):
    queued(10)
    with django_assert_num_queries(2):
        claim()


def test_a_worker_that_lost_its_lease_changes_nothing_any_more():
    queued(1)
    (old,) = claim("old")
    lease_ends()
    assert outgoing_steps.reap() == Reaped(requeued=1, uncertain=0)
    (new,) = claim("new")
    with pytest.raises(LostClaim):
        outgoing_steps.enter_transfer(old)
    outgoing_steps.enter_transfer(new)
    assert outgoing_steps.accept(old, code=250, reply="late") is None
    assert outgoing_steps.refuse(old, code=550, reply="late") is None
    assert outgoing_steps.postpone(old, code=450, reply="late") is None
    assert outgoing_steps.doubt(old, reply="late") is None
    outgoing_steps.give_back([old])
    assert states() == ["in_transfer"]
    assert outgoing_steps.accept(new, code=250, reply="Kept") == S.ACCEPTED


def test_the_reaper_leaves_a_living_worker_alone():
    queued(2)
    leaving, _waiting = claim()
    outgoing_steps.enter_transfer(leaving)
    assert outgoing_steps.reap() == Reaped(0, 0)
    assert states() == ["in_transfer", "claimed"]


def test_the_reaper_resends_only_what_certainly_did_not_leave(results):
    queued(2)
    leaving, _waiting = claim()
    outgoing_steps.enter_transfer(leaving)
    lease_ends()
    assert outgoing_steps.reap() == Reaped(requeued=1, uncertain=1)
    assert states() == ["uncertain", "queued"]
    assert [(result.key, result.state) for result in results] == [("letter:12:email:1", "uncertain")]


def test_a_worker_known_to_be_dead_is_reaped_before_its_lease_ends():
    queued(2)
    claim("dead", 1)
    claim("alive", 1)
    assert outgoing_steps.reap(worker="dead") == Reaped(requeued=1, uncertain=0)
    assert states() == ["queued", "claimed"]


def test_an_answer_that_comes_after_the_reaper_is_evidence():
    queued(1)
    (message,) = claim()
    outgoing_steps.enter_transfer(message)
    lease_ends()
    outgoing_steps.reap()
    assert outgoing_steps.accept(message, code=250, reply="Kept") == S.ACCEPTED
    assert states() == ["accepted"]


def test_a_late_answer_does_not_overrule_a_person():
    queued(1)
    (message,) = claim()
    outgoing_steps.enter_transfer(message)
    lease_ends()
    outgoing_steps.reap()
    outgoing.resolve(message=message, choice=Choice.RESEND, reason="niets gezien", by=SYSTEM)
    assert outgoing_steps.accept(message, code=250, reply="late") is None
    assert states() == ["queued"]


def test_a_message_is_tried_again_ever_later_and_refused_in_the_end(monkeypatch, results):
    monkeypatch.setattr(outgoing_steps.random, "uniform", lambda low, high: 1.0)
    queued(1)
    waits = []
    for _ in range(8):
        OutgoingMessage.objects.update(next_attempt_at=timezone.now())
        (message,) = claim()
        assert outgoing_steps.postpone(message, code=450, reply="Later") == S.QUEUED
        message.refresh_from_db()
        waits.append(round((message.next_attempt_at - timezone.now()).total_seconds() / 60))
    assert waits == [1, 5, 15, 60, 180, 360, 720, 1440]
    OutgoingMessage.objects.update(next_attempt_at=timezone.now())
    (message,) = claim()
    assert outgoing_steps.postpone(message, code=450, reply="Still full") == S.REFUSED
    (result,) = results
    assert (result.state, result.code, result.reply) == ("refused", 450, "Still full")


def test_messages_that_were_refused_together_do_not_come_back_together():
    queued(20)
    for message in claim(size=20):
        outgoing_steps.postpone(message, code=450, reply="Later")
    turns = OutgoingMessage.objects.values_list("next_attempt_at", flat=True)
    spread = max(turns) - min(turns)
    assert timedelta(seconds=2) < spread < timedelta(seconds=20)


def test_the_result_and_what_the_letter_does_with_it_are_one_commit(monkeypatch):
    seen = []
    monkeypatch.setattr(
        registry, "SUBSCRIBERS", {"letter:12:": lambda result: seen.append(connection.in_atomic_block)}
    )
    queued(1)
    (message,) = claim()
    outgoing_steps.enter_transfer(message)
    outgoing_steps.accept(message, code=250, reply="Kept")
    assert seen == [True]


def test_a_subscriber_that_fails_does_not_undo_what_is_known(monkeypatch, caplog):
    def fail(result: registry.Result) -> None:
        TimelineEntry.objects.create(code="half", subject_id=1, subject_type_id=1)
        raise LookupError("no such letter")

    monkeypatch.setattr(registry, "SUBSCRIBERS", {"letter:": fail})
    queued(1)
    (message,) = claim()
    outgoing_steps.enter_transfer(message)
    assert outgoing_steps.accept(message, code=250, reply="Kept") == S.ACCEPTED
    assert states() == ["accepted"]
    assert TimelineEntry.objects.count() == 0
    assert "letter:12:email:1" in caplog.text


def test_only_the_owner_of_a_key_hears_of_it(monkeypatch):
    heard: dict[str, list[str]] = {"letter:": [], "newsletter:": []}
    monkeypatch.setattr(registry, "SUBSCRIBERS", {})
    for prefix, keys in heard.items():
        registry.on_result(prefix, lambda result, keys=keys: keys.append(result.key))
    queued(1)
    (message,) = claim()
    outgoing_steps.refuse(message, code=550, reply="No such mailbox")
    assert heard == {"letter:": ["letter:12:email:1"], "newsletter:": []}


def test_a_prefix_has_one_subscriber(monkeypatch):
    monkeypatch.setattr(registry, "SUBSCRIBERS", {})
    registry.on_result("letter:", print)
    registry.on_result("letter:", print)
    with pytest.raises(ValueError, match="letter:"):
        registry.on_result("letter:", len)


def test_a_shut_door_makes_the_whole_queue_wait():
    queued(3)
    stoppages.shut(StoppageProblem.UNREACHABLE, detail="connection refused")
    assert claim() == []
    MailStoppage.objects.update(retry_at=timezone.now())
    assert len(claim()) == 3


def test_workers_that_find_the_door_shut_together_count_as_one():
    for _ in range(4):
        stoppages.shut(StoppageProblem.UNREACHABLE, detail="connection refused")
    assert MailStoppage.objects.get().failures == 1


def test_a_door_that_stays_shut_is_tried_ever_later_and_never_given_up():
    waits = []
    for _ in range(7):
        stoppages.shut(StoppageProblem.UNREACHABLE, detail="connection refused")
        waits.append(round((MailStoppage.objects.get().retry_at - timezone.now()).total_seconds()))
        MailStoppage.objects.update(retry_at=timezone.now())
    assert waits == [10, 30, 60, 120, 300, 300, 300]


def test_the_point_of_no_return_is_never_part_of_another_transaction():
    queued(1)
    (message,) = claim()
    with transaction.atomic(), pytest.raises(RuntimeError):
        outgoing_steps.enter_transfer(message)
    assert states() == ["claimed"]


def test_the_point_of_no_return_waits_for_the_disk_and_the_result_does_not():
    queued(1, batch="nobody:1")
    (message,) = claim()
    ran: list[str] = []

    def watch(execute, sql, params, many, context):
        ran.append(sql if sql.startswith("PRAGMA") else f"{sql.split()[0]} {params[-1]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        outgoing_steps.enter_transfer(message)
        at_the_boundary = ran.copy()
        ran.clear()
        outgoing_steps.accept(message, code=250, reply="Kept")
    expected = {
        "sqlite": ["PRAGMA synchronous", "PRAGMA synchronous=FULL", "UPDATE claimed", "PRAGMA synchronous=1"],
        "postgresql": ["UPDATE on"],
    }
    assert at_the_boundary == expected[connection.vendor]
    assert ran == {"sqlite": ["UPDATE uncertain"], "postgresql": ["UPDATE off"]}[connection.vendor]
