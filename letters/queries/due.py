"""What is due in letters for one person, for ``crm.registries.due``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.models import ApprovalRound, Network, RoundState, User
from crm.models.follow_ups import end_of_week
from crm.queries import recesses
from crm.registries.due import Found, Line, Urgency
from letters.models import Answer, IncomingMessage, IncomingState, Letter, LetterState, Reply, Side

from . import attention, commitments, meetings, turns

YEAR = datetime.timedelta(days=365)
# What has no day is looked at again so often.
LOOK_AGAIN = datetime.timedelta(weeks=8)
# A walk to the letterbox may wait for the week-end.
TO_POST_WITHIN = datetime.timedelta(days=3)


def our_turn(user: User, day: datetime.date, limit: int) -> Found:
    """The threads in which it is our turn: what she took up first, then what nobody did; and what she wrote back that
    did not arrive."""
    if not user.has_perm("letters.change_incomingmessage"):
        return Found((), 0)
    waiting = Answer.objects.waiting().filter(recipient=OuterRef("pk"))
    hers = Exists(waiting.filter(taken_up_by=user))
    free = Exists(waiting.filter(taken_up_by=None))
    wrote = Exists(Reply.objects.filter(recipient=OuterRef("pk"), sent_by=user))
    mine = turns.ours().filter(hers | (~Exists(waiting) & wrote))
    nobodys = turns.ours().filter(free).exclude(hers)
    total = mine.count() + nobodys.count()
    rows = [*mine[:limit]]
    first = len(rows)
    rows += nobodys[: limit - first]
    found = turns.of(rows)
    lines = [
        Line(
            words=f"{recipient.name}: {turn.why}",
            url=reverse("letters:thread", args=[recipient.letter_id, recipient.pk]),
            urgency=Urgency.OUR_TURN if number < first else Urgency.OF_US_ALL,
            since=timezone.localdate(turn.since),
            note=str(recipient.letter)
            if number < first
            else _("%(letter)s · nobody took it up yet") % {"letter": recipient.letter},
            subject=recipient,
        )
        for number, recipient in enumerate(rows)
        if (turn := found.get(recipient.pk)) is not None
    ]
    return Found(lines, total)


def approvals_asked(user: User, day: datetime.date, limit: int) -> Found:
    """The letters that wait for her word; who wrote one may agree as well, but is not asked."""
    if not user.has_perm("letters.approve_letter") or user.is_absent(day):
        return Found((), 0)
    rounds = ApprovalRound.objects.filter(
        subject_type=ContentType.objects.get_for_model(Letter), state=RoundState.OPEN
    ).exclude(approvals__user=user, approvals__is_current=True)
    asked = {
        pk: (at, who) for pk, at, who in rounds.values_list("subject_id", "asked_at", "asked_by__first_name")
    }
    letters = Letter.objects.filter(pk__in=asked).exclude(authors=user)
    lines = [
        Line(
            words=_("Do you agree? “%(letter)s” (%(reference)s)")
            % {"letter": letter, "reference": letter.reference},
            url=reverse("letters:approval", args=[letter.pk]),
            urgency=Urgency.OTHERS_WAIT,
            since=timezone.localdate(asked[letter.pk][0]),
            note=_("asked by %(who)s") % {"who": who} if (who := asked[letter.pk][1]) else "",
            subject=letter,
        )
        for letter in letters
    ]
    return Found(sorted(lines, key=lambda line: line.since)[:limit], len(lines))


def _lies_here(row: attention.Attention, day: datetime.date) -> bool:
    """Whether letters are still to be posted some days after the e-mail went."""
    sent = row.letter.dispatched_at
    return bool(row.to_post) and sent is not None and timezone.localdate(sent) <= day - TO_POST_WITHIN


def not_arrived(user: User, day: datetime.date, limit: int) -> Found:
    """Her letters that did not arrive everywhere or still lie here to be posted, and those whose writers all left."""
    if not user.has_perm("letters.send_letter"):
        return Found((), 0)
    rows = [row for row in attention.needed() if row.failed or row.uncertain or _lies_here(row, day)]
    hers = set(
        Letter.objects.filter(pk__in=[row.letter.pk for row in rows])
        .filter(Q(authors=user) | ~Exists(_writers("pk")))
        .values_list("pk", flat=True)
    )
    lines = [
        Line(
            words=_("“%(letter)s”: %(what)s") % {"letter": row.letter, "what": row.sentence},
            url=reverse("letters:follow", args=[row.letter.pk]),
            urgency=Urgency.OUR_TURN,
            since=row.letter.dated_on,
            note=row.letter.reference,
            subject=row.letter,
        )
        for row in rows
        if row.letter.pk in hers
    ]
    return Found(sorted(lines, key=lambda line: line.since)[:limit], len(lines))


def parked(user: User, day: datetime.date, limit: int) -> Found:
    """Messages of which nobody knows yet to which letter they belong: one line for all of them."""
    if not user.has_perm("letters.change_incomingmessage"):
        return Found((), 0)
    rows = IncomingMessage.objects.filter(state=IncomingState.PARKED)
    count, oldest = rows.count(), rows.aggregate(oldest=Min("arrived_at"))["oldest"]
    if not count:
        return Found((), 0)
    words = ngettext(
        "%(count)d message came in that is not placed yet",
        "%(count)d messages came in that are not placed yet",
        count,
    )
    line = Line(
        words=words % {"count": count},
        url=reverse("letters:incoming"),
        urgency=Urgency.OF_US_ALL,
        since=timezone.localdate(oldest),
        note=_("for all of us"),
    )
    return Found([line], 1)


_SAID = {
    Side.OURS: gettext_lazy("We promised: %(words)s"),
    Side.THEIRS: gettext_lazy("They promised: %(words)s"),
}


def promises(user: User, day: datetime.date, limit: int) -> Found:
    """What we promised and is late, can be kept now or is due this week, what they promised and is late, and now and
    then what has no day: hers, and what nobody sees to."""
    if not user.has_perm("letters.change_commitment"):
        return Found((), 0)
    mine = Q(minded_by=user) | Q(minded_by=None)
    lines = [*_promises_due(mine, day), *_promises_without_a_day(mine, day)]
    lines.sort(key=lambda line: (line.urgency, line.since))
    return Found(lines[:limit], len(lines))


def _promises_due(mine: Q, day: datetime.date) -> Iterator[Line]:
    ours = commitments.due(Side.OURS, by=end_of_week(day)).filter(mine)
    # What they promised is theirs to do; once it is late, it is ours to ask.
    theirs = commitments.listed(Side.THEIRS).filter(mine, due_on__lt=day)
    for row in [*ours, *theirs]:
        standing = commitments.standing(row, waiting=row.waiting, today=day)
        urgency = Urgency.OVERDUE if standing.is_late else Urgency.THIS_WEEK
        appeared = row.publication.published_on if row.publication else None
        since = row.due_on or row.event_on or appeared or row.made_on
        yield _promise(row, standing.words, urgency=urgency, since=since)


def _promises_without_a_day(mine: Q, day: datetime.date) -> Iterator[Line]:
    """What waits for something that only people can see happen: every eight weeks somebody looks whether it did."""
    for side in Side:
        for row in commitments.dateless(side).filter(mine, made_on__lte=day - LOOK_AGAIN):
            since = day - (day - row.made_on) % LOOK_AGAIN
            standing = commitments.standing(row, waiting=row.waiting, today=day)
            note = _("is it time? %(when)s") % {"when": standing.words}
            yield _promise(row, note, urgency=Urgency.THIS_WEEK, since=since)


def _promise(row: Any, note: str, *, urgency: Urgency, since: datetime.date) -> Line:
    return Line(
        words=_SAID[Side(row.side)] % {"words": row.words},
        url=reverse("letters:commitment", args=[row.pk]),
        urgency=urgency if row.minded_by_id else Urgency.OF_US_ALL,
        since=since,
        note=note if row.minded_by_id else f"{note} · {_('for all of us')}",
        subject=row,
    )


def silent(user: User, day: datetime.date, limit: int) -> Found:
    """The letters to which some say nothing for so long that they may be reminded or called: hers, and those whose
    writers all left. Not in a recess, and not for ever: after a year nobody waits any more."""
    if not user.has_perm("letters.send_letter") or recesses.is_recess(day):
        return Found((), 0)
    patience = datetime.timedelta(weeks=Network.load().reminder_weeks)
    since = timezone.now() - patience
    rows = list(
        turns.theirs()
        .filter(letter__state=LetterState.DISPATCHED, moved_at__lte=since, moved_at__gte=since - YEAR)
        .filter(Q(letter__authors=user) | ~Exists(_writers("letter")))
        .distinct()
    )
    counted: dict[int, int] = {}
    letters: dict[int, Letter] = {}
    found = turns.of(rows)
    for row in rows:
        if (turn := found.get(row.pk)) and turn.silent_weeks:
            letters[row.letter_id] = row.letter
            counted[row.letter_id] = counted.get(row.letter_id, 0) + 1
    lines = [
        Line(
            words=ngettext(
                "“%(letter)s”: one says nothing. Remind or call them.",
                "“%(letter)s”: %(count)d say nothing. Remind or call them.",
                count,
            )
            % {"letter": letters[pk], "count": count},
            url=reverse("letters:reminders", args=[pk]),
            urgency=Urgency.THIS_WEEK,
            since=letters[pk].dated_on,
            note=letters[pk].reference,
            subject=letters[pk],
        )
        for pk, count in counted.items()
    ]
    return Found(sorted(lines, key=lambda line: line.since)[:limit], len(lines))


def _writers(name: str) -> Any:
    return Letter.authors.through.objects.filter(letter=OuterRef(name), user__is_active=True)


CONTRIBUTORS = {
    "letters.approvals_asked": approvals_asked,
    "letters.our_turn": our_turn,
    "letters.not_arrived": not_arrived,
    "letters.promises": promises,
    "letters.meetings": meetings.due,
    "letters.parked": parked,
    "letters.silent": silent,
}
