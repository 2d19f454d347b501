"""Whose turn it is with each recipient of a letter: computed from what left, what was answered and what we wrote back.

- Ours: they answered and nobody read it yet, or they ask, invite or refer and nothing was done with it; or what we
  wrote back did not arrive.
- Nobody's: they gave a real answer or declined and nothing is left to do, or somebody said that it is finished.
- Theirs: a letter is with them and none of that holds. An acknowledgement changes nothing. A letter with which we
  keep a promise asks for no answer, so it gives nobody a turn.
- A letter that did not arrive gives nobody a turn: first it needs another address.
- A call or a talk that was no answer gives nobody a turn, but whom we spoke is not silent.

The days of a recess do not count as silence.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Case, DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest, Least
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.models import Network, OutgoingState
from crm.queries import recesses
from crm.queries.recesses import Calendar
from letters.models import Answer, Dispatch, IncomingKind, IncomingPlace, PostState, Recipient, Reply, Talk
from letters.models.answers import OURS, SETTLING
from letters.models.letters import OUT

ARRIVED = {OutgoingState.ACCEPTED, OutgoingState.DELIVERED, OutgoingState.UNCERTAIN}
LOST = {OutgoingState.REFUSED, OutgoingState.BOUNCED, OutgoingState.DROPPED}
_LONG_AGO = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)


class Who(StrEnum):
    """Whose turn it is."""

    US = "us"
    THEM = "them"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is with one recipient, since when, and why. ``answer`` is what waits for us.

    ``silent_weeks``: for how many whole weeks they have said nothing; 0 until a reminder may be proposed.
    """

    who: Who
    since: datetime.datetime
    why: str
    answer: Answer | None = None
    silent_weeks: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait before we call somebody silent, and the recesses in which we do not count."""

    lasts: datetime.timedelta
    recesses: Calendar

    def waited(self, since: datetime.datetime) -> datetime.timedelta:
        """How long it is ago, without the days of recesses."""
        now = timezone.now()
        paused = self.recesses.paused_days(timezone.localdate(since), timezone.localdate(now))
        return max(now - since - datetime.timedelta(days=paused), datetime.timedelta())


_WANTS = {
    "asks": gettext_lazy("they ask us something"),
    "invites": gettext_lazy("they invite us to talk"),
    "refers": gettext_lazy("they refer us to somebody else"),
}


def of(recipients: Iterable[Recipient]) -> dict[int, Turn]:
    """Whose turn it is, by the id of the recipient; without the letter at their place, nobody's and not in here.

    Six queries.
    """
    rows = {recipient.pk: recipient for recipient in recipients}
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(recipient__in=rows).select_related("taken_up_by"):
        answers[answer.recipient_id].append(answer)
    moves = _our_moves(rows)
    failed = _failed_replies(rows)
    spoken = _spoken(rows)
    patience = Patience(datetime.timedelta(weeks=Network.load().reminder_weeks), recesses.calendar())
    found = {}
    for pk, recipient in rows.items():
        turn = _turn(recipient, answers[pk], moves.get(pk), failed.get(pk), spoken.get(pk), patience)
        if turn is not None:
            found[pk] = turn
    return found


def ours() -> QuerySet[Recipient]:
    """The recipients with whom it is our turn, the longest waiting first."""
    waiting = Answer.objects.waiting().filter(recipient=OuterRef("pk"))
    return (
        Recipient.objects.filter(Exists(waiting) | Exists(_lost_replies()), letter__state__in=OUT)
        .annotate(waiting_since=Subquery(waiting.order_by("came_at", "pk").values("came_at")[:1]))
        .select_related("letter", "organisation", "person")
        .order_by(F("waiting_since").asc(nulls_first=True), "pk")
    )


def theirs() -> QuerySet[Any]:
    """The recipients of whom we wait for an answer, since when in ``moved_at``; the longest waiting first."""
    settled = Answer.objects.filter(Q(is_real=True) | Q(declines=True), recipient=OuterRef("pk"))
    return (
        _moved()
        .exclude(Exists(Answer.objects.waiting().filter(recipient=OuterRef("pk"))))
        .exclude(Exists(_lost_replies()))
        .exclude(Exists(settled.filter(came_at__gte=OuterRef("wrote_back_at"))))
        .exclude(closed_at__gte=F("moved_at"))
        .select_related("letter", "organisation", "person")
        .order_by("moved_at", "pk")
    )


def silent() -> list[Recipient]:
    """Those of ``theirs`` who have said nothing for so long that a reminder may be proposed. Seven queries."""
    rows = list(theirs())
    found = of(rows)
    return [row for row in rows if (turn := found.get(row.pk)) and turn.silent_weeks]


def why(answer: Answer) -> str:
    """Why an answer waits for us, in words."""
    if answer.judged_at is None:
        return _("read their answer")
    wants = [str(_WANTS[name]) for name in OURS if getattr(answer, name)]
    return ", ".join(wants)


def _turn(
    recipient: Recipient,
    answers: list[Answer],
    moves: tuple[datetime.datetime, datetime.datetime] | None,
    failed: datetime.datetime | None,
    spoken_at: datetime.datetime | None,
    patience: Patience,
) -> Turn | None:
    waiting = next((answer for answer in answers if answer.is_waiting), None)
    if waiting is not None:
        return Turn(Who.US, waiting.came_at, why(waiting), waiting)
    if failed is not None and (recipient.closed_at is None or failed > recipient.closed_at):
        return Turn(Who.US, failed, _("what we wrote back did not arrive"))
    settling = [answer for answer in answers if any(getattr(answer, name) for name in SETTLING)]
    last = settling[-1] if settling else None
    wrote_back_at, moved_at = moves or (None, None)
    if recipient.closed_at is not None and (moved_at is None or recipient.closed_at >= moved_at):
        return Turn(Who.NOBODY, recipient.closed_at, _("finished"))
    if last is not None and (wrote_back_at is None or last.came_at >= wrote_back_at):
        return Turn(Who.NOBODY, last.came_at, _("declined") if last.declines else _("answered"))
    if moved_at is None:
        return None
    return _their_turn(moved_at, spoken_at, patience)


def _their_turn(moved_at: datetime.datetime, spoken_at: datetime.datetime | None, patience: Patience) -> Turn:
    since = max(moved_at, spoken_at or moved_at)
    waited = patience.waited(since)
    if waited < patience.lasts:
        day = date_format(timezone.localtime(since), "j F")
        words = _("we spoke on %(day)s") if since > moved_at else _("we wrote on %(day)s")
        return Turn(Who.THEM, since, words % {"day": day})
    weeks = waited.days // 7
    words = ngettext("silent for %(count)d week", "silent for %(count)d weeks", weeks) % {"count": weeks}
    return Turn(Who.THEM, since, words, silent_weeks=weeks)


def _spoken(rows: dict[int, Recipient]) -> dict[int, datetime.datetime]:
    """When we last spoke each recipient about the letter."""
    talks = Talk.objects.filter(recipient__in=rows).order_by().values_list("recipient_id")
    return dict(talks.annotate(Max("interaction__happened_at")))


def _our_moves(rows: dict[int, Recipient]) -> dict[int, tuple[datetime.datetime, datetime.datetime]]:
    """When we last wrote back to each recipient, and when we last moved at all, as far as it arrived."""
    moved = _moved().filter(pk__in=rows).values_list("pk", "wrote_back_at", "moved_at")
    return {pk: (wrote_back_at, moved_at) for pk, wrote_back_at, moved_at in moved}


def _failed_replies(rows: dict[int, Recipient]) -> dict[int, datetime.datetime]:
    failed = Reply.objects.filter(
        recipient__in=rows, outgoing__state__in=LOST, pk__in=_newest_replies().values("pk")
    )
    moments = failed.values_list("recipient_id", "handed_over_at")
    return {pk: moment for pk, moment in moments if moment is not None}


def _newest_replies() -> QuerySet[Reply]:
    later = Reply.objects.filter(
        recipient=OuterRef("recipient"), pk__gt=OuterRef("pk"), outgoing__isnull=False
    )
    return Reply.objects.filter(~Exists(later), outgoing__isnull=False)


def _lost_replies() -> QuerySet[Reply]:
    lost = _newest_replies().filter(recipient=OuterRef("pk"), outgoing__state__in=LOST)
    return lost.exclude(recipient__closed_at__gte=F("handed_over_at"))


def _moved() -> QuerySet[Any]:
    """The recipients at whom something of ours is, and since when (``moved_at``): the newest sending of the letter, a
    reply after which we wait for an answer, or a message that one of us wrote in a mail program of her own.

    The last two make up ``wrote_back_at``: only these come after an answer, whatever the clock of its writer says.
    """
    newest = Dispatch.objects.filter(recipient=OuterRef("pk"), letter__keeps=None).order_by("-number")
    sent = newest.annotate(
        at=Case(
            When(outgoing__state__in=ARRIVED, then=Coalesce("outgoing__accepted_at", "outgoing__changed_at")),
            When(post_state=PostState.POSTED, then=Cast("posted_on", DateTimeField())),
        )
    )
    replies = Reply.objects.filter(recipient=OuterRef("pk"), expects_answer=True, outgoing__isnull=False)
    arrived = replies.exclude(outgoing__state__in=LOST).order_by("-handed_over_at")
    own = IncomingPlace.objects.filter(recipient=OuterRef("pk"), message__kind=IncomingKind.OWN)
    wrote = own.annotate(
        at=Least(Coalesce("message__sent_at", "message__arrived_at"), "message__arrived_at")
    ).order_by("-at")
    never = Value(_LONG_AGO, output_field=DateTimeField())
    moments = [
        Coalesce(Subquery(rows.values(name)[:1], output_field=DateTimeField()), never)
        for rows, name in ((arrived, "handed_over_at"), (wrote, "at"), (sent, "at"))
    ]
    return (
        Recipient.objects.filter(letter__state__in=OUT)
        .annotate(wrote_back_at=Greatest(*moments[:2]), moved_at=Greatest(*moments))
        .filter(moved_at__gt=_LONG_AGO)
    )
