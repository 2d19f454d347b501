"""The door is shut for everyone, or open again."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from crm.models import MailStoppage
from crm.models.outgoing import StoppageProblem

# The pause before the next try; the last one stays.
PAUSES = tuple(timedelta(seconds=s) for s in (10, 30, 60, 120, 300))


def shut(problem: StoppageProblem, *, detail: str) -> None:
    """Make the whole queue wait: no message is tried, none loses an attempt, and the screens say why.

    Several workers that find the door shut at the same moment count as one.
    """
    now = timezone.now()
    row, is_new = MailStoppage.objects.get_or_create(
        door="smtp",
        defaults={"problem": problem, "detail": detail, "since": now, "retry_at": now + PAUSES[0]},
    )
    if is_new:
        return
    pause = PAUSES[min(row.failures, len(PAUSES) - 1)]
    MailStoppage.objects.filter(pk=row.pk, retry_at__lte=now).update(
        problem=problem, detail=detail, retry_at=now + pause, failures=F("failures") + 1
    )


def reopen() -> None:
    """A connection succeeded: forget the stoppage."""
    MailStoppage.objects.filter(door="smtp").delete()


def try_now() -> None:
    """Let the next worker try the door at once instead of waiting for its turn."""
    MailStoppage.objects.filter(door="smtp").update(retry_at=timezone.now())
