"""A short letter on paper that goes on with a thread: begun from there, and sent like every letter."""

from __future__ import annotations

from django.utils import timezone

from crm.actions.action import Actor, action
from crm.dutch.dates import long_date
from crm.models import Channel, User
from crm.queries import contact_points
from letters.models import Answer, Letter, LetterKind, Recipient
from letters.queries import notes

from . import answering, letters, recipients
from .replying import check_out
from .thread_lines import tell

_LONGEST_SUBJECT = Letter._meta.get_field("subject").max_length or 0


@action(permission="letters.add_letter")
def start(*, recipient: Recipient, answer: Answer | None = None, by: Actor) -> Letter:
    """The short letter that goes on with a thread: the one that is being written, or a new one to that recipient by
    post, where there is a postal address.

    Raises Refused for a letter that did not leave.
    """
    recipient = (
        Recipient.objects.select_for_update(of=("self",))
        .select_related("letter__letterhead", "organisation", "person")
        .get(pk=recipient.pk)
    )
    check_out(recipient)
    if begun := notes.under_way(recipient):
        return begun
    earlier = recipient.letter
    note: Letter = letters.start(
        by=by,
        kind=LetterKind.NOTE,
        subject=_subject(earlier, answer)[:_LONGEST_SUBJECT],
        body=notes.opening(earlier, answer),
        letterhead=earlier.letterhead,
    )
    note.follows, note.answers, note.purpose = recipient, answer, earlier.purpose
    note.save(update_fields=["follows", "answers", "purpose"])
    note.themes.set(earlier.themes.all())
    recipients.add(
        letter=note,
        organisations_=[recipient.organisation] if recipient.organisation and not recipient.person else [],
        people=[recipient.person] if recipient.person else [],
        by=by,
    )
    for one in note.recipients.select_related("letter"):
        _by_post(one, by=by)
    return note


def _subject(earlier: Letter, answer: Answer | None) -> str:
    if answer is None:
        return f"Onze brief van {long_date(earlier.dated_on)}"
    return f"Uw antwoord van {long_date(timezone.localdate(answer.came_at))}"


def _by_post(recipient: Recipient, *, by: Actor) -> None:
    found = (
        contact_points.for_people([recipient.person], channel=Channel.POST)
        if recipient.person
        else contact_points.for_many(
            [recipient.organisation] if recipient.organisation else [],
            purpose=recipient.letter.purpose,
            channel=Channel.POST,
        )
    )
    for point in found.values():
        recipients.address(recipient=recipient, channel=Channel.POST, point=point, by=by)


def left(note: Letter, *, by: Actor) -> None:
    """A short letter is on its way: what it answers is dealt with, and what follows stands in its own thread."""
    if note.follows_id is None:
        return
    thread = Recipient.objects.select_for_update().get(pk=note.follows_id)
    answering.settle_answered(recipient=thread, answer=note.answers, by=by)
    thread.closed_at = timezone.now()
    thread.closed_by = by if isinstance(by, User) else None
    thread.save(update_fields=["closed_at", "closed_by"])
    tell("letters.wrote_on", thread, by=by, note=str(note), reference=note.reference)
