"""Being away for a while, with somebody who decides meanwhile, and being back."""

from __future__ import annotations

import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.action import Actor, NotAllowed, action, record
from crm.actions.changing import Invalid
from crm.actions.telling import day
from crm.models import ApprovalRound, RoundState, User
from letters.models import Letter
from letters.queries import approvals

FURTHEST = datetime.timedelta(days=366)


@action(permission="letters.approve_letter")
def go_away(*, user: User, back_on: datetime.date, stand_in: User | None, by: Actor) -> None:
    """Count ``user`` out of every approval until ``back_on``; ``stand_in`` decides meanwhile, when there is one.

    Everybody says it of themselves; of a colleague only who may change users. Raises NotAllowed, or Invalid for a day
    that is no absence and for somebody who cannot stand in.
    """
    user = _lock(user, by)
    today = timezone.localdate()
    if back_on <= today:
        raise Invalid({"back_on": _("Choose a day after today, or choose “Back again”.")})
    if back_on > today + FURTHEST:
        raise Invalid({"back_on": _("That is more than a year from now. Choose an earlier day.")})
    if stand_in is not None:
        others = [member for member in approvals.committee() if member.pk != user.pk]
        if stand_in not in others:
            raise Invalid({"stand_in": _("Choose somebody else of the committee.")})
        if others[others.index(stand_in)].is_absent(today):
            raise Invalid({"stand_in": _("%(who)s is away too. Choose somebody else.") % {"who": stand_in}})
    user.absent_until_on, user.stand_in = back_on, stand_in
    user.save(update_fields=["absent_until_on", "stand_in"])
    code = "letters.went_away" if stand_in is None else "letters.went_away_with_stand_in"
    subjects, stands_in = [user, *_awaiting()], str(stand_in or "")
    record(code, by=by, on=subjects, who=str(user), day=day(back_on), stand_in=stands_in)


@action(permission="letters.approve_letter")
def come_back(*, user: User, by: Actor) -> None:
    """Count ``user`` in again from today. Raises NotAllowed for a colleague, unless ``by`` may change users."""
    user = _lock(user, by)
    if not user.is_absent():
        return
    user.absent_until_on, user.stand_in = None, None
    user.save(update_fields=["absent_until_on", "stand_in"])
    record("letters.came_back", by=by, on=[user, *_awaiting()], who=str(user))


def _lock(user: User, by: Actor) -> User:
    if isinstance(by, User) and user.pk != by.pk and not by.has_perm("crm.change_user"):
        raise NotAllowed(_("You can only say this of yourself."))
    return User.objects.select_for_update().get(pk=user.pk)


def _awaiting() -> list[Letter]:
    """The letters that wait for approval: for these it matters who is there."""
    rounds = ApprovalRound.objects.filter(
        subject_type=ContentType.objects.get_for_model(Letter), state=RoundState.OPEN
    )
    return list(Letter.objects.filter(pk__in=rounds.values("subject_id")))
