"""One-shot links to what is due: one thing, once, without signing in."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import SignedLink, User
from crm.queries import one_shot
from crm.queries.one_shot import Due

from .action import Refused

PURPOSE = one_shot.PURPOSE
LASTS = datetime.timedelta(days=14)


@transaction.atomic
def link_for(about: Due, user: User) -> str:
    """A fresh personal token; those of earlier mails work until one of them was used."""
    _link, token = SignedLink.objects.issue(purpose=PURPOSE, user=user, subject=about, valid_for=LASTS)
    return token


@transaction.atomic
def use(token: str, do: Callable[[Due, User], object]) -> Due:
    """Have ``do`` run an action on what is due, as the one whom the link is of, and use the link up with all others
    that she has for it. What ``do`` raises leaves the link as it was.

    Raises Refused for a link that opens nothing (any more).
    """
    about = one_shot.opened(token).about
    if about is not None:
        # Of two presses at once, also in two mails, the second waits here, and finds the link used.
        type(about)._default_manager.select_for_update().filter(pk=about.pk).first()
    opened = one_shot.opened(token)
    if opened.over is not None or opened.link is None or opened.about is None:
        raise Refused(_("This button was used or has expired. Sign in to go on."))
    link = opened.link
    do(opened.about, link.user)
    SignedLink.objects.filter(
        purpose=PURPOSE,
        user=link.user,
        subject_type=link.subject_type,
        subject_id=link.subject_id,
        used_at=None,
    ).update(used_at=timezone.now())
    opened.about.refresh_from_db()
    return opened.about
