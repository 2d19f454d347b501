"""Tasks whose worker was killed run again, and not for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from crm.actions.abandoned_tasks import rerun_abandoned_tasks

pytestmark = pytest.mark.django_db
RUNNING, READY, FAILED = TaskResultStatus.RUNNING, TaskResultStatus.READY, TaskResultStatus.FAILED


def task(*, minutes: int, workers: int = 1, status: str = RUNNING, queue: str = "spreekbuis") -> DBTaskResult:
    """A task that was started so many minutes ago, by the last of so many workers."""
    now = timezone.now()
    return DBTaskResult.objects.create(
        status=status,
        started_at=now - timedelta(minutes=minutes),
        run_after=now,
        worker_ids=[f"worker-{number}" for number in range(workers)],
        queue_name=queue,
        backend_name="default",
        task_path="crm.tasks.something",
        args_kwargs={"args": [], "kwargs": {}},
    )


def status(row: DBTaskResult) -> str:
    return DBTaskResult.objects.get(pk=row.pk).status


@pytest.mark.parametrize("queue", ["spreekbuis", "default"])
def test_a_task_whose_worker_was_killed_runs_again(queue):
    killed = task(minutes=31, queue=queue)
    assert rerun_abandoned_tasks() == 1
    assert status(killed) == READY
    assert DBTaskResult.objects.ready().get() == killed
    assert DBTaskResult.objects.get().started_at is None


def test_a_task_that_is_at_work_is_left_alone():
    at_work, done = task(minutes=29), task(minutes=99, status=TaskResultStatus.SUCCESSFUL)
    assert rerun_abandoned_tasks() == 0
    assert (status(at_work), status(done)) == (RUNNING, TaskResultStatus.SUCCESSFUL)


def test_a_task_that_takes_its_workers_with_it_ends_as_failed():
    deadly = task(minutes=31, workers=3)
    assert rerun_abandoned_tasks() == 0
    assert status(deadly) == FAILED
    assert "3" in DBTaskResult.objects.get().traceback
