"""Periodic work runs once for all machines, and again when it is time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.actions import periodic
from crm.models import PeriodicRun
from crm.registries import schedule

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def work(monkeypatch) -> list[str]:
    """One piece of hourly work that writes down that it ran."""
    monkeypatch.setattr(schedule, "PERIODIC", {})
    monkeypatch.setattr(periodic, "PERIODIC", schedule.PERIODIC)
    ran: list[str] = []
    schedule.register("reminders", every=timedelta(hours=1), run=lambda: ran.append("reminders"))
    return ran


def later(**time: int) -> None:
    """As if everything happened this much earlier."""
    ago = timedelta(**time)
    for run in PeriodicRun.objects.all():
        run.started_at -= ago
        run.lease_until = run.lease_until and run.lease_until - ago
        run.save()


def test_work_runs_at_once_and_then_when_its_time_comes(work):
    assert periodic.run_due(worker="a") == ["reminders"]
    assert periodic.run_due(worker="a") == []
    later(minutes=59)
    assert periodic.run_due(worker="a") == []
    later(minutes=2)
    assert periodic.run_due(worker="b") == ["reminders"]
    assert work == ["reminders"] * 2


def test_another_machine_does_not_do_what_is_being_done(work):
    done_elsewhere = []
    schedule.PERIODIC["reminders"] = schedule.Periodic(
        "reminders", timedelta(0), lambda: done_elsewhere.extend(periodic.run_due(worker="b"))
    )
    assert periodic.run_due(worker="a") == ["reminders"]
    assert done_elsewhere == []


def test_work_whose_machine_died_is_done_elsewhere_when_its_lease_ends(work):
    now = timezone.now()
    PeriodicRun.objects.create(
        name="reminders", started_at=now, claimed_by="dead", lease_until=now + periodic.LEASE
    )
    assert periodic.run_due(worker="b") == []
    later(minutes=31)
    assert periodic.run_due(worker="b") == ["reminders"]


def test_work_that_fails_is_noted_and_does_not_stop_the_rest(work, caplog):
    def fail() -> None:
        raise LookupError("no such list")

    schedule.PERIODIC["broken"] = schedule.Periodic("broken", timedelta(hours=1), fail)
    assert sorted(periodic.run_due(worker="a")) == ["broken", "reminders"]
    assert dict(PeriodicRun.objects.values_list("name", "problem")) == {
        "broken": "LookupError: no such list",
        "reminders": "",
    }
    assert work == ["reminders"]
    assert "broken" in caplog.text


def test_a_problem_that_is_over_is_forgotten(work):
    PeriodicRun.objects.create(name="reminders", problem="LookupError: no such list")
    periodic.run_due(worker="a")
    run = PeriodicRun.objects.get()
    assert (run.problem, run.claimed_by, run.lease_until) == ("", "", None)
    assert run.started_at <= run.finished_at
