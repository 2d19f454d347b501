"""What of letters goes along when somebody hands over all that she minds."""

from __future__ import annotations

from django.db.models import F, Model

from crm.models import User
from crm.registries.portfolios import Part
from letters.models import Answer, Commitment, Enclosure, Letter, Meeting, Recipient, Reply
from letters.queries import portfolios
from letters.queries.subjects import holders

from . import commitments, meetings


def _threads(**of: list[int]) -> list[Model]:
    """On whose timelines a line about these threads belongs."""
    found = Recipient.objects.filter(**of).select_related("letter", "organisation", "person")
    return [holder for recipient in found.distinct() for holder in holders(recipient)]


def _move_answers(pks: list[int], to: User) -> list[Model]:
    Answer.objects.filter(pk__in=pks).update(taken_up_by=to)
    return _threads(answers__in=pks)


def _move_drafts(pks: list[int], to: User) -> list[Model]:
    """Who wrote so far stays one of the writers: a fresh look must come from somebody else than either."""
    letters = list(Letter.objects.filter(pk__in=pks))
    for letter in letters:
        letter.authors.add(to)
    Letter.objects.filter(pk__in=pks).update(started_by=to)
    return [*letters]


def _move_replies(pks: list[int], to: User) -> list[Model]:
    Reply.objects.filter(pk__in=pks).update(started_by=to)
    return _threads(replies__in=pks)


def _move_enclosures(pks: list[int], to: User) -> list[Model]:
    Enclosure.objects.filter(pk__in=pks).update(minded_by=to)
    return list(Letter.objects.filter(enclosures__in=pks).distinct())


def _move_promises(pks: list[int], to: User) -> list[Model]:
    Commitment.objects.filter(pk__in=pks).update(minded_by=to)
    return list(Commitment.objects.filter(pk__in=pks))


def _move_talks(pks: list[int], to: User) -> list[Model]:
    """Where the other goes already, she only steps back."""
    places = Meeting.goers.through.objects.filter(pk__in=pks)
    meetings_ = list(Meeting.objects.filter(pk__in=places.values("meeting")))
    places.filter(meeting__in=Meeting.objects.filter(goers=to)).delete()
    places.update(user=to)
    Meeting.objects.filter(pk__in=[one.pk for one in meetings_]).update(revision=F("revision") + 1)
    return [holder for one in meetings_ for holder in meetings.holders(one)]


def _move_stand_ins(pks: list[int], to: User) -> list[Model]:
    """Who is away keeps somebody who decides for her. The one who takes over is here, so it is not she herself."""
    User.objects.filter(pk__in=pks).update(stand_in=to)
    return list(User.objects.filter(pk__in=pks))


PARTS = (
    Part(
        name="letters.answers",
        order=50,
        permission="letters.change_incomingmessage",
        counted=portfolios.answers_counted,
        held=portfolios.answers,
        label=portfolios.answer_label,
        move=_move_answers,
    ),
    Part(
        name="letters.drafts",
        order=60,
        permission="letters.change_letter",
        counted=portfolios.drafts_counted,
        held=portfolios.drafts,
        label=portfolios.draft_label,
        move=_move_drafts,
    ),
    Part(
        name="letters.replies",
        order=70,
        permission="letters.change_incomingmessage",
        counted=portfolios.replies_counted,
        held=portfolios.replies,
        label=portfolios.reply_label,
        move=_move_replies,
    ),
    Part(
        name="letters.enclosures",
        order=80,
        permission="letters.approve_letter",
        counted=portfolios.enclosures_counted,
        held=portfolios.enclosures,
        label=portfolios.enclosure_label,
        move=_move_enclosures,
    ),
    Part(
        name="letters.promises",
        order=85,
        permission=commitments.CHANGE,
        counted=portfolios.promises_counted,
        held=portfolios.promises,
        label=str,
        move=_move_promises,
    ),
    Part(
        name="letters.talks",
        order=87,
        permission=meetings.CHANGE,
        counted=portfolios.talks_counted,
        held=portfolios.talks,
        label=portfolios.talk_label,
        move=_move_talks,
    ),
    Part(
        name="letters.stands_in",
        order=90,
        permission="letters.approve_letter",
        counted=portfolios.stands_in_counted,
        held=portfolios.stands_in,
        label=portfolios.stands_in_label,
        move=_move_stand_ins,
    ),
)
