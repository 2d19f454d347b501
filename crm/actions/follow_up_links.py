"""One-shot links to a follow-up: one thing, once, without signing in."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import FollowUp, SignedLink, User
from crm.queries import follow_up_links

from .action import Refused

PURPOSE = follow_up_links.PURPOSE
LASTS = datetime.timedelta(days=14)


@transaction.atomic
def link_for(follow_up: FollowUp, user: User) -> str:
    """A fresh personal token; those of earlier mails work until one of them was used."""
    _link, token = SignedLink.objects.issue(purpose=PURPOSE, user=user, subject=follow_up, valid_for=LASTS)
    return token


@transaction.atomic
def use(token: str, do: Callable[[FollowUp, User], object]) -> FollowUp:
    """Have ``do`` run an action on the follow-up, as the one whom the link is of, and use the link up with all others
    that she has for it. What ``do`` raises leaves the link as it was.

    Raises Refused for a link that opens nothing (any more).
    """
    found = SignedLink.objects.find(token, purpose=PURPOSE)
    if found is not None:
        # Of two presses at once, also in two mails, the second waits here, and finds the link used.
        FollowUp.objects.select_for_update().filter(pk=found.subject_id).first()
    opened = follow_up_links.opened(token)
    if opened.over is not None or opened.link is None or opened.follow_up is None:
        raise Refused(_("This button was used or has expired. Sign in to go on."))
    link = opened.link
    do(opened.follow_up, link.user)
    SignedLink.objects.filter(
        purpose=PURPOSE,
        user=link.user,
        subject_type=link.subject_type,
        subject_id=link.subject_id,
        used_at=None,
    ).update(used_at=timezone.now())
    opened.follow_up.refresh_from_db()
    return opened.follow_up
