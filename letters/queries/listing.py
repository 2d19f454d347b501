"""The list of letters."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from crm.queries import containing
from letters.models import Dispatch, Letter, LetterState

from . import dispatches

# What the list can be narrowed to, in the order of the work.
GROUPS: dict[str, set[LetterState]] = {
    "working": {LetterState.DRAFT, LetterState.PROPOSED, LetterState.APPROVED, LetterState.FROZEN},
    "asked": {LetterState.PROPOSED},
    "out": {LetterState.DISPATCHED, LetterState.RECORDED},
    "dropped": {LetterState.DROPPED},
}


def letters(*, group: str = "", query: str = "") -> QuerySet[Letter]:
    """Letters newest first, with ``recipient_count``, ``sent_count`` and, once sent, how many are ``held``, ``waiting``
    and ``to_post``."""
    found = Letter.objects.annotate(
        recipient_count=Count("recipients", distinct=True),
        sent_count=Count(
            "dispatches__recipient",
            filter=Q(dispatches__in=Dispatch.objects.filter(dispatches.LEFT_US)),
            distinct=True,
        ),
        held=_newest(dispatches.IS_HELD),
        waiting=_newest(dispatches.IS_WAITING),
        to_post=_newest(dispatches.IS_TO_POST),
    ).order_by("-dated_on", "-pk")
    if group in GROUPS:
        found = found.filter(state__in=GROUPS[group])
    for word in query.split():
        found = found.filter(containing.word_in("subject", word) | Q(reference__icontains=word))
    return found


def _newest(condition: Q) -> Coalesce:
    """How many recipients of a letter that was sent have such a dispatch as their newest."""
    counted = (
        dispatches.newest()
        .filter(condition, letter=OuterRef("pk"), letter__state=LetterState.DISPATCHED)
        .order_by()
        .values("letter")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted), 0)
