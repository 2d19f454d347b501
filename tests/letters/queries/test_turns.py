"""How long somebody has said nothing: the days of a recess do not count."""

import datetime

import pytest
from django.utils import timezone

from crm.models import Recess
from letters.actions import commitments
from letters.queries import reminders, turns
from letters.queries.turns import Who
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


@pytest.fixture
def sent(letter, alida, bram, cor):
    """A letter that arrived 36 days ago: five weeks and a day."""
    return arrive(letter, alida, bram, cor, at=timezone.now() - datetime.timedelta(days=36))[0]


def turn(dispatch):
    return turns.of([dispatch.recipient])[dispatch.recipient_id]


def silent(dispatch):
    return [row.weeks for row in reminders.silent(dispatch.letter) if row.recipient == dispatch.recipient]


def test_without_a_recess_five_weeks_are_five(sent):
    assert (turn(sent).silent_weeks, turn(sent).why, silent(sent)) == (5, "al 5 weken stil", [5])


def test_a_week_of_recess_is_no_week_of_silence(sent):
    Recess.objects.create(name="Herfst", from_on=ago(20), until_on=ago(14))
    assert (turn(sent).silent_weeks, silent(sent)) == (4, [4])


def test_nobody_is_silent_yet_when_a_recess_took_most_of_the_time(sent):
    Recess.objects.create(name="Zomer", from_on=ago(30), until_on=ago(16))
    assert turn(sent).who == Who.THEM
    assert (turn(sent).silent_weeks, silent(sent)) == (0, [])


def test_a_recess_that_is_not_over_counts_until_today(sent):
    Recess.objects.create(name="Zomer", from_on=ago(13), until_on=ago(-30))
    assert (turn(sent).silent_weeks, silent(sent)) == (0, [])


def test_a_recess_from_before_the_letter_changes_nothing(sent):
    Recess.objects.create(name="Voorjaar", from_on=ago(60), until_on=ago(40))
    assert silent(sent) == [5]


def test_a_letter_that_arrived_in_a_recess_waits_from_its_end(sent):
    Recess.objects.create(name="Zomer", from_on=ago(50), until_on=ago(8))
    assert (turn(sent).silent_weeks, silent(sent)) == (0, [])


def test_a_letter_that_keeps_a_promise_waits_for_no_answer(sent, letter, parties, alida):
    made = commitments.note(
        side="ours", holder=parties[0], quote="Wij sturen het.", source="telefoon", by=alida
    )
    assert turns.theirs().count() == len(turns.of(letter.recipients.all())) > 0
    made.kept_by.add(letter)
    assert (turns.theirs().count(), turns.of(letter.recipients.all())) == (0, {})


def test_the_recesses_are_read_once_for_any_number(sent, django_assert_num_queries):
    for number in range(5):
        Recess.objects.create(name=f"Reces {number}", from_on=ago(100), until_on=ago(90 - number))
    recipients = list(sent.letter.recipients.all())
    with django_assert_num_queries(6) as few:
        turns.of(recipients[:1])
    with django_assert_num_queries(len(few)):
        turns.of(recipients)
