"""What waits, and for whom."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from campaigns.queries import mailings
from crm.models import ApprovalRound, RoundState, TimelineEntry, User
from crm.queries import due, outgoing
from crm.registries.due import Line
from crm.registries.timeline import contact_codes
from letters.models import IncomingState, Letter, LetterState, Side
from letters.queries import approvals, attention, commitments, incoming, listing, mailboxes, turns
from letters.queries.attention import Attention

SHOWN: Final = 8
WEEK: Final = datetime.timedelta(days=7)
# A letter to many fills many lines; what is older than these is not looked for.
_MOST_READ: Final = 400


def greeting(hour: int) -> str:
    """ "Goedemorgen", by the hour of the day (0 to 23)."""
    if 6 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")


@dataclass(frozen=True, slots=True)
class Number:
    """How many there are of something, and the address of the list of them."""

    count: int
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that passed between us and somebody. The same did with ``others`` (names), and ``more`` times more."""

    sentence: str
    at: datetime.datetime
    others: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """``to_decide``: letters that wait for this person's word; ``stands_in_for``: colleagues who are away and for whom
    this person decides; ``working``: not sent yet; ``attention``: sent, but.

    ``to_settle``: other mail that did not leave; ``stuck``: letters that nobody can approve as things are.
    ``numbers``: how much there is of each, with the list behind it; ``today``: what this person could do now, and
    ``today_total`` how much that is; ``happened``: what passed this week. ``mailbox_problems``: why no mail comes in.
    """

    to_decide: QuerySet[Letter]
    stands_in_for: list[User]
    attention: list[Attention]
    working: QuerySet[Letter]
    out: QuerySet[Letter]
    mail: outgoing.Health
    to_settle: int
    stuck: list[tuple[Letter, str]]
    numbers: list[Number]
    today: Sequence[Line]
    today_total: int
    happened: list[Happening]
    mailbox_problems: list[str]


def of(user: User) -> Overview:
    """What waits for one person. The number of queries grows only with the letters that wait for approval."""
    rounds = ApprovalRound.objects.filter(
        subject_type=ContentType.objects.get_for_model(Letter), state=RoundState.OPEN
    ).exclude(approvals__user=user, approvals__is_current=True)
    decides = user.has_perm("letters.approve_letter") and not user.is_absent()
    waiting = rounds.values("subject_id") if decides else []
    needs_somebody = attention.needed()
    # What waits for her word stands on top already.
    lines = due.of(user, timezone.localdate(), limit=SHOWN, without=("letters.approvals_asked",))
    return Overview(
        # Who wrote it may agree as well, but need not be asked to.
        to_decide=Letter.objects.filter(pk__in=waiting).exclude(authors=user).order_by("dated_on"),
        stands_in_for=list(User.objects.filter(stand_in=user, absent_until_on__gt=timezone.localdate()))
        if decides
        else [],
        attention=needs_somebody,
        working=listing.letters(group="working")[:SHOWN],
        out=listing.letters(group="out")[:SHOWN],
        mail=outgoing.health(),
        to_settle=outgoing.to_settle().count(),
        stuck=approvals.stuck(),
        numbers=_numbers(needs_somebody),
        today=lines.lines,
        today_total=lines.total,
        happened=_happened(timezone.now() - WEEK),
        mailbox_problems=mailboxes.problems(),
    )


def _numbers(needs_somebody: Sequence[Attention]) -> list[Number]:
    """What there is any of, in the order of the work."""
    turn, promises, letters = (reverse(f"letters:{name}") for name in ("turns", "commitments", "index"))
    month = timezone.localdate() + commitments.AHEAD
    numbers = (
        Number(turns.ours().count(), _("It is our turn"), turn),
        Number(turns.theirs().count(), _("We wait for an answer"), f"{turn}?wie=zij"),
        Number(
            incoming.of(IncomingState.PARKED).count(), _("Came in, not placed"), reverse("letters:incoming")
        ),
        Number(sum(row.failed for row in needs_somebody), _("Did not arrive"), _not_arrived(needs_somebody)),
        Number(
            commitments.due(Side.OURS, by=month).count(),
            _("We promised: late, or within a month"),
            f"{promises}?toon=nu",
        ),
        Number(
            commitments.due(Side.THEIRS, by=month).count(),
            _("They promised: late, or within a month"),
            f"{promises}?wie=zij&toon=nu",
        ),
        Number(
            Letter.objects.filter(state=LetterState.PROPOSED).count(),
            _("Waits for approval"),
            f"{letters}?groep=asked",
        ),
        *_newsletter(),
    )
    return [number for number in numbers if number.count]


def _newsletter() -> list[Number]:
    """To how many the last newsletter went."""
    last = mailings.last_sent()
    if last is None:
        return []
    return [
        Number(
            last.recipients or 0,
            _("Got the last newsletter"),
            reverse("newsletters:issue", args=[last.page_id]),
        )
    ]


def _not_arrived(needs_somebody: Sequence[Attention]) -> str:
    """Where that is mended: at the letter itself when it is about one."""
    failed = [row.letter for row in needs_somebody if row.failed]
    if len(failed) == 1:
        return f"{reverse('letters:follow', args=[failed[0].pk])}#failing"
    return "#attention"


def _happened(since: datetime.datetime) -> list[Happening]:
    """What passed between us and others, newest first; the same with several stands there once. One query."""
    rows = (
        TimelineEntry.objects.filter(code__in=contact_codes(), happened_at__range=(since, timezone.now()))
        .select_related("by")
        .order_by("-happened_at", "-pk")[:_MOST_READ]
    )
    kinds: dict[tuple[str, str], list[TimelineEntry]] = {}
    for row in {row.event: row for row in rows}.values():
        kinds.setdefault((row.code, str(row.parameters.get("letter", row.event))), []).append(row)
    return [_happening(first, rest) for first, *rest in kinds.values()][:SHOWN]


def _happening(first: TimelineEntry, rest: Sequence[TimelineEntry]) -> Happening:
    """Who else is named, as far as that is short: it is them that one looks for."""
    names = dict.fromkeys(str(row.parameters["recipient"]) for row in rest if "recipient" in row.parameters)
    names.pop(str(first.parameters.get("recipient", "")), None)
    if not names or len(names) > SHOWN:
        return Happening(str(first), first.happened_at, more=len(rest))
    return Happening(str(first), first.happened_at, get_text_list(list(names), _("and")))
