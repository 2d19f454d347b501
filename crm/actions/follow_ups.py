"""The action list: adding to it, handing over, putting off, and that it is done or not needed."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import FollowUp, User
from crm.queries import follow_ups as queries
from crm.registries import subjects

from . import telling
from .action import Actor, Refused, action, record
from .changing import AlreadyThere, Invalid, check, check_unchanged, fill, take_turns

ADD, CHANGE = "crm.add_followup", "crm.change_followup"
WEEK = datetime.timedelta(weeks=1)
FURTHEST = datetime.timedelta(days=5 * 366)


@action(permission=ADD)
def add(
    *,
    words: str,
    owner: User | None,
    due_on: datetime.date | None = None,
    subject: Model | None = None,
    by: Actor,
) -> FollowUp:
    """Put something on the action list; without an owner it is of us all.

    Raises AlreadyThere when the same is still to be done, Invalid for values that cannot be, ValueError for a
    subject that no room named.
    """
    if subject is not None and subjects.of(subject) is None:
        raise ValueError(f"Nothing can be about {subject._meta.label_lower}.")
    follow_up = FollowUp(created_by=by if isinstance(by, User) else None)
    if subject is not None:
        follow_up.subject_type = ContentType.objects.get_for_model(subject)
        follow_up.subject_id = subject.pk
    take_turns(FollowUp, follow_up.subject_type_id, follow_up.subject_id)
    fill(follow_up, {"words": words, "owner": owner, "due_on": due_on})
    _check(follow_up, day_is_new=True, owner_is_new=True)
    same = FollowUp.objects.open().filter(
        subject_type=follow_up.subject_type, subject_id=follow_up.subject_id, words=follow_up.words
    )
    if existing := same.first():
        raise AlreadyThere(existing, _("That stands on the action list already."))
    follow_up.save()
    code = "crm.follow_up_added" if owner is None else "crm.follow_up_added_for"
    _tell(code, follow_up, by=by, who=str(owner or ""))
    return follow_up


@action(permission=CHANGE)
def change(*, follow_up: FollowUp, by: Actor, seen: str = "", **values: Any) -> FollowUp:
    """Change what is to be done, by whom or by which day. Raises Overtaken, Invalid, or Refused when it is over."""
    current = _lock(follow_up)
    check_unchanged(current, seen)
    _check_open(current)
    before = (current.due_on, current.owner_id)
    changes = fill(current, values)
    if changes:
        _check(current, day_is_new=current.due_on != before[0], owner_is_new=current.owner_id != before[1])
        current.save()
        _tell("crm.follow_up_changed", current, by=by, changes=changes)
    return current


@action(permission=CHANGE)
def hand_over(*, follow_up: FollowUp, to: User | None, by: Actor) -> FollowUp:
    """Somebody else does it; None for us all. Raises Refused when it is over, Invalid for who cannot do it."""
    current = _lock(follow_up)
    _check_open(current)
    if current.owner != to:
        current.owner = to
        _check(current, day_is_new=False, owner_is_new=True)
        current.save(update_fields=["owner"])
        code = "crm.follow_up_left" if to is None else "crm.follow_up_handed_over"
        _tell(code, current, by=by, who=str(to or ""))
    return current


@action(permission=CHANGE)
def postpone(*, follow_up: FollowUp, to: datetime.date | None = None, by: Actor) -> FollowUp:
    """Put it off to a day; without one by a week, from today for what is overdue or has no day.

    Raises Refused when it is over, Invalid for a day that has passed.
    """
    current = _lock(follow_up)
    _check_open(current)
    today = timezone.localdate()
    current.due_on = to or max(current.due_on or today, today) + WEEK
    _check(current, day_is_new=True, owner_is_new=False)
    current.save(update_fields=["due_on"])
    _tell("crm.follow_up_postponed", current, by=by, day=telling.day(current.due_on))
    return current


@action(permission=CHANGE)
def do(*, follow_up: FollowUp, by: Actor) -> FollowUp:
    """It is done. Safe to press twice. Raises Refused when it was dropped."""
    current = _lock(follow_up)
    if current.done_at is None:
        _check_open(current)
        current.done_at = timezone.now()
        current.done_by = by if isinstance(by, User) else None
        current.save(update_fields=["done_at", "done_by"])
        _tell("crm.follow_up_done", current, by=by)
    return current


@action(permission=CHANGE)
def drop(*, follow_up: FollowUp, reason: str, by: Actor) -> FollowUp:
    """It need not be done. Raises Invalid without a reason, Refused when it was done."""
    current = _lock(follow_up)
    _check_open(current)
    fill(current, {"dropped_because": reason})
    if not current.dropped_because:
        raise Invalid({"reason": _("Write down why: later someone will want to know.")})
    current.dropped_at = timezone.now()
    current.dropped_by = by if isinstance(by, User) else None
    try:
        check(current)
    except Invalid as error:
        raise Invalid({"reason": str(error)}) from error
    current.save(update_fields=["dropped_at", "dropped_by", "dropped_because"])
    _tell("crm.follow_up_dropped", current, by=by, reason=current.dropped_because)
    return current


@action(permission=CHANGE)
def undo(*, follow_up: FollowUp, by: Actor) -> FollowUp:
    """It is still to be done after all."""
    current = _lock(follow_up)
    if not current.is_open:
        current.done_at = current.done_by = current.dropped_at = current.dropped_by = None
        current.dropped_because = ""
        current.save()
        _tell("crm.follow_up_reopened", current, by=by)
    return current


def _lock(follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("owner", "done_by", "dropped_by")
    return rows.get(pk=follow_up.pk)


def _check_open(follow_up: FollowUp) -> None:
    if follow_up.done_at is not None:
        raise Refused(
            _("This was done already, by %(who)s.") % {"who": follow_up.done_by or _("someone else")}
        )
    if follow_up.dropped_at is not None:
        words = _("%(who)s noted that this is not needed any more: %(reason)s")
        who = follow_up.dropped_by or _("Someone else")
        raise Refused(words % {"who": who, "reason": follow_up.dropped_because})


def _check(follow_up: FollowUp, *, day_is_new: bool, owner_is_new: bool) -> None:
    errors, today = {}, timezone.localdate()
    if day_is_new and follow_up.due_on is not None:
        if follow_up.due_on < today:
            errors["due_on"] = _("That day has passed. Choose today or a later day.")
        elif follow_up.due_on > today + FURTHEST:
            errors["due_on"] = _("That is more than five years from now. Choose an earlier day.")
    if owner_is_new and follow_up.owner and not queries.candidates().filter(pk=follow_up.owner.pk).exists():
        errors["owner"] = _("%(who)s cannot work with the action list. Choose somebody else.") % {
            "who": follow_up.owner
        }
    check(follow_up, errors)


def _tell(code: str, follow_up: FollowUp, *, by: Actor, **parameters: Any) -> None:
    """One line: with the follow-up itself, and on the timelines of what it is about."""
    subject = follow_up.subject
    kind = subjects.of(subject) if subject is not None else None
    about = kind.timelines(subject) if kind else []
    record(code, by=by, on=[follow_up, *about], words=follow_up.words, **parameters)
