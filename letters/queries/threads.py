"""One thread: the letter to one recipient, and everything that passed about it since, oldest first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from letters.inbound import findable
from letters.models import (
    Answer,
    Dispatch,
    IncomingMessage,
    Letter,
    LetterState,
    Meeting,
    Paper,
    Recipient,
    Reply,
    Talk,
)
from letters.models.answers import MEANINGS

from . import incoming, openly, turns

LONGEST_SHOWN = 1200


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that passed: exactly one of ``dispatch``, ``message``, ``reply``, ``talk``, ``paper``, ``meeting``
    (planned, and not had yet) and ``note`` (a short letter that goes on with this) is there.

    ``answer`` is how what came from them was read, ``words`` what they wrote themselves, shortened when ``is_cut``;
    ``warnings`` are what is to be known of who sent it.
    """

    at: datetime.datetime
    dispatch: Dispatch | None = None
    message: IncomingMessage | None = None
    answer: Answer | None = None
    place: int = 0
    reply: Reply | None = None
    talk: Talk | None = None
    paper: Paper | None = None
    meeting: Meeting | None = None
    note: Letter | None = None
    words: str = ""
    is_cut: bool = False
    warnings: list[str] = field(default_factory=list)
    why: str = ""

    @property
    def is_theirs(self) -> bool:
        """Whether it came from them."""
        return self.answer is not None or self.message is not None or self.paper is not None


@dataclass(frozen=True, slots=True)
class Meaning:
    """One of the six buttons: its name, its label, and whether it holds."""

    name: str
    label: str
    holds: bool


def entries(recipient: Recipient) -> list[Entry]:
    """Everything in the thread, oldest first. Nine queries, and each message read from storage."""
    found = [
        Entry(at=_left_at(dispatch), dispatch=dispatch)
        for dispatch in recipient.dispatches.select_related("outgoing", "pdf")
    ]
    places = recipient.places.select_related("message__raw", *_read_by("answer"))
    for place in places:
        message, answer = place.message, getattr(place, "answer", None)
        words = _own_words(message)
        found.append(
            Entry(
                at=message.moment,
                message=message,
                answer=answer,
                place=place.pk,
                words=words[:LONGEST_SHOWN],
                is_cut=len(words) > LONGEST_SHOWN,
                warnings=incoming.about_sender(message),
                why=_why(answer),
            )
        )
    found += [*_talks(recipient), *_papers(recipient)]
    planned = recipient.meetings.standing().filter(interaction=None).prefetch_related("goers")
    found += [Entry(at=meeting.starts_at, meeting=meeting) for meeting in planned.select_related("person")]
    notes = recipient.followed_by.filter(state=LetterState.DISPATCHED)
    found += [Entry(at=note.dispatched_at or note.changed_at, note=note) for note in notes]
    sent = recipient.replies.filter(outgoing__isnull=False).select_related("outgoing", "sent_by")
    found += [
        Entry(at=reply.handed_over_at or reply.changed_at, reply=reply)
        for reply in sent.prefetch_related("files")
    ]
    return sorted(found, key=lambda entry: entry.at)


def _talks(recipient: Recipient) -> list[Entry]:
    rows = recipient.talks.select_related(
        "recipient", "interaction__person", "interaction__by", *_read_by("answer")
    )
    return [
        Entry(at=talk.interaction.happened_at, talk=talk, answer=answer, why=_why(answer))
        for talk in rows
        for answer in [getattr(talk, "answer", None)]
    ]


def _papers(recipient: Recipient) -> list[Entry]:
    rows = recipient.papers.select_related("file", "filed_by", *_read_by("answer"))
    return [
        Entry(at=paper.moment, paper=paper, answer=answer, why=_why(answer))
        for paper in rows
        for answer in [getattr(paper, "answer", None)]
    ]


def _read_by(answer: str) -> list[str]:
    return [f"{answer}__{name}" for name in ("judged_by", "taken_up_by", "settled_by")]


def _why(answer: Answer | None) -> str:
    return turns.why(answer) if answer is not None and answer.is_waiting else ""


def meanings(answer: Answer) -> list[Meaning]:
    """The six buttons of an answer."""
    return [Meaning(name, str(label), getattr(answer, name)) for name, label in MEANINGS.items()]


def _own_words(message: IncomingMessage) -> str:
    """What they wrote, without what they quote."""
    try:
        read = openly.read(message)
    except (OSError, ValueError):
        # Its bytes are away or damaged; what was read of it when it came stays.
        return message.excerpt
    return findable.written_by(message.sender_address, read)


def _left_at(dispatch: Dispatch) -> datetime.datetime:
    if dispatch.outgoing is not None:
        return dispatch.outgoing.accepted_at or dispatch.frozen_at
    if dispatch.posted_on is not None:
        return timezone.make_aware(datetime.datetime.combine(dispatch.posted_on, datetime.time(12)))
    return dispatch.frozen_at
