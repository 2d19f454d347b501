"""Periodic work: who does what now, once for all machines together."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from crm.models import PeriodicRun
from crm.registries.schedule import PERIODIC, Periodic

# Work that takes longer than this counts as abandoned, and may start again elsewhere.
LEASE = timedelta(minutes=30)

logger = logging.getLogger(__name__)


def run_due(*, worker: str) -> list[str]:
    """Do the periodic work whose time has come, and return its names. Never inside a transaction.

    Work that fails is logged, noted in its row, and tried again when its time comes again.
    """
    done = []
    PeriodicRun.objects.bulk_create(
        [PeriodicRun(name=name) for name in PERIODIC.keys() - _known()], ignore_conflicts=True
    )
    for work in list(PERIODIC.values()):
        now = timezone.now()
        if _take(work, worker, now):
            problem = _run(work)
            PeriodicRun.objects.filter(name=work.name, claimed_by=worker).update(
                finished_at=timezone.now(), claimed_by="", lease_until=None, problem=problem
            )
            done.append(work.name)
    return done


def _known() -> set[str]:
    return set(PeriodicRun.objects.values_list("name", flat=True))


def _take(work: Periodic, worker: str, now: datetime) -> bool:
    due = Q(lease_until=None) & (Q(started_at=None) | Q(started_at__lte=now - work.every))
    abandoned = Q(lease_until__lt=now)
    taken = PeriodicRun.objects.filter(due | abandoned, name=work.name).update(
        started_at=now, claimed_by=worker, lease_until=now + LEASE
    )
    return taken == 1


def _run(work: Periodic) -> str:
    """Returns the error in words; empty when it went well."""
    try:
        work.run()
    except Exception as error:
        logger.exception("Periodic work %s failed", work.name)
        return f"{type(error).__name__}: {error}"
    return ""
