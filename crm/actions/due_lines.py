"""Settling a line of what is due that is no follow-up: it is done, waits, goes to somebody else, or is not needed."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from crm.models import DueLine, FollowUp, Settled, User
from crm.models.follow_ups import end_of_week
from crm.registries import subjects
from crm.registries.due import Line

from . import follow_ups, telling
from .action import Refused, action, record
from .changing import AlreadyThere, Invalid, check, fill

CHANGE = follow_ups.CHANGE


@transaction.atomic
def keep(line: Line, *, user: User) -> DueLine:
    """The row of a line in somebody's list; made when it is not there yet."""
    kind = subjects.of(line.subject) if line.subject is not None else None
    row, _made = DueLine.objects.get_or_create(
        user=user,
        url=line.url,
        since=line.since,
        urgency=int(line.urgency),
        defaults={"words": line.words, "note": line.note, "subject": line.subject if kind else None},
    )
    return row


@action(permission=CHANGE)
def do(*, line: DueLine, by: User) -> DueLine:
    """She did it. Raises Refused when it was settled before, or is not hers."""
    return _settle(line, Settled.DONE, "crm.due_line_done", by=by)


@action(permission=CHANGE)
def postpone(*, line: DueLine, by: User) -> DueLine:
    """It is due again on Monday. Raises Refused as for ``do``."""
    monday = end_of_week(timezone.localdate()) + datetime.timedelta(days=1)
    return _settle(line, Settled.LATER, "crm.due_line_postponed", by=by, until_on=monday)


@action(permission=CHANGE)
def hand_over(*, line: DueLine, to: User | None, by: User) -> DueLine:
    """It stands on the action list of somebody else from now on; None for us all. Raises Refused as for ``do``, and
    Invalid for who cannot do it."""
    code = "crm.due_line_left" if to is None else "crm.due_line_handed_over"
    current = _settle(line, Settled.HANDED_OVER, code, by=by, handed_to=to)
    words = Truncator(current.words).chars(FollowUp._meta.get_field("words").max_length or 0)
    due_on = end_of_week(timezone.localdate())
    try:
        follow_ups.add(words=words, owner=to, due_on=due_on, subject=current.subject, by=by)
    except AlreadyThere as error:
        follow_ups.hand_over(follow_up=cast(FollowUp, error.existing), to=to, by=by)
    return current


@action(permission=CHANGE)
def drop(*, line: DueLine, reason: str, by: User) -> DueLine:
    """She need not do it. Raises Refused as for ``do``, and Invalid without a reason."""
    return _settle(line, Settled.NOT_NEEDED, "crm.due_line_dropped", by=by, because=reason)


@action(permission=CHANGE)
def bring_back(*, line: DueLine, by: User) -> DueLine:
    """It is due for her after all. Raises Refused when it is not hers."""
    current = _lock(line, by)
    if current.settled:
        current.settled, current.settled_at, current.until_on = "", None, None
        current.handed_to, current.because = None, ""
        current.save()
        record("crm.due_line_brought_back", by=by, on=[by], words=current.words)
    return current


def _lock(line: DueLine, by: User) -> DueLine:
    current = DueLine.objects.select_for_update(of=("self",)).filter(pk=line.pk, user=by).first()
    if current is None:
        raise Refused(_("This is on the list of somebody else."))
    return current


def _settle(line: DueLine, how: Settled, code: str, *, by: User, **values: Any) -> DueLine:
    current = _lock(line, by)
    if current.settled and (current.until_on is None or current.until_on > timezone.localdate()):
        raise Refused(_("You settled this already. On the action list you can put it back."))
    current.until_on, current.handed_to, current.because = None, None, ""
    fill(current, values)
    if how == Settled.NOT_NEEDED:
        _check_reason(current)
    current.settled, current.settled_at = how, timezone.now()
    current.save()
    record(
        code,
        by=by,
        on=[by],
        words=current.words,
        reason=current.because,
        who=str(current.handed_to or ""),
        day=telling.day(current.until_on),
    )
    return current


def _check_reason(line: DueLine) -> None:
    if not line.because:
        raise Invalid({"reason": _("Write down why: later someone will want to know.")})
    try:
        check(line)
    except Invalid as error:
        raise Invalid({"reason": str(error)}) from error
