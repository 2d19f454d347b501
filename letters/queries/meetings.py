"""Planned talks: those to come, those of which nobody wrote down how it was, and how each looks in a calendar."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.dates import clock, long_date, weekday_date
from crm.models import Organisation, Person, Recess, User
from crm.models.follow_ups import end_of_week
from crm.queries import containing, organisations
from crm.registries.due import Found, Line, Urgency
from crm.registries.panels import Item, Panel
from crm.registries.search import Hit
from letters.models import Meeting
from letters.models.meetings import MeetingQuerySet
from letters.render.calendars import Appointment, calendar_file

VIEW = "letters.view_meeting"
SHOWN = 5


def listed(rows: MeetingQuerySet) -> QuerySet[Meeting]:
    """With all that a list shows of each. Two queries."""
    return rows.select_related("organisation", "person", "interaction").prefetch_related("goers")


def reported() -> MeetingQuerySet:
    """Those of which somebody wrote down how it was, the newest on top."""
    return Meeting.objects.exclude(interaction=None).order_by("-starts_at", "-pk")


def when(meeting: Meeting) -> str:
    """ "dinsdag 29 juli 2025, 14.00 uur" """
    local = timezone.localtime(meeting.starts_at)
    return f"{weekday_date(local.date())}, {clock(local)}"


def who_goes(meeting: Meeting) -> str:
    """Who of us goes, in one line; empty when nobody does yet."""
    return ", ".join(str(user) for user in meeting.goers.all())


def in_recess(day: datetime.date) -> str:
    """That a day is in a recess, in a sentence; empty for any other day. One query."""
    recess = Recess.objects.filter(from_on__lte=day, until_on__gte=day).order_by("from_on", "pk").first()
    if recess is None:
        return ""
    return _("%(day)s is in a recess: %(name)s (until %(until)s).") % {
        "day": long_date(day), "name": recess, "until": long_date(recess.until_on),
    }  # fmt: skip


def in_calendar(meeting: Meeting) -> bytes:
    """The file for the calendar of who goes."""
    url = settings.BASE_URL + reverse("letters:meeting", args=[meeting.pk])
    said = [meeting.about, _("With: %(who)s") % {"who": meeting.with_whom}]
    if goers := who_goes(meeting):
        said.append(_("Who of us goes: %(who)s") % {"who": goers})
    return calendar_file(
        Appointment(
            uid=f"gesprek-{meeting.pk}@{urlsplit(settings.BASE_URL).hostname}",
            summary=_("Talk with %(who)s") % {"who": meeting.holder},
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            changed_at=meeting.changed_at,
            revision=meeting.revision,
            place=meeting.place,
            description="\n".join(said),
            url=url,
            called_off=meeting.called_off_at is not None,
        )
    )


def panel(subject: Model, user: Any) -> Panel | None:
    """The talks planned with somebody, and those of which nobody wrote down how it was; with a card to take along.
    Two queries, and two for what an organisation came from."""
    if not user.has_perm(VIEW):
        return None
    assert isinstance(subject, Organisation | Person)
    if isinstance(subject, Organisation):
        before = [step.organisation for step in organisations.came_from(subject)]
        about = Q(organisation__in=[subject, *before])
    else:
        about = Q(person=subject)
    rows = listed(Meeting.objects.standing().filter(about, interaction=None).order_by("starts_at", "pk"))
    plan, card = _("Plan a talk"), _("Card for a talk (PDF)")
    kind = "organisatie" if isinstance(subject, Organisation) else "persoon"
    name = subject._meta.model_name
    return Panel(
        title=_("Talks"),
        items=tuple(_item(meeting) for meeting in rows[:SHOWN]),
        empty=_("No talk is planned."),
        action=(plan, f"{reverse('letters:plan_meeting')}?{name}={subject.pk}")
        if user.has_perm("letters.add_meeting")
        else None,
        more=((card, reverse("letters:card", args=[kind, subject.pk])),),
    )


def _item(meeting: Meeting) -> Item:
    note = f"{meeting.about} · {who_goes(meeting) or _('nobody goes yet')}"
    if not meeting.is_over:
        return Item(when(meeting), reverse("letters:meeting", args=[meeting.pk]), note)
    words = _("%(day)s: how was it?") % {"day": long_date(meeting.day)}
    return Item(words, reverse("letters:report_meeting", args=[meeting.pk]), note, tone="attention")


def find(text: str, limit: int, user: Any) -> list[Hit]:
    """Planned talks by what they are about, where, what we want to ask, and with whom; the newest first. One query."""
    if not user.has_perm(VIEW):
        return []
    columns = (
        "about", "place", "questions", "organisation__name", "organisation__short_name", "person__given_name",
        "person__family_name",
    )  # fmt: skip
    found = containing.with_words(
        Meeting.objects.select_related("organisation", "person"), text, *columns
    ).order_by("-starts_at", "-pk")
    return [
        Hit(
            "meeting",
            one.pk,
            one.about,
            " · ".join(filter(None, [_sort(one), when(one), one.with_whom, one.place])),
            one.get_absolute_url(),
        )
        for one in found[:limit]
    ]


def _sort(meeting: Meeting) -> str:
    """What became of a plan, in words."""
    if meeting.called_off_at is not None:
        return _("talk that does not go on")
    return _("talk that was planned") if meeting.is_over or meeting.interaction_id else _("planned talk")


def due(user: User, day: datetime.date, limit: int) -> Found:
    """The talks she goes to this week, and those she was at and of which nobody wrote down how it was."""
    if not user.has_perm(VIEW):
        return Found((), 0)
    hers = (
        Meeting.objects.standing()
        .filter(goers=user, interaction=None)
        .select_related("organisation", "person")
    )
    lines = [_due(meeting) for meeting in hers.order_by("starts_at", "pk") if meeting.day <= end_of_week(day)]
    return Found(lines[:limit], len(lines))


def _due(meeting: Meeting) -> Line:
    if meeting.is_over:
        return Line(
            words=_("How was the talk with %(who)s?") % {"who": meeting.holder},
            url=reverse("letters:report_meeting", args=[meeting.pk]),
            urgency=Urgency.OVERDUE,
            since=meeting.day,
            note=long_date(meeting.day),
            subject=meeting.holder,
        )
    return Line(
        words=_("Talk with %(who)s") % {"who": meeting.holder},
        url=reverse("letters:meeting", args=[meeting.pk]),
        urgency=Urgency.THIS_WEEK,
        since=meeting.day,
        note=" · ".join(part for part in (when(meeting), meeting.place) if part),
        subject=meeting.holder,
    )
