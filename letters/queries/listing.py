"""The list of letters."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from letters.models import Dispatch, Letter, LetterState
from letters.models.dispatches import TO_POST

from . import dispatches

# What the list can be narrowed to, in the order of the work.
GROUPS: dict[str, set[LetterState]] = {
    "working": {LetterState.DRAFT, LetterState.PROPOSED, LetterState.APPROVED, LetterState.FROZEN},
    "out": {LetterState.DISPATCHED, LetterState.RECORDED},
    "dropped": {LetterState.DROPPED},
}


def letters(*, group: str = "", query: str = "") -> QuerySet[Letter]:
    """Letters newest first, with ``recipient_count``, ``sent_count`` and, once sent, ``to_post``."""
    to_post = (
        dispatches.newest()
        .filter(letter=OuterRef("pk"), letter__state=LetterState.DISPATCHED, post_state__in=TO_POST)
        .order_by()
        .values("letter")
        .annotate(count=Count("pk"))
        .values("count")
    )
    found = Letter.objects.annotate(
        recipient_count=Count("recipients", distinct=True),
        sent_count=Count(
            "dispatches__recipient",
            filter=Q(dispatches__in=Dispatch.objects.filter(dispatches.LEFT_US)),
            distinct=True,
        ),
        to_post=Coalesce(Subquery(to_post), 0),
    ).order_by("-dated_on", "-pk")
    if group in GROUPS:
        found = found.filter(state__in=GROUPS[group])
    for word in query.split():
        found = found.filter(Q(subject__icontains=word) | Q(reference__icontains=word))
    return found
