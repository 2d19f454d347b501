"""The action list: whose it is, what is overdue, what it is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.dutch.dates import long_date
from crm.models import FollowUp, User
from crm.models.follow_ups import FollowUpQuerySet, end_of_week
from crm.registries import subjects
from crm.registries.due import Found, Line, Urgency
from crm.registries.panels import Item, Panel
from crm.registries.search import Hit
from crm.registries.subjects import Named

from . import containing, users
from . import subjects as subjects_query

SHOWN = 8
CHANGE = "crm.change_followup"
# Under this name ``crm.registries.due`` knows the action list.
DUE = "crm.follow_ups"


class Which(StrEnum):
    """The lists that the action list is looked at in."""

    MINE = ""
    EVERYBODY = "iedereen"
    OVERDUE = "te-laat"
    ENDED = "klaar"


@dataclass(frozen=True, slots=True)
class Row:
    """One follow-up, with what it is about: None when it is about nothing, ``is_gone`` when that is no longer there."""

    follow_up: FollowUp
    subject: Named | None
    is_gone: bool


def listed(user: User, which: Which = Which.MINE) -> FollowUpQuerySet:
    """One of the lists, in the order in which it is read; without what is about records that the user may not see."""
    found = visible(user).select_related("owner", "created_by", "done_by", "dropped_by")
    if which == Which.ENDED:
        return found.ended()
    if which == Which.OVERDUE:
        return found.overdue(timezone.localdate()).by_day()
    found = found.open()
    return (found.filter(_for(user)) if which == Which.MINE else found).by_day()


def visible(user: Any) -> FollowUpQuerySet:
    """All follow-ups but those about records that the user may not see."""
    models = [apps.get_model(kind.label) for kind in subjects.visible_to(user)]
    types = ContentType.objects.get_for_models(*models).values()
    return FollowUp.objects.filter(Q(subject_type=None) | Q(subject_type__in=list(types)))


def _for(user: User) -> Q:
    """What a user has to look after: her own, and what is of us all."""
    return Q(owner=user) | Q(owner=None)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a user still has to do: her own, how much of that is too late, and what is of us all."""

    mine: int
    too_late: int
    of_us_all: int


def counts(user: User) -> Counts:
    """How much is still to be done. One query."""
    late = Q(due_on__lt=timezone.localdate())
    numbers = (
        visible(user)
        .open()
        .aggregate(
            mine=Count("pk", filter=Q(owner=user)),
            too_late=Count("pk", filter=late & Q(owner=user)),
            of_us_all=Count("pk", filter=Q(owner=None)),
        )
    )
    return Counts(**numbers)


def with_subjects(rows: Iterable[FollowUp]) -> list[Row]:
    """Follow-ups with what they are about; the queries grow with the kinds of records, not with the rows."""
    follow_ups = list(rows)
    named = subjects_query.names((row.subject_type_id, row.subject_id) for row in follow_ups)
    return [
        Row(
            row,
            found := named.get((row.subject_type_id, row.subject_id)),
            is_gone=row.subject_type_id is not None and found is None,
        )
        for row in follow_ups
    ]


def concerning(record: Model) -> FollowUpQuerySet:
    """What is about a record or about something on its page, such as the threads with an organisation."""
    about = Q(subject_type=ContentType.objects.get_for_model(record), subject_id=record.pk)
    for kind in subjects.KINDS.values():
        pks = kind.within(record) if kind.within else None
        if pks is not None:
            model = apps.get_model(kind.label)
            about |= Q(subject_type=ContentType.objects.get_for_model(model), subject_id__in=pks)
    return FollowUp.objects.filter(about).select_related("owner")


def address_of(record: Model) -> str:
    """A record as an address carries it: "crm.organisation:12"."""
    return f"{record._meta.label_lower}:{record.pk}"


def record_at(address: str, *, user: Any) -> Model | None:
    """The record behind such an address; None when it is not there, or is not for this user to see."""
    label, _colon, pk = address.partition(":")
    kind = subjects.KINDS.get(label)
    if kind is None or not (pk.isascii() and pk.isdecimal() and len(pk) <= 18):
        return None
    if not user.has_perm(kind.permission):
        return None
    found: Model | None = apps.get_model(label)._default_manager.filter(pk=int(pk)).first()
    return found


def name_of(record: Model) -> Named | None:
    """A record in words, and where it stands."""
    kind = subjects.of(record)
    return kind.name([record.pk]).get(record.pk) if kind else None


def candidates() -> QuerySet[User]:
    """Who can do a follow-up."""
    return users.holding(CHANGE)


def day_in_words(follow_up: FollowUp) -> str:
    """By which day, as a list says it: "te laat, 3 november"; empty for no day."""
    if follow_up.due_on is None:
        return ""
    today = timezone.localdate()
    if follow_up.due_on == today:
        return _("today")
    day = date_format(follow_up.due_on, "l j F" if follow_up.due_on.year == today.year else "j F Y")
    if follow_up.is_overdue:
        return _("too late: it was to be done on %(day)s") % {"day": day}
    return _("this week: %(day)s") % {"day": day} if follow_up.is_due_this_week else day


def panel(subject: Model, user: Any) -> Panel | None:
    """What is to be done about somebody, and the way to add something. One query."""
    if not user.has_perm("crm.view_followup"):
        return None
    rows = concerning(subject).open().by_day()[:SHOWN]
    action = None
    if user.has_perm("crm.add_followup"):
        place = f"{reverse('crm:follow_up_add')}?over={address_of(subject)}"
        action = (_("Put something on the action list"), place)
    return Panel(
        title=_("Action list"),
        items=tuple(item(row) for row in rows),
        empty=_("Nothing has to be done about them."),
        action=action,
    )


def item(follow_up: FollowUp) -> Item:
    """A follow-up as a short list shows it; its ``owner`` must be fetched."""
    who = str(follow_up.owner) if follow_up.owner else _("for all of us")
    note = " · ".join(filter(None, [who, day_in_words(follow_up)]))
    return Item(
        text=follow_up.words,
        url=reverse("crm:follow_up", args=[follow_up.pk]),
        note=note,
        tone="attention" if follow_up.is_overdue else "calm",
    )


def find(text: str, limit: int, user: Any) -> list[Hit]:
    """Follow-ups by their words or why they were not needed, what is still to be done first. The queries grow with the
    kinds of records that they are about, not with the rows."""
    if not user.has_perm("crm.view_followup"):
        return []
    found = containing.with_words(visible(user), text, "words", "dropped_because").select_related("owner")
    still = found.open().by_day()[:limit]
    rows = [*still, *found.ended()[: limit - len(still)]]
    return [
        Hit(
            "followup",
            row.follow_up.pk,
            row.follow_up.words,
            " · ".join(filter(None, [_state(row.follow_up), row.subject.words if row.subject else ""])),
            reverse("crm:follow_up", args=[row.follow_up.pk]),
        )
        for row in with_subjects(rows)
    ]


def _state(follow_up: FollowUp) -> str:
    """How it stands, in one line."""
    if follow_up.done_at is not None:
        return _("done on %(day)s") % {"day": long_date(timezone.localdate(follow_up.done_at))}
    if follow_up.dropped_at is not None:
        return _("not needed: %(why)s") % {"why": follow_up.dropped_because}
    who = str(follow_up.owner) if follow_up.owner else _("for all of us")
    return " · ".join(filter(None, [who, day_in_words(follow_up)]))


def due(user: User, day: datetime.date, limit: int) -> Found:
    """What of the action list is due this week for a user, for ``crm.registries.due``: hers first, then of us all."""
    if not user.has_perm(CHANGE):
        return Found((), 0)
    found = visible(user).due_by(end_of_week(day)).filter(_for(user)).by_day()
    hers = list(found.filter(owner=user)[:limit])
    ours = list(found.filter(owner=None)[: limit - len(hers)])
    return Found([_line(row, day) for row in with_subjects([*hers, *ours])], found.count())


def _line(row: Row, day: datetime.date) -> Line:
    follow_up = row.follow_up
    assert follow_up.due_on is not None
    if follow_up.owner_id is None:
        urgency = Urgency.OF_US_ALL
    else:
        urgency = Urgency.OVERDUE if follow_up.due_on < day else Urgency.THIS_WEEK
    note = [row.subject.words if row.subject else "", day_in_words(follow_up)]
    if follow_up.owner_id is None:
        note.append(_("for all of us"))
    return Line(
        words=follow_up.words,
        url=reverse("crm:follow_up", args=[follow_up.pk]),
        urgency=urgency,
        since=follow_up.due_on,
        note=" · ".join(filter(None, note)),
        follow_up=follow_up.pk,
    )
