"""Letters that stand on the public site."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from crm.models.outgoing import SENT
from letters.models import Letter, LetterState
from letters.models.dispatches import LEFT
from letters.models.letters import OUT


def letters() -> QuerySet[Letter]:
    """Letters that went out and were made public, newest first."""
    return Letter.objects.filter(is_public=True, state__in=OUT).order_by("-dated_on", "-pk")


def sent_to(letter: Letter) -> list[str]:
    """The organisations that the letter left for, by name; people are not named in public."""
    rows = letter.recipients.filter(organisation__isnull=False).select_related("organisation")
    if letter.state != LetterState.RECORDED:
        left = Q(dispatches__outgoing__state__in=SENT) | Q(dispatches__post_state__in=LEFT)
        rows = rows.filter(left).distinct()
    names = (str(row.organisation) if row.person_id else row.name for row in rows.order_by("position", "pk"))
    return list(dict.fromkeys(names))
