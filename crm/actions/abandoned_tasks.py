"""Tasks whose worker died: they stay RUNNING for ever unless someone looks."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

# Far longer than any task takes. Tasks are idempotent, so one that is only slow may safely run twice.
ABANDONED_AFTER = timedelta(minutes=30)
MOST_STARTS = 3


def rerun_abandoned_tasks() -> int:
    """Put tasks that stopped halfway back in their queue; returns how many.

    A task that took three workers with it is not started again: it is marked as failed, so that someone sees it.
    A killed worker leaves its row RUNNING for ever: https://github.com/RealOrangeOne/django-tasks-db/issues/46
    """
    now = timezone.now()
    rerun = 0
    stale = DBTaskResult.objects.running().filter(
        queue_name__in=settings.QUEUES, started_at__lt=now - ABANDONED_AFTER
    )
    for task in stale.only("pk", "started_at", "worker_ids"):
        row = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        if len(task.worker_ids) < MOST_STARTS:
            rerun += row.update(status=TaskResultStatus.READY, started_at=None)
        else:
            row.update(
                status=TaskResultStatus.FAILED,
                finished_at=now,
                traceback=f"Stopped halfway {len(task.worker_ids)} times without an error: the worker was killed.",
            )
    return rerun
