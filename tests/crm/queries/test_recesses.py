"""Which days are in a recess, and how many of a period."""

import datetime

import pytest

from crm.models import Recess
from crm.queries import recesses

pytestmark = pytest.mark.django_db


def july(day):
    return datetime.date(2026, 7, day)


@pytest.fixture
def summer(db):
    Recess.objects.create(name="Zomer", from_on=july(6), until_on=july(12))


@pytest.mark.usefixtures("summer")
def test_the_first_and_the_last_day_belong_to_it():
    assert [day for day in range(1, 32) if recesses.is_recess(july(day))] == [6, 7, 8, 9, 10, 11, 12]


@pytest.mark.usefixtures("summer")
@pytest.mark.parametrize(
    ("start", "until", "paused"),
    [(1, 6, 0), (1, 7, 1), (6, 13, 7), (8, 9, 1), (8, 8, 0), (1, 31, 7), (13, 31, 0), (20, 1, 0)],
)
def test_the_day_that_it_lasts_until_is_not_counted(start, until, paused):
    assert recesses.paused_days(july(start), july(until)) == paused


@pytest.mark.usefixtures("summer")
def test_recesses_that_overlap_or_meet_count_each_day_once():
    Recess.objects.create(name="School", from_on=july(10), until_on=july(14))
    Recess.objects.create(name="Erna", from_on=july(15), until_on=july(16))
    assert recesses.calendar().spans == ((july(6), july(17)),)
    assert recesses.paused_days(july(1), july(31)) == 11


def test_without_recesses_every_day_counts(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert recesses.paused_days(july(1), july(31)) == 0
