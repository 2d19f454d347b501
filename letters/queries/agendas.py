"""What the paper for a meeting holds: decisions asked for, what came in, whose turn, promises, the action list."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from crm.dutch.articles import opening
from crm.dutch.dates import long_date
from crm.dutch.marking import around
from crm.models import FollowUp, Network
from crm.queries import containing, follow_ups
from crm.queries.finders import named
from crm.registries.search import Hit
from letters.models import Agenda, AgendaItem, AgendaSection, Answer, Letter, LetterState, Recipient, Side
from letters.models.answers import MEANINGS
from letters.render.agendas import Paper, Point, render_paper

from . import approvals, commitments, turns
from .commitments import AHEAD

# Nobody keeps more of them; it bounds what is read.
_MOST_PAPERS: Final = 2_000
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
    """Everything for a meeting, in the order of the paper and in Dutch as that is; at most ``MOST`` of a sort, and then
    the last of it says how many there are besides."""
    with override("nl"):
        came_in = _came_in(since)
        return [
            *_decisions(),
            *came_in,
            *_our_turn(without={entry.subject.pk for entry in came_in}),
            *_promises(Side.OURS, held_on),
            *_promises(Side.THEIRS, held_on),
            *_follow_ups(held_on),
        ]


def newest() -> Agenda | None:
    """The paper that was made last."""
    return Agenda.objects.order_by("-made_at", "-pk").first()


def find(text: str, limit: int, user: Any) -> list[Hit]:
    """Papers for meetings by their day, and their numbers by what stands there or what was decided; the newest first.
    Two queries."""
    if not user.has_perm("letters.view_agenda"):
        return []
    papers = [
        Hit("agenda", one.pk, str(one), _("paper for a meeting"), reverse("letters:agenda", args=[one.pk]))
        for one in Agenda.objects.all()[:_MOST_PAPERS]
        if named(str(one), text)
    ]
    items = containing.with_words(
        AgendaItem.objects.select_related("agenda"), text, "words", "note", "result"
    )
    return [
        *papers,
        *(_hit(item, text) for item in items.order_by("-agenda__held_on", "number")[:limit]),
    ][:limit]


def _hit(item: AgendaItem, text: str) -> Hit:
    words = [str(item.agenda), str(item.get_section_display())]
    if item.result:
        words.append(_("decided: %(result)s") % {"result": around(item.result, text)})
    elif item.note:
        words.append(around(item.note, text))
    place = f"{reverse('letters:agenda', args=[item.agenda_id])}#item-{item.number}"
    return Hit("agendaitem", item.pk, str(item), " · ".join(words), place)


def pdf(agenda: Agenda) -> bytes:
    """The paper as a PDF in large type, with what was decided when that is noted."""
    with override("nl"):
        points = tuple(
            Point(item.number, item.get_section_display(), item.words, item.note, item.result)
            for item in agenda.items.all()
        )
    name = Network.load().name
    return render_paper(Paper(name, held_on=agenda.held_on, made_at=agenda.made_at, points=points))


def _besides(entries: list[Entry], more: int) -> list[Entry]:
    """The entries, the last of which says that there are so many more."""
    if entries and more > 0:
        words = ngettext("one more is not on this paper", "%(count)d more are not on this paper", more)
        last = entries[-1]
        entries[-1] = replace(last, note=f"{last.note} · {words % {'count': more}}")
    return entries


def _decisions() -> list[Entry]:
    proposed = Letter.objects.filter(state=LetterState.PROPOSED).order_by("dated_on", "pk")
    return _besides([_decision(letter) for letter in proposed[:MOST]], proposed.count() - MOST)


def _decision(letter: Letter) -> Entry:
    round_ = approvals.standing_round(letter)
    note = letter.reference
    if round_ is not None:
        note += f" · {approvals.in_short(approvals.standing(round_))}"
    words = _("Do we agree with the letter “%(letter)s”?") % {"letter": letter}
    return Entry(AgendaSection.DECISIONS, words, note, letter)


def _came_in(since: datetime.datetime | None) -> list[Entry]:
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
    entries = [_answered(answer) for answer, *_earlier in list(newest_first.values())[:MOST]]
    return _besides(entries, answers.aggregate(all=Count("recipient", distinct=True))["all"] - len(entries))


def _answered(answer: Answer) -> Entry:
    said = [str(MEANINGS[name]) for name in answer.meanings]
    words = ", ".join(said).lower() or _("not read yet")
    note = _about(answer.recipient, timezone.localdate(answer.came_at))
    return Entry(AgendaSection.CAME_IN, f"{answer.recipient.name}: {words}", note, answer.recipient)


def _our_turn(without: Collection[int]) -> list[Entry]:
    ours = turns.ours().exclude(pk__in=without)
    rows = list(ours[:MOST])
    found = turns.of(rows)
    entries = [_turn(row, turn) for row in rows if (turn := found.get(row.pk)) is not None]
    return _besides(entries, ours.count() - len(rows))


def _turn(recipient: Recipient, turn: turns.Turn) -> Entry:
    note = _about(recipient, timezone.localdate(turn.since))
    if turn.answer is not None and turn.answer.taken_up_by is not None:
        note += " · " + _("%(who)s sees to this.") % {"who": turn.answer.taken_up_by}
    return Entry(AgendaSection.OUR_TURN, f"{recipient.name}: {turn.why}", note, recipient)


def _promises(side: Side, held_on: datetime.date) -> list[Entry]:
    due = commitments.due(side, by=held_on + AHEAD)
    return _besides([_promise(one, side) for one in due[:MOST]], due.count() - MOST)


def _promise(one: Any, side: Side) -> Entry:
    standing = commitments.standing(one, waiting=one.waiting)
    names = ", ".join(str(party) for party in one.parties.all()) if side == Side.THEIRS else ""
    who = names or opening(str(Side.OURS.label))
    return Entry(AgendaSection.PROMISES, f"{who}: {one}", standing.words, one)


def _follow_ups(held_on: datetime.date) -> list[Entry]:
    due = FollowUp.objects.due_by(held_on + AHEAD).select_related("owner").by_day()
    return _besides([_follow_up(one) for one in due[:MOST]], due.count() - MOST)


def _follow_up(one: FollowUp) -> Entry:
    who = one.owner or _("nobody in particular")
    return Entry(AgendaSection.FOLLOW_UPS, str(one), f"{who} · {follow_ups.day_in_words(one)}", one)


def _about(recipient: Recipient, day: datetime.date) -> str:
    return f"{recipient.letter} ({recipient.letter.reference}), {long_date(day)}"
