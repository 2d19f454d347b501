"""The list of letters."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from crm.models.outgoing import SENT
from letters.models import Letter, LetterState
from letters.models.dispatches import LEFT

# What the list can be narrowed to, in the order of the work.
GROUPS: dict[str, set[LetterState]] = {
    "working": {LetterState.DRAFT, LetterState.PROPOSED, LetterState.APPROVED, LetterState.FROZEN},
    "out": {LetterState.DISPATCHED, LetterState.RECORDED},
    "dropped": {LetterState.DROPPED},
}


def letters(*, group: str = "", query: str = "") -> QuerySet[Letter]:
    """Letters newest first, with ``recipient_count`` and ``sent_count``."""
    found = Letter.objects.annotate(
        recipient_count=Count("recipients", distinct=True),
        sent_count=Count(
            "dispatches__recipient",
            filter=Q(dispatches__outgoing__state__in=SENT) | Q(dispatches__post_state__in=LEFT),
            distinct=True,
        ),
    ).order_by("-dated_on", "-pk")
    if group in GROUPS:
        found = found.filter(state__in=GROUPS[group])
    for word in query.split():
        found = found.filter(Q(subject__icontains=word) | Q(reference__icontains=word))
    return found
