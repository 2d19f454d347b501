"""The file for a calendar: one event that every calendar understands, and can take out again."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from letters.render.calendars import Appointment, calendar_file

START = datetime(2025, 9, 2, 14, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
TALK = Appointment(
    uid="gesprek-1@spreekbuis.example",
    summary="Gesprek met De Brug",
    starts_at=START,
    ends_at=START.replace(hour=15, minute=30),
    changed_at=datetime(2025, 8, 1, 9, tzinfo=UTC),
    place="Café ’t Hoekje, Verzonnenplein 4; achterzaal",
    description="Kennismaken\nMet: De Brug",
)


def event(appointment):
    calendar = Calendar.from_ical(calendar_file(appointment))
    [found] = calendar.walk("VEVENT")
    return calendar, found


def test_the_event_is_at_the_same_moment_on_every_clock():
    _calendar, found = event(TALK)
    assert found.decoded("dtstart") == datetime(2025, 9, 2, 12, 30, tzinfo=UTC)
    assert found.decoded("dtend") == datetime(2025, 9, 2, 13, 30, tzinfo=UTC)
    assert str(found["location"]) == TALK.place
    assert str(found["description"]) == TALK.description
    assert (str(found["uid"]), found["sequence"], str(found["status"])) == (TALK.uid, 0, "CONFIRMED")


def test_called_off_it_goes_out_of_the_calendar():
    calendar, found = event(replace(TALK, called_off=True, revision=2))
    assert (str(calendar["method"]), str(found["status"]), found["sequence"]) == ("CANCEL", "CANCELLED", 2)


def test_the_lines_are_as_the_standard_wants_them():
    data = calendar_file(replace(TALK, summary="Een gesprek over " + "ontmoeting in de buurt, " * 9))
    lines = data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_it_is_the_same_every_time():
    assert calendar_file(TALK) == calendar_file(TALK)
