"""A worker says that it is alive, and what becomes of its mail when it no longer does."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from crm.actions import heartbeats, outgoing_steps
from crm.actions.outgoing_steps import PACE, LostClaim, Reaped
from crm.models import MailWorker, OutgoingMessage, OutgoingState
from tests.crm.outbox import queued, states

pytestmark = pytest.mark.django_db(transaction=True)
S = OutgoingState
DEAD, ALIVE = "dood", "levend"


def silent(worker: str, silence: timedelta) -> None:
    heartbeats.beat(worker)
    MailWorker.objects.filter(name=worker).update(seen_at=timezone.now() - silence)


def workers() -> list[str]:
    return list(MailWorker.objects.order_by("name").values_list("name", flat=True))


def test_a_worker_is_there_as_long_as_it_works():
    with heartbeats.beating(ALIVE):
        assert workers() == [ALIVE]
    assert workers() == []


def test_a_worker_that_ends_by_an_error_goes_silent_and_is_found(caplog):
    with pytest.raises(ValueError, match="kapot"), heartbeats.beating(ALIVE):
        raise ValueError("kapot")
    assert workers() == [ALIVE]


def test_it_beats_again_each_time_until_the_end():
    seen, turns = [], iter([False, False, True])

    def ended() -> bool:
        if MailWorker.objects.exists():
            seen.append(MailWorker.objects.get().seen_at)
            MailWorker.objects.update(seen_at=timezone.now() - timedelta(hours=1))
        return next(turns)

    heartbeats._keep_beating(ALIVE, ended)
    assert len(seen) == 2
    assert all(timezone.now() - moment < timedelta(minutes=1) for moment in seen)


def test_while_the_database_is_away_the_worker_goes_on(monkeypatch, caplog):
    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(MailWorker.objects, "filter", away)
    heartbeats.beat(ALIVE)
    heartbeats.stop(ALIVE)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_a_heartbeat_is_short_and_the_limits_leave_room_for_some_that_are_missed():
    assert PACE.silence.total_seconds() > heartbeats.BEAT_SECONDS * 5
    assert PACE.silence < PACE.claim_lease < PACE.transfer_lease


def test_what_a_silent_worker_had_claimed_waits_again_long_before_its_lease_ends():
    queued(2)
    outgoing_steps.claim(worker=DEAD)
    silent(DEAD, PACE.silence * 2)
    assert outgoing_steps.reap() == Reaped(requeued=2, uncertain=0)
    assert (states(), workers()) == (["queued"] * 2, [])


def test_what_a_silent_worker_was_sending_is_uncertain_and_never_resent_by_itself():
    queued(1)
    (message,) = outgoing_steps.claim(worker=DEAD)
    outgoing_steps.enter_transfer(message)
    silent(DEAD, PACE.silence * 2)
    assert outgoing_steps.reap() == Reaped(requeued=0, uncertain=1)
    OutgoingMessage.objects.update(next_attempt_at=timezone.now() - timedelta(days=1))
    assert outgoing_steps.claim(worker=ALIVE) == []
    assert states() == ["uncertain"]


def test_a_worker_that_beats_keeps_what_it_has_however_long_the_server_takes():
    queued(2)
    claimed = outgoing_steps.claim(worker=ALIVE)
    outgoing_steps.enter_transfer(claimed[0])
    silent(ALIVE, PACE.silence / 2)
    assert outgoing_steps.reap() == Reaped(requeued=0, uncertain=0)
    assert (states(), workers()) == (["in_transfer", "claimed"], [ALIVE])


def test_without_a_heartbeat_only_the_lease_counts():
    queued(1)
    outgoing_steps.claim(worker=DEAD)
    assert outgoing_steps.reap() == Reaped(requeued=0, uncertain=0)


def test_a_worker_that_wakes_up_sends_nothing_that_others_took_over():
    queued(2)
    claimed = outgoing_steps.claim(worker=DEAD)
    outgoing_steps.enter_transfer(claimed[0])
    silent(DEAD, PACE.silence * 2)
    outgoing_steps.reap()
    heartbeats.beat(DEAD)
    with pytest.raises(LostClaim):
        outgoing_steps.enter_transfer(claimed[1])
    (taken,) = outgoing_steps.claim(worker=ALIVE)
    with pytest.raises(LostClaim):
        outgoing_steps.enter_transfer(claimed[1])
    # The answer that it was waiting for is evidence all the same.
    assert outgoing_steps.accept(claimed[0], code=250, reply="Kept") == S.ACCEPTED
    outgoing_steps.enter_transfer(taken)
    assert states() == ["accepted", "in_transfer"]


def test_a_worker_that_is_known_to_be_dead_has_no_heartbeat_left():
    heartbeats.beat(DEAD)
    heartbeats.beat(ALIVE)
    outgoing_steps.reap(worker=DEAD)
    assert workers() == [ALIVE]
