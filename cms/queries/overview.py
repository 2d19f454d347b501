"""What waits, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from crm.models import ApprovalRound, RoundState, User
from crm.queries import outgoing
from letters.models import Letter
from letters.queries import listing

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """``to_decide``: letters that wait for this person's word; ``working``: letters not sent yet."""

    to_decide: QuerySet[Letter]
    working: QuerySet[Letter]
    out: QuerySet[Letter]
    mail: outgoing.Health


def of(user: User) -> Overview:
    """What waits for one person. A constant number of queries."""
    rounds = ApprovalRound.objects.filter(
        subject_type=ContentType.objects.get_for_model(Letter), state=RoundState.OPEN
    ).exclude(approvals__user=user, approvals__is_current=True)
    waiting = rounds.values("subject_id") if user.has_perm("letters.approve_letter") else []
    return Overview(
        to_decide=Letter.objects.filter(pk__in=waiting).order_by("dated_on"),
        working=listing.letters(group="working")[:SHOWN],
        out=listing.letters(group="out")[:SHOWN],
        mail=outgoing.health(),
    )
