"""Talks that are planned: planning one, changing it, calling it off, and writing down how it was."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any, Final

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import follow_ups, interactions, telling
from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import AlreadyThere, check, check_unchanged, fill, fill_many, take_turns
from crm.models import Organisation, Person, User
from letters.models import Meeting, Recipient
from letters.queries import next_steps

from . import talks

ADD: Final = "letters.add_meeting"
CHANGE: Final = "letters.change_meeting"
# Nobody plans a talk further ahead.
_AHEAD: Final = datetime.timedelta(days=2 * 366)


@action(permission=ADD)
def plan(
    *,
    about: str,
    starts_at: datetime.datetime,
    minutes: int = 60,
    goers: Collection[User] = (),
    organisation: Organisation | None = None,
    person: Person | None = None,
    recipient: Recipient | None = None,
    place: str = "",
    questions: str = "",
    by: Actor,
) -> Meeting:
    """Plan a talk with an organisation, a person or both; with ``recipient`` it came from the thread with them.

    Raises AlreadyThere when the same is planned for that moment, Invalid for values that cannot be.
    """
    meeting = Meeting(
        organisation=organisation,
        person=person,
        recipient=recipient,
        planned_by=by if isinstance(by, User) else None,
    )
    take_turns(Meeting)
    ends_at = starts_at + datetime.timedelta(minutes=minutes)
    fill(
        meeting,
        {"about": about, "starts_at": starts_at, "ends_at": ends_at, "place": place, "questions": questions},
    )
    _check(meeting)
    same = Meeting.objects.standing().filter(organisation=organisation, person=person, starts_at=starts_at)
    if existing := same.first():
        raise AlreadyThere(existing)
    meeting.save()
    meeting.goers.set(goers)
    for task in next_steps.tasks(recipient, "invites") if recipient else ():
        follow_ups.do(follow_up=task, by=by)
    _tell("letters.meeting_planned", meeting, by=by)
    return meeting


@action(permission=CHANGE)
def change(
    *,
    meeting: Meeting,
    starts_at: datetime.datetime,
    minutes: int,
    goers: Collection[User],
    seen: str = "",
    by: Actor,
    **values: Any,
) -> Meeting:
    """Something of it is different: the moment, the place, who goes, what about.

    Raises Invalid for values that cannot be, Overtaken when somebody else changed it since the version that was
    ``seen``, Refused when it was called off or had already.
    """
    current = _standing(meeting)
    check_unchanged(current, seen)
    moments = {"starts_at": starts_at, "ends_at": starts_at + datetime.timedelta(minutes=minutes)}
    moved = starts_at != current.starts_at
    changes = fill(current, {**values, **moments})
    _check(current, may_be_over=not moved)
    changes += fill_many(current, {"goers": goers})
    if changes:
        current.revision += 1
        current.save()
        _tell("letters.meeting_changed", current, by=by, changes=changes)
    return current


@action(permission=CHANGE)
def call_off(*, meeting: Meeting, by: Actor) -> Meeting:
    """It does not go on. Raises Refused when it was called off already, or when somebody wrote down how it was."""
    current = _standing(meeting)
    current.called_off_at = timezone.now()
    current.called_off_by = by if isinstance(by, User) else None
    current.revision += 1
    current.save()
    _tell("letters.meeting_called_off", current, by=by)
    return current


@action(permission=CHANGE)
def report(
    *, meeting: Meeting, kind: str, summary: str, happened_at: datetime.datetime, body: str = "",
    is_answer: bool = False, by: Actor,
) -> Meeting:  # fmt: skip
    """Write down how it was: a contact moment, in the thread when the talk came from one.

    Raises Refused when it was called off or somebody did already; Invalid for what cannot be.
    """
    current = _standing(meeting)
    said: dict[str, Any] = {"kind": kind, "summary": summary, "body": body, "happened_at": happened_at}
    if current.recipient is not None:
        talk = talks.log(
            recipient=current.recipient, person=current.person, is_answer=is_answer, by=by, **said
        )
        current.interaction = talk.interaction
    else:
        current.interaction = interactions.log(
            organisation=current.organisation, person=current.person, by=by, **said
        )
    current.save(update_fields=["interaction", "changed_at"])
    return current


def _standing(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked. Raises Refused for one that is settled."""
    current = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("organisation", "person", "recipient__letter", "recipient__organisation")
        .get(pk=meeting.pk)
    )
    if current.called_off_at is not None:
        raise Refused(_("This talk was called off. Plan a new one."))
    if current.interaction_id is not None:
        raise Refused(_("Somebody wrote down already how this talk was."))
    return current


def _check(meeting: Meeting, *, may_be_over: bool = False) -> None:
    errors = {}
    today = timezone.localdate()
    if meeting.day < today and not may_be_over:
        errors["starts_at"] = _("That day is over. Write down how it was instead: “Write down a contact”.")
    elif meeting.day > today + _AHEAD:
        errors["starts_at"] = _("Look at the day: is that when the talk is?")
    check(meeting, errors)


def holders(meeting: Meeting) -> list[Model]:
    """On whose timelines a line about a planned talk belongs."""
    letter = meeting.recipient.letter if meeting.recipient is not None else None
    return [one for one in (letter, meeting.organisation, meeting.person) if one is not None]


def _tell(code: str, meeting: Meeting, *, by: Actor, **parameters: Any) -> None:
    record(
        code,
        by=by,
        on=holders(meeting),
        who=telling.named(meeting.holder),
        day=telling.day(meeting.day),
        about=meeting.about,
        **parameters,
    )
