"""Dates and times in Dutch."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crm.dutch.dates import clock, long_date, parse_date, relative, span, weekday_date

LETTER_DAY = date(2025, 7, 29)  # a Tuesday


@pytest.mark.parametrize(
    ("day", "long", "with_weekday"),
    [
        (date(2025, 7, 29), "29 juli 2025", "dinsdag 29 juli 2025"),
        (date(2026, 3, 18), "18 maart 2026", "woensdag 18 maart 2026"),
        (date(2024, 2, 29), "29 februari 2024", "donderdag 29 februari 2024"),
        (date(2025, 1, 1), "1 januari 2025", "woensdag 1 januari 2025"),
        (date(2025, 12, 28), "28 december 2025", "zondag 28 december 2025"),
    ],
)
def test_dates_are_written_out(day, long, with_weekday):
    assert (long_date(day), weekday_date(day)) == (long, with_weekday)


def test_every_month_has_its_name():
    assert [long_date(date(2025, month, 1)).split()[1] for month in range(1, 13)] == [
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2025, 7, 29, 18, 14, tzinfo=UTC), "20.14 uur"),
        (datetime(2025, 1, 29, 18, 14, tzinfo=UTC), "19.14 uur"),
        (datetime(2025, 7, 29, 7, 5, tzinfo=UTC), "9.05 uur"),
        (datetime(2025, 7, 29, 22, 0, tzinfo=UTC), "0.00 uur"),
        (datetime(2025, 7, 29, 20, 14, tzinfo=timezone(timedelta(hours=2))), "20.14 uur"),
        # The hour that comes twice when summer time ends.
        (datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "2.30 uur"),
        (datetime(2025, 10, 26, 1, 30, tzinfo=UTC), "2.30 uur"),
    ],
)
def test_a_moment_is_told_in_amsterdam_time(moment, told):
    assert clock(moment) == told


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        clock(datetime(2025, 7, 29, 20, 14))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "vandaag"),
        (-1, "gisteren"),
        (1, "morgen"),
        (-2, "eergisteren"),
        (2, "overmorgen"),
        (3, "over 3 dagen"),
        (-3, "3 dagen geleden"),
        (6, "over 6 dagen"),
        (-6, "6 dagen geleden"),
        (-7, "vorige week"),
        (-8, "vorige week"),  # Monday of the week before
        (-9, "9 dagen geleden"),  # the Sunday before that
        (7, "volgende week"),
        (12, "volgende week"),  # Sunday
        (13, "over 13 dagen"),  # the Monday after
        (14, "over 2 weken"),
        (-14, "2 weken geleden"),
        (-20, "2 weken geleden"),
        (-21, "3 weken geleden"),
        (34, "over 4 weken"),
        (-34, "4 weken geleden"),
        (35, "2 september 2025"),
        (-35, "24 juni 2025"),
        (-365, "29 juli 2024"),
    ],
)
def test_near_days_are_told_from_today(days, words):
    assert relative(LETTER_DAY + timedelta(days=days), LETTER_DAY) == words


@pytest.mark.parametrize(
    ("start", "until", "words"),
    [
        (date(2025, 7, 1), date(2025, 7, 29), "1 tot en met 29 juli 2025"),
        (date(2025, 7, 29), date(2025, 8, 2), "29 juli tot en met 2 augustus 2025"),
        (date(2025, 12, 20), date(2026, 1, 4), "20 december 2025 tot en met 4 januari 2026"),
        (date(2025, 7, 1), date(2026, 7, 29), "1 juli 2025 tot en met 29 juli 2026"),
        (date(2025, 7, 29), date(2025, 7, 29), "29 juli 2025"),
        (date(2025, 7, 29), None, "sinds 29 juli 2025"),
        (None, date(2025, 7, 29), "tot en met 29 juli 2025"),
        (None, None, ""),
        (date(2025, 8, 2), date(2025, 7, 29), "2 augustus tot en met 29 juli 2025"),
    ],
)
def test_a_period_says_shared_parts_once(start, until, words):
    assert span(start, until) == words


@pytest.mark.parametrize(
    "typed",
    [
        "29-7-2025", "29-07-2025", "29/07/25", "29/7/2025", "29.7.2025", "29 - 7 - 2025", "29 juli 2025",
        "29 Juli 2025",
        "29 JULI 2025", "29 jul 2025", "29 jul. 2025", "29-jul-2025", "29juli2025", "29 juli ’25",
        "29 juli '25",
        "dinsdag 29 juli 2025", "Dinsdag, 29 juli 2025", "di 29 juli 2025", "di. 29-7-2025", "2025-07-29",
        "2025-7-29",
        "  29\u00a0juli \n 2025 ",
    ],
)  # fmt: skip
def test_dates_are_read_as_people_type_them(typed):
    assert parse_date(typed) == LETTER_DAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1 mrt 2026", date(2026, 3, 1)),
        ("1 maa 2026", date(2026, 3, 1)),
        ("3 sept. 2025", date(2025, 9, 3)),
        ("5-6-69", date(2069, 6, 5)),
        ("5-6-70", date(1970, 6, 5)),
        ("29-2-2024", date(2024, 2, 29)),
    ],
)
def test_short_months_and_years(typed, day):
    assert parse_date(typed) == day


@pytest.mark.parametrize("day", [date(2024, 1, 1) + timedelta(days=number) for number in range(0, 800, 13)])
def test_what_we_write_we_can_read(day):
    assert parse_date(long_date(day)) == parse_date(weekday_date(day)) == parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("morgen", "We kunnen van “morgen” geen datum maken. Schrijf hem zo: 29-7-2025 of 29 juli 2025."),
        ("", "We kunnen van “” geen datum maken. Schrijf hem zo: 29-7-2025 of 29 juli 2025."),
        ("29 juli", "We kunnen van “29 juli” geen datum maken. Schrijf hem zo: 29-7-2025 of 29 juli 2025."),
        (
            "29 july 2025",
            "We kunnen van “29 july 2025” geen datum maken. Schrijf hem zo: 29-7-2025 of 29 juli 2025.",
        ),
        (
            "29-7/2025",
            "We kunnen van “29-7/2025” geen datum maken. Schrijf hem zo: 29-7-2025 of 29 juli 2025.",
        ),
        ("29-7-202", "We kunnen van “29-7-202” geen datum maken. Schrijf hem zo: 29-7-2025 of 29 juli 2025."),
        ("31 februari 2025", "De datum 31 februari 2025 bestaat niet. Kijk de dag en de maand na."),
        ("07/29/25", "De datum 07/29/25 bestaat niet. Kijk de dag en de maand na."),
        ("0-7-2025", "De datum 0-7-2025 bestaat niet. Kijk de dag en de maand na."),
        ("maandag 29 juli 2025", "29 juli 2025 is een dinsdag, geen maandag. Kijk de datum na."),
        ("wo 29-7-2025", "29 juli 2025 is een dinsdag, geen woensdag. Kijk de datum na."),
    ],
)
def test_what_is_no_date_gets_a_sentence_that_helps(typed, message):
    with pytest.raises(ValueError) as refusal:
        parse_date(typed)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("typed", "days"),
    [("eergisteren", -2), ("Gisteren", -1), (" vandaag ", 0), ("morgen", 1), ("overmorgen", 2)],
)
def test_the_days_around_today_are_read_as_they_are_said(typed, days):
    assert parse_date(typed, LETTER_DAY) == LETTER_DAY + timedelta(days=days)


def test_without_a_today_they_are_no_date():
    with pytest.raises(ValueError, match="geen datum"):
        parse_date("gisteren")
