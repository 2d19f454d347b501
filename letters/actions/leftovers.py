"""Messages that were frozen for a letter that was not made ready after all."""

from __future__ import annotations

import datetime

from django.utils import timezone

from crm.models import OutgoingMessage, OutgoingState

# Far longer than it takes to make all letters ready.
ABANDONED_AFTER = datetime.timedelta(days=1)


def drop(batch: str) -> int:
    """Drop what an earlier try left behind in the batch of a letter that is being made ready; how many that were.

    What belongs to a dispatch, or was ever given to a worker, stays.
    """
    return _drop(batch=batch)


def drop_abandoned() -> int:
    """Drop what was left behind of any letter long enough ago; how many that were. Safe to run twice."""
    return _drop(batch__startswith="letter:", created_at__lt=timezone.now() - ABANDONED_AFTER)


def _drop(**which: object) -> int:
    left = OutgoingMessage.objects.filter(state=OutgoingState.FROZEN, fence=0, dispatch__isnull=True, **which)
    return left.delete()[0]
