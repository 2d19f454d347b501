"""Settling what is due that is no follow-up: it leaves one's own list, and comes back when it should."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import due_lines
from crm.actions.action import Refused
from crm.actions.changing import Invalid
from crm.models import DueLine, FollowUp, TimelineEntry
from crm.queries import due, follow_ups
from crm.registries import due as registry
from crm.registries.due import Found, Line, Urgency
from tests.crm.conftest import _with_role
from tests.crm.factories import DueLineFactory, FollowUpFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
URL = "/beheer/brieven/1/"


@pytest.fixture
def bram(db):
    return _with_role("bram", "Commissie")


@pytest.fixture
def waiting(monkeypatch):
    """What another room says is due, for everybody."""
    brug = OrganisationFactory(name="De Brug")
    lines = [
        Line("De Brug vraagt ons iets", URL, Urgency.OUR_TURN, TODAY, note="Ontmoeten", subject=brug),
        *(Line(f"Brief {n}", f"/beheer/brieven/{n}/", Urgency.THIS_WEEK, TODAY) for n in range(2, 10)),
    ]
    monkeypatch.setitem(
        registry.CONTRIBUTORS, "tests", lambda user, day, limit: Found(lines[:limit], len(lines))
    )
    return lines


@pytest.fixture
def line(waiting, alida):
    return due_lines.keep(waiting[0], user=alida)


def shown(user, day=TODAY, limit=3):
    found = due.of(user, day, limit=limit)
    return [one.words for one in found.lines], found.total


def test_what_is_done_is_off_her_list_alone(line, alida, bram):
    assert shown(alida) == (["De Brug vraagt ons iets", "Brief 2", "Brief 3"], 9)
    due_lines.do(line=line, by=alida)
    assert shown(alida) == (["Brief 2", "Brief 3", "Brief 4"], 8)
    assert shown(alida, TODAY + datetime.timedelta(days=90))[1] == 8
    assert shown(bram) == (["De Brug vraagt ons iets", "Brief 2", "Brief 3"], 9)


def test_what_is_put_off_is_due_again_on_monday(line, alida):
    moved = due_lines.postpone(line=line, by=alida)
    monday = moved.until_on
    assert (monday.weekday(), 0 < (monday - TODAY).days <= 7) == (0, True)
    assert shown(alida, monday - datetime.timedelta(days=1))[1] == 8
    assert shown(alida, monday) == (["De Brug vraagt ons iets", "Brief 2", "Brief 3"], 9)


def test_what_came_back_can_be_put_off_again(line, alida):
    due_lines.postpone(line=line, by=alida)
    DueLine.objects.update(until_on=TODAY)
    due_lines.postpone(line=line, by=alida)
    assert shown(alida)[1] == 8


def test_who_takes_it_over_finds_it_on_the_action_list_with_what_it_is_about(line, alida, bram):
    due_lines.hand_over(line=line, to=bram, by=alida)
    [made] = FollowUp.objects.all()
    assert (made.words, made.owner, str(made.subject)) == ("De Brug vraagt ons iets", bram, "De Brug")
    assert follow_ups.counts(bram).mine == 1
    assert shown(alida)[1] == 8


def test_what_stands_on_the_action_list_already_is_handed_over(line, alida, bram):
    there = FollowUpFactory(words=line.words, owner=alida, subject=line.subject)
    due_lines.hand_over(line=line, to=bram, by=alida)
    there.refresh_from_db()
    assert (there.owner, FollowUp.objects.count()) == (bram, 1)


def test_words_that_are_too_long_for_the_action_list_are_cut(alida):
    due_lines.hand_over(line=DueLineFactory(user=alida, words="lang " * 99), to=None, by=alida)
    assert FollowUp.objects.get().words.endswith("…")


def test_it_is_not_handed_over_to_who_cannot_do_it(line, alida, loes):
    with pytest.raises(Invalid, match="Loes"):
        due_lines.hand_over(line=line, to=loes, by=alida)
    assert shown(alida)[1] == 9


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_why_it_is_not_needed_is_said(line, alida, reason):
    with pytest.raises(Invalid) as caught:
        due_lines.drop(line=line, reason=reason, by=alida)
    assert list(caught.value.errors) == ["reason"]
    assert shown(alida)[1] == 9
    due_lines.drop(line=line, reason="Ze belden zelf", by=alida)
    assert shown(alida)[1] == 8
    assert "niet nodig is: Ze belden zelf" in str(TimelineEntry.objects.about(alida).latest("pk"))


@pytest.mark.parametrize(
    "values", [{"since": TODAY - datetime.timedelta(days=1)}, {"urgency": Urgency.OVERDUE}]
)
def test_what_began_anew_or_became_urgent_comes_up_again(alida, waiting, values):
    due_lines.do(
        line=DueLineFactory(**{"user": alida, "url": URL, "since": TODAY, "urgency": 3} | values), by=alida
    )
    assert shown(alida)[1] == 9


def test_a_second_press_is_refused_and_it_can_be_put_back(line, alida):
    due_lines.do(line=line, by=alida)
    with pytest.raises(Refused, match="al geregeld"):
        due_lines.drop(line=line, reason="Toch niet", by=alida)
    due_lines.bring_back(line=line, by=alida)
    assert shown(alida)[1] == 9


@pytest.mark.parametrize("verb", [due_lines.do, due_lines.postpone, due_lines.bring_back])
def test_nobody_settles_the_list_of_somebody_else(line, alida, bram, verb):
    with pytest.raises(Refused, match="van iemand anders"):
        verb(line=line, by=bram)
    assert shown(alida)[1] == 9


def test_a_line_is_kept_once(waiting, alida):
    assert len({due_lines.keep(waiting[0], user=alida).pk for _time in range(3)}) == 1
