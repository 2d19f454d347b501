"""The Monday mail: who gets it, and what stands in it."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.utils.translation import gettext as _

from crm.models import OutgoingMessage, User
from crm.queries import recesses, users
from crm.registries.outgoing import About

KEY = "monday:"


def key(user: User, day: datetime.date) -> str:
    """What the mail of one person in the week of a day is known by in the outbox: ``monday:2026-W49:7``."""
    year, week, _weekday = day.isocalendar()
    return f"{KEY}{year}-W{week:02}:{user.pk}"


def readers(day: datetime.date) -> list[User]:
    """Who gets a mail on a day when something is due: whoever works here, wants it, is there, and did not get this
    week's yet. Nobody in a recess. Three queries."""
    if recesses.is_recess(day):
        return []
    wanting = [
        user
        for user in users.holding("crm.change_followup").filter(wants_monday_mail=True).exclude(email="")
        if not user.is_absent(day)
    ]
    sent = OutgoingMessage.objects.filter(key__in=[key(user, day) for user in wanting])
    keys = set(sent.values_list("key", flat=True))
    return [user for user in wanting if key(user, day) not in keys]


def about(keys: Collection[str]) -> dict[str, About]:
    """What the mails are about, by their keys. One query."""
    pks = {one: int(one.rpartition(":")[2]) for one in keys}
    found = User.objects.in_bulk(set(pks.values()))
    return {
        one: About(_("Monday mail to %(who)s") % {"who": found[pk]}) for one, pk in pks.items() if pk in found
    }
