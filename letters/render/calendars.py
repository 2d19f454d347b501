"""A planned talk as a file for a calendar (RFC 5545). The one door to icalendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment; all moments are aware. ``uid`` never changes, ``revision`` counts its changes: so a calendar
    replaces what it had. ``called_off`` takes it out."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    revision: int = 0
    place: str = ""
    description: str = ""
    url: str = ""
    called_off: bool = False


def calendar_file(appointment: Appointment) -> bytes:
    """The file: one event, its moments in UTC, which every calendar shows on its own clock."""
    calendar = Calendar()
    calendar.add("prodid", "-//Spreekbuis//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.called_off else "PUBLISH")
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.revision)
    event.add("dtstamp", _utc(appointment.changed_at))
    event.add("dtstart", _utc(appointment.starts_at))
    event.add("dtend", _utc(appointment.ends_at))
    event.add("summary", appointment.summary)
    event.add("status", "CANCELLED" if appointment.called_off else "CONFIRMED")
    for name, text in (
        ("location", appointment.place),
        ("description", appointment.description),
        ("url", appointment.url),
    ):
        if text:
            event.add(name, text)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
