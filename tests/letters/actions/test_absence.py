"""Being away for a while: whose word a letter still waits for, and who decides meanwhile."""

import datetime

import pytest
from django.utils import timezone

from crm.actions.action import NotAllowed
from crm.actions.changing import Invalid
from crm.models import TimelineEntry
from letters.actions import absence
from letters.queries import approvals
from tests.letters.conftest import person
from tests.letters.stories import propose

pytestmark = pytest.mark.django_db


def in_days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def lines(subject):
    return [entry.code for entry in TimelineEntry.objects.about(subject)]


def test_a_letter_no_longer_waits_for_who_is_away_and_does_again_afterwards(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    absence.go_away(user=bram, back_on=in_days(7), stand_in=cor, by=bram)
    seats = {seat.user: seat for seat in approvals.standing(round_).seats}
    assert (seats[bram].waiting, seats[cor].represents) == (False, (bram,))
    absence.come_back(user=bram, by=bram)
    bram.refresh_from_db()
    assert (bram.absent_until_on, bram.stand_in) == (None, None)
    assert {seat.user for seat in approvals.standing(round_).seats if seat.waiting} >= {bram, cor}
    assert {"letters.went_away_with_stand_in", "letters.came_back"} <= set(lines(letter))


def test_coming_back_twice_says_it_once(alida):
    absence.go_away(user=alida, back_on=in_days(1), stand_in=None, by=alida)
    for _time in range(2):
        absence.come_back(user=alida, by=alida)
    assert lines(alida) == ["letters.came_back", "letters.went_away"]


@pytest.mark.parametrize(
    ("days", "stand_in", "field"),
    [(0, "cor", "back_on"), (400, "cor", "back_on"), (7, "bram", "stand_in"), (7, "loes", "stand_in")],
)
def test_what_is_no_absence_is_refused_beside_its_field(days, stand_in, field, bram, cor, loes):
    people = {"bram": bram, "cor": cor, "loes": loes}
    with pytest.raises(Invalid) as refusal:
        absence.go_away(user=bram, back_on=in_days(days), stand_in=people[stand_in], by=bram)
    assert list(refusal.value.errors) == [field]
    bram.refresh_from_db()
    assert bram.absent_until_on is None


def test_who_is_away_does_not_stand_in(bram, cor):
    absence.go_away(user=cor, back_on=in_days(3), stand_in=None, by=cor)
    with pytest.raises(Invalid, match="Cor"):
        absence.go_away(user=bram, back_on=in_days(7), stand_in=cor, by=bram)


def test_only_who_looks_after_the_users_says_it_of_a_colleague(alida, bram):
    dina = person("dina", "Beheer")
    with pytest.raises(NotAllowed):
        absence.go_away(user=bram, back_on=in_days(7), stand_in=None, by=alida)
    absence.go_away(user=bram, back_on=in_days(7), stand_in=None, by=dina)
    with pytest.raises(NotAllowed):
        absence.come_back(user=bram, by=alida)
    bram.refresh_from_db()
    assert bram.is_absent()
