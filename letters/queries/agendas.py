"""What the paper for a meeting holds: decisions asked for, what came in, whose turn, promises, the action list."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.dutch.articles import opening
from crm.dutch.dates import long_date
from crm.models import FollowUp, Network
from crm.queries import follow_ups
from letters.models import Agenda, AgendaSection, Answer, Letter, LetterState, Recipient, Side
from letters.models.answers import MEANINGS
from letters.render.agendas import Paper, Point, render_paper

from . import approvals, commitments, turns
from .commitments import AHEAD

# More than a committee can talk about in one evening.
MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to talk about: ``words`` in a sentence, a quiet ``note`` below it, and the record it is about."""

    section: AgendaSection
    words: str
    note: str
    subject: Model


def compose(*, held_on: datetime.date, since: datetime.datetime | None) -> list[Entry]:
    """Everything for a meeting, in the order of the paper and in Dutch as that is; at most ``MOST`` of a section."""
    with override("nl"):
        came_in = list(_came_in(since))
        recent = {entry.subject.pk for entry in came_in}
        return [
            *_decisions(),
            *came_in,
            *(entry for entry in _our_turn() if entry.subject.pk not in recent),
            *_promises(held_on),
            *_follow_ups(held_on),
        ]


def newest() -> Agenda | None:
    """The paper that was made last."""
    return Agenda.objects.order_by("-made_at", "-pk").first()


def pdf(agenda: Agenda) -> bytes:
    """The paper as a PDF in large type, with what was decided when that is noted."""
    with override("nl"):
        points = tuple(
            Point(item.number, item.get_section_display(), item.words, item.note, item.result)
            for item in agenda.items.all()
        )
    name = Network.load().name
    return render_paper(Paper(name, held_on=agenda.held_on, made_at=agenda.made_at, points=points))


def _decisions() -> Iterator[Entry]:
    for letter in Letter.objects.filter(state=LetterState.PROPOSED).order_by("dated_on", "pk")[:MOST]:
        round_ = approvals.standing_round(letter)
        note = letter.reference
        if round_ is not None:
            note += f" · {approvals.in_short(approvals.standing(round_))}"
        yield Entry(
            AgendaSection.DECISIONS,
            _("Do we agree with the letter “%(letter)s”?") % {"letter": letter},
            note,
            letter,
        )


def _came_in(since: datetime.datetime | None) -> Iterator[Entry]:
    answers = Answer.objects.select_related(
        "recipient__letter", "recipient__organisation", "recipient__person"
    )
    if since is not None:
        # What came before may have been put with its letter, or written down, after.
        late = Q(place__placed_at__gt=since) | Q(talk__noted_at__gt=since) | Q(paper__filed_at__gt=since)
        answers = answers.filter(Q(came_at__gt=since) | late)
    newest_first: dict[int, list[Answer]] = {}
    for answer in answers.order_by("-came_at", "-pk")[: 2 * MOST]:
        newest_first.setdefault(answer.recipient_id, []).append(answer)
    for answer, *_earlier in list(newest_first.values())[:MOST]:
        said = [str(MEANINGS[name]) for name in answer.meanings]
        words = ", ".join(said).lower() or _("not read yet")
        day = timezone.localdate(answer.came_at)
        yield Entry(
            AgendaSection.CAME_IN,
            f"{answer.recipient.name}: {words}",
            _about(answer.recipient, day),
            answer.recipient,
        )


def _our_turn() -> Iterator[Entry]:
    rows = list(turns.ours()[:MOST])
    found = turns.of(rows)
    for recipient in rows:
        if (turn := found.get(recipient.pk)) is not None:
            note = _about(recipient, timezone.localdate(turn.since))
            if turn.answer is not None and turn.answer.taken_up_by is not None:
                note += " · " + _("%(who)s sees to this.") % {"who": turn.answer.taken_up_by}
            yield Entry(AgendaSection.OUR_TURN, f"{recipient.name}: {turn.why}", note, recipient)


def _promises(held_on: datetime.date) -> Iterator[Entry]:
    for side in (Side.OURS, Side.THEIRS):
        for one in commitments.due(side, by=held_on + AHEAD)[:MOST]:
            standing = commitments.standing(one, waiting=one.waiting)
            names = ", ".join(str(party) for party in one.parties.all()) if side == Side.THEIRS else ""
            who = names or opening(str(Side.OURS.label))
            yield Entry(AgendaSection.PROMISES, f"{who}: {one}", standing.words, one)


def _follow_ups(held_on: datetime.date) -> Iterator[Entry]:
    due = FollowUp.objects.due_by(held_on + AHEAD).select_related("owner").by_day()
    for one in due[:MOST]:
        who = one.owner or _("nobody in particular")
        yield Entry(AgendaSection.FOLLOW_UPS, str(one), f"{who} · {follow_ups.day_in_words(one)}", one)


def _about(recipient: Recipient, day: datetime.date) -> str:
    return f"{recipient.letter} ({recipient.letter.reference}), {long_date(day)}"
