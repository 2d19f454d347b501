"""What is due in campaigns for one person, for ``crm.registries.due``."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Mailing, MailingState
from crm.models import User
from crm.registries.due import Found, Line, Urgency

from . import mailings, positions


def to_confirm(user: User, day: datetime.date, limit: int) -> Found:
    """Positions that somebody else put down and that count once she confirms them: one line for all of them."""
    if not user.has_perm("campaigns.confirm_claim") or not positions.second_person_confirms():
        return Found((), 0)
    rows = positions.waiting(user)
    oldest = rows.first()
    if oldest is None:
        return Found((), 0)
    count = rows.count()
    words = ngettext(
        "%(count)d position waits for somebody to confirm it",
        "%(count)d positions wait for somebody to confirm them",
        count,
    )
    line = Line(
        words=words % {"count": count},
        url=reverse("campaigns:index"),
        urgency=Urgency.OF_US_ALL,
        since=timezone.localdate(oldest.entered_at),
        note=_("for all of us"),
    )
    return Found([line], 1)


def newsletters(user: User, day: datetime.date, limit: int) -> Found:
    """The newsletters that wait for her word, and those of which the sending stopped."""
    lines = [
        Line(
            words=_("Do you agree? Newsletter “%(subject)s”") % {"subject": mailing},
            url=reverse("newsletters:issue", args=[mailing.page_id]),
            urgency=Urgency.OTHERS_WAIT,
            since=timezone.localdate(mailing.made_at),
        )
        for mailing in mailings.waiting_for(user)
    ]
    if user.has_perm("campaigns.send_mailing"):
        lines += [
            Line(
                words=_("The newsletter “%(subject)s” stopped: %(why)s")
                % {"subject": mailing, "why": mailing.get_problem_display()},
                url=reverse("newsletters:issue", args=[mailing.page_id]),
                urgency=Urgency.OTHERS_WAIT,
                since=timezone.localdate(mailing.problem_since or mailing.made_at),
            )
            for mailing in Mailing.objects.filter(state=MailingState.STOPPED)
        ]
    return Found(lines[:limit], len(lines))
