"""Dates and times as people write and say them in Dutch."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

HERE: Final = ZoneInfo("Europe/Amsterdam")

MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

_NEAR: Final = {-2: "eergisteren", -1: "gisteren", 0: "vandaag", 1: "morgen", 2: "overmorgen"}
# From here on a date says more than a number of weeks.
_FAR: Final = 35


def long_date(day: date) -> str:
    """``29 juli 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_date(day: date) -> str:
    """``dinsdag 29 juli 2025``."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def clock(moment: datetime) -> str:
    """``20.14 uur``, ``9.05 uur``: the time in Amsterdam. A moment without a time zone raises ``ValueError``."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone before it can be told as a time in Amsterdam.")
    local = moment.astimezone(HERE)
    return f"{local.hour}.{local.minute:02} uur"


def relative(day: date, today: date) -> str:
    """``gisteren``, ``over 3 dagen``, ``vorige week``, ``3 weken geleden``; five weeks away or more: the date.

    "Vorige week" and "volgende week" are calendar weeks, from Monday, and used from seven days away: until then the
    number of days is clearer. Weeks are whole weeks, rounded down.
    """
    days = (day - today).days
    if days in _NEAR:
        return _NEAR[days]
    distance = abs(days)
    if distance >= _FAR:
        return long_date(day)
    weeks = (_monday(day) - _monday(today)).days // 7
    if distance >= 7 and abs(weeks) == 1:
        return "volgende week" if weeks > 0 else "vorige week"
    amount = f"{distance} dagen" if distance < 14 else f"{distance // 7} weken"
    return f"over {amount}" if days > 0 else f"{amount} geleden"


def span(start: date | None, until: date | None) -> str:
    """A period, its last day included: ``1 tot en met 29 juli 2025``, ``sinds 1 mei 2024``; without either, "".

    What month or year both days share is said once. Dates in the wrong order are shown as they are.
    """
    if until is None:
        return f"sinds {long_date(start)}" if start else ""
    if start is None:
        return f"tot en met {long_date(until)}"
    if start == until:
        return long_date(start)
    if start.year != until.year:
        first = long_date(start)
    elif start.month != until.month:
        first = f"{start.day} {MONTHS[start.month - 1]}"
    else:
        first = str(start.day)
    return f"{first} tot en met {long_date(until)}"


def parse_date(text: str, today: date | None = None) -> date:
    """Read ``29-7-2025``, ``29/07/25``, ``29 juli 2025``, ``di 29 jul. 2025`` or ``2025-07-29``.

    With ``today`` also what ``relative`` says of the days around it: ``gisteren``, ``overmorgen``.

    The day comes before the month. Years of two digits are 1970 to 2069. Raises ``ValueError`` with a Dutch sentence
    for what is no date, what does not exist (31 februari), and a weekday that is not that day's.
    """
    shown = " ".join(text.split())
    near = next((days for days, word in _NEAR.items() if word == shown.lower()), None)
    if today is not None and near is not None:
        return today + timedelta(days=near)
    found = next((match for shape in _SHAPES if (match := shape.fullmatch(shown.lower()))), None)
    month = _month(found["month"]) if found else None
    if found is None or month is None:
        raise ValueError(
            f"We kunnen van “{shown}” geen datum maken. Schrijf hem zo: 29-7-2025 of 29 juli 2025."
        )
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 70 else 1900
    try:
        day = date(year, month, int(found["day"]))
    except ValueError:
        raise ValueError(f"De datum {shown} bestaat niet. Kijk de dag en de maand na.") from None
    weekday = found.groupdict().get("weekday")
    if weekday and not WEEKDAYS[day.weekday()].startswith(weekday):
        name = next(name for name in WEEKDAYS if name.startswith(weekday))
        raise ValueError(f"{long_date(day)} is een {WEEKDAYS[day.weekday()]}, geen {name}. Kijk de datum na.")
    return day


_DAYS: Final = "|".join(f"{name}|{name[:2]}" for name in WEEKDAYS)
_DAY: Final = rf"(?:(?P<weekday>{_DAYS})\.?,? )?(?P<day>[0-9]{{1,2}})"
_YEAR: Final = r"(?P<year>[0-9]{4}|[0-9]{2})"
_SHAPES: Final = (
    re.compile(rf"{_DAY} ?(?P<sign>[-/.]) ?(?P<month>[0-9]{{1,2}}) ?(?P=sign) ?{_YEAR}"),
    re.compile(rf"{_DAY}[ -]?(?P<month>[a-z]+)\.?[ -]?['’‘]?{_YEAR}"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
)
_SHORT_MONTHS: Final = {"mrt": 3, "sept": 9} | {
    name[:3]: number for number, name in enumerate(MONTHS, start=1)
}


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return MONTHS.index(text) + 1 if text in MONTHS else _SHORT_MONTHS.get(text)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
