"""What waits, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import ApprovalRound, RoundState, User
from crm.queries import outgoing
from letters.models import IncomingState, Letter
from letters.queries import approvals, attention, incoming, listing, turns
from letters.queries.attention import Attention

SHOWN = 8


def greeting(hour: int) -> str:
    """ "Goedemorgen", by the hour of the day (0 to 23)."""
    if 6 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")


@dataclass(frozen=True, slots=True)
class Overview:
    """``to_decide``: letters that wait for this person's word; ``stands_in_for``: colleagues who are away and for whom
    this person decides; ``working``: not sent yet; ``attention``: sent, but.

    ``to_settle``: other mail that did not leave; ``stuck``: letters that nobody can approve as things are.
    ``ours`` and ``theirs``: with how many it is our turn, and of how many we wait for an answer.
    ``parked``: incoming messages that wait for a place; ``mailbox_problems``: why none can come in.
    """

    to_decide: QuerySet[Letter]
    stands_in_for: list[User]
    attention: list[Attention]
    working: QuerySet[Letter]
    out: QuerySet[Letter]
    mail: outgoing.Health
    to_settle: int
    stuck: list[tuple[Letter, str]]
    ours: int
    theirs: int
    parked: int
    mailbox_problems: list[str]


def of(user: User) -> Overview:
    """What waits for one person. The number of queries grows only with the letters that wait for approval."""
    rounds = ApprovalRound.objects.filter(
        subject_type=ContentType.objects.get_for_model(Letter), state=RoundState.OPEN
    ).exclude(approvals__user=user, approvals__is_current=True)
    decides = user.has_perm("letters.approve_letter") and not user.is_absent()
    waiting = rounds.values("subject_id") if decides else []
    return Overview(
        # Who wrote it may agree as well, but need not be asked to.
        to_decide=Letter.objects.filter(pk__in=waiting).exclude(authors=user).order_by("dated_on"),
        stands_in_for=list(User.objects.filter(stand_in=user, absent_until_on__gt=timezone.localdate()))
        if decides
        else [],
        attention=attention.needed(),
        working=listing.letters(group="working")[:SHOWN],
        out=listing.letters(group="out")[:SHOWN],
        mail=outgoing.health(),
        to_settle=outgoing.to_settle().count(),
        stuck=approvals.stuck(),
        ours=turns.ours().count(),
        theirs=turns.theirs().count(),
        parked=incoming.of(IncomingState.PARKED).count(),
        mailbox_problems=incoming.mailbox_problems(),
    )
