"""Where outgoing mail stands, counted and in words."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from crm.actions import heartbeats, stoppages
from crm.models import MailStoppage, MailWorker, OutgoingMessage, OutgoingState
from crm.models.mail_workers import ALIVE_FOR
from crm.models.outgoing import StoppageProblem
from crm.queries import outgoing
from crm.queries.outgoing import Health, Progress
from tests.crm.outbox import BATCH, queued

pytestmark = pytest.mark.django_db
S = OutgoingState


def spread(*states: OutgoingState, batch: str = BATCH) -> list[OutgoingMessage]:
    rows = queued(len(states), batch=batch)
    for row, state in zip(rows, states, strict=True):
        row.state = state
        row.save(update_fields=["state"])
    return rows


def test_every_message_of_a_batch_is_counted_where_it_stands():
    spread(
        S.ACCEPTED, S.DELIVERED, S.BOUNCED, S.QUEUED, S.CLAIMED, S.IN_TRANSFER, S.REFUSED, S.UNCERTAIN, S.FROZEN,
        S.DROPPED,
    )  # fmt: skip
    queued(3, batch="letter:13")
    assert outgoing.progress(BATCH) == Progress(
        total=10, accepted=3, waiting=3, refused=1, uncertain=1, held=1, dropped=1, remaining_seconds=None
    )


def test_a_batch_that_is_done_needs_no_more_time():
    spread(S.ACCEPTED, S.REFUSED)
    assert outgoing.progress(BATCH).remaining_seconds == 0


def test_the_time_left_follows_the_pace_of_the_last_minute():
    rows = spread(S.ACCEPTED, S.ACCEPTED, S.ACCEPTED, S.ACCEPTED, S.QUEUED, S.QUEUED)
    for row, seconds in zip(rows, (20, 15, 10, 5), strict=False):
        OutgoingMessage.objects.filter(pk=row.pk).update(
            accepted_at=timezone.now() - timedelta(seconds=seconds)
        )
    assert outgoing.progress(BATCH).remaining_seconds == 10


def test_progress_and_health_cost_the_same_for_any_number(django_assert_num_queries):
    spread(*[S.QUEUED] * 30)
    with django_assert_num_queries(1):
        outgoing.progress(BATCH)
    with django_assert_num_queries(3):
        outgoing.health()


def test_an_empty_batch():
    assert outgoing.progress("letter:99") == Progress(0, 0, 0, 0, 0, 0, 0, 0)


def test_mail_that_flows_has_no_problem():
    heartbeats.beat("bezorger")
    spread(S.ACCEPTED, S.QUEUED, S.UNCERTAIN, S.REFUSED, S.REFUSED)
    assert outgoing.health() == Health(waiting=1, uncertain=1, refused=2, since=None, problem="")


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (StoppageProblem.UNREACHABLE, "has not answered since"),
        (StoppageProblem.CREDENTIALS, "SMTP_PASSWORD"),
        (StoppageProblem.INSECURE, "SMTP_SECURITY"),
    ],
)
def test_a_shut_door_is_told_with_its_remedy_and_since_when(problem, words):
    heartbeats.beat("bezorger")
    stoppages.shut(problem, detail="535 5.7.8 no")
    queued(2)
    with translation.override("en"):
        health = outgoing.health()
        assert outgoing.door_problem() == health.problem
    assert health.waiting == 2
    assert health.since == MailStoppage.objects.get().since
    assert words in health.problem
    assert "535" not in health.problem


STOOD_STILL = (
    "Het versturen staat stil: het bezorgprogramma draait niet. Je hoeft niets te doen: zodra het weer draait, gaan de "
    "brieven alsnog weg. Vraag je beheerder om het te starten."
)


@pytest.mark.parametrize("state", [S.QUEUED, S.CLAIMED, S.IN_TRANSFER])
def test_mail_that_nobody_delivers_is_noticed_at_once(state):
    (row,) = spread(state)
    row.refresh_from_db()
    health = outgoing.health()
    assert (health.since, health.problem) == (row.next_attempt_at, STOOD_STILL)


def test_that_nobody_delivers_goes_before_what_the_server_said():
    stoppages.shut(StoppageProblem.UNREACHABLE, detail="")
    queued(1)
    assert outgoing.health().problem == STOOD_STILL


def test_a_worker_is_alive_as_long_as_it_says_so():
    queued(1)
    heartbeats.beat("bezorger")
    assert outgoing.health().problem == ""
    MailWorker.objects.update(seen_at=timezone.now() - 2 * ALIVE_FOR)
    assert outgoing.health().problem == STOOD_STILL
    heartbeats.beat("bezorger")
    assert outgoing.health().problem == ""
    heartbeats.stop("bezorger")
    assert outgoing.health().problem == STOOD_STILL


def test_that_nobody_delivers_is_no_problem_while_nothing_waits():
    spread(S.ACCEPTED, S.REFUSED, S.UNCERTAIN, S.FROZEN, S.DROPPED)
    assert outgoing.health().problem == ""


def test_mail_that_lies_still_while_a_worker_is_alive_is_noticed():
    heartbeats.beat("bezorger")
    _first, second = queued(2)
    long_ago = timezone.now() - timedelta(minutes=6)
    OutgoingMessage.objects.update(next_attempt_at=long_ago)
    health = outgoing.health()
    assert health.since == long_ago
    assert "draait" in health.problem
    OutgoingMessage.objects.filter(pk=second.pk).update(state=S.IN_TRANSFER, changed_at=timezone.now())
    assert outgoing.health().problem == ""


def test_mail_that_is_held_or_waits_for_its_next_try_is_no_problem():
    spread(S.FROZEN, S.QUEUED)
    OutgoingMessage.objects.update(next_attempt_at=timezone.now() + timedelta(minutes=6))
    assert outgoing.health().problem == ""


def test_who_needs_a_person_longest_waiting_first():
    rows = spread(S.UNCERTAIN, S.ACCEPTED, S.REFUSED, S.QUEUED)
    OutgoingMessage.objects.filter(pk=rows[2].pk).update(changed_at=timezone.now() - timedelta(days=1))
    assert list(outgoing.needing_person()) == [rows[2], rows[0]]


def test_what_is_left_to_deliver_is_what_is_due_or_under_way():
    rows = spread(S.QUEUED, S.CLAIMED, S.IN_TRANSFER, S.ACCEPTED, S.FROZEN, S.QUEUED)
    OutgoingMessage.objects.filter(pk=rows[5].pk).update(next_attempt_at=timezone.now() + timedelta(hours=1))
    assert outgoing.left_to_deliver() == 3


def test_what_happened_since_a_moment():
    spread(S.ACCEPTED, S.ACCEPTED, S.REFUSED)
    OutgoingMessage.objects.filter(state=S.REFUSED).update(changed_at=timezone.now() - timedelta(hours=1))
    assert outgoing.changed_since(timezone.now() - timedelta(minutes=1)) == {S.ACCEPTED: 2}
