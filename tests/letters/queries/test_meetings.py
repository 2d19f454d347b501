"""Planned talks as they show elsewhere: on the dossier, in the Monday mail, and whether the day is in a recess."""

import datetime

import pytest
from django.utils import timezone

from crm.models import Lineage, Recess
from crm.registries.due import Urgency
from letters.actions import meetings as actions
from letters.models import Meeting
from letters.queries import meetings
from tests.letters.actions.pieces import tomorrow
from tests.letters.conftest import party

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def planned(alida, parties, letterhead):
    return actions.plan(
        about="Kennismaken", starts_at=tomorrow(), goers=[alida], organisation=parties[0], by=alida
    )


def moved(meeting, days):
    start = timezone.now() + datetime.timedelta(days=days)
    Meeting.objects.update(starts_at=start, ends_at=start + datetime.timedelta(hours=1))
    meeting.refresh_from_db()
    return meeting


def test_on_the_dossier_it_asks_for_attention_once_it_is_over(planned, alida, otto):
    [item] = meetings.panel(planned.organisation, alida).items
    assert (item.text, item.tone) == (meetings.when(planned), "calm")
    assert item.note == f"Kennismaken · {alida}"
    moved(planned, -2)
    [item] = meetings.panel(planned.organisation, alida).items
    assert (item.text.endswith(": hoe was het?"), item.tone) == (True, "attention")
    assert meetings.panel(planned.organisation, otto) is None


def test_what_was_planned_with_the_predecessor_stands_with_the_successor(planned, alida):
    heir = party("Nieuwe Waag")
    Lineage.objects.create(predecessor=planned.organisation, successor=heir, kind="renamed")
    assert len(meetings.panel(heir, alida).items) == 1


def test_without_a_talk_the_panel_says_so_and_how_to_plan_one(parties, alida, loes):
    panel = meetings.panel(parties[1], alida)
    assert (panel.items, panel.empty) == ((), "Er staat geen gesprek gepland.")
    assert panel.action[0] == "Plan een gesprek"
    assert panel.more[0][0] == "Gesprekskaart (PDF)"
    assert meetings.panel(parties[1], loes).action is None


def test_on_monday_who_goes_hears_of_it_and_afterwards_how_it_was_is_asked(planned, alida, bram):
    moved(planned, 0)
    day = timezone.localdate(planned.starts_at)
    [line] = meetings.due(alida, day, 5).lines
    assert (line.words, line.urgency) == ("Gesprek met De Waag", Urgency.THIS_WEEK)
    assert meetings.due(bram, day, 5).total == 0
    moved(planned, -2)
    [line] = meetings.due(alida, TODAY, 5).lines
    assert (line.words, line.urgency) == ("Hoe was het gesprek met De Waag?", Urgency.OVERDUE)
    moved(planned, 30)
    assert meetings.due(alida, TODAY, 5).total == 0


def test_called_off_nothing_is_due_any_more(planned, alida):
    actions.call_off(meeting=moved(planned, 0), by=alida)
    assert meetings.due(alida, TODAY, 5).total == 0
    assert meetings.panel(planned.organisation, alida).items == ()


def test_a_recess_is_named_with_its_last_day():
    Recess.objects.create(
        name="Zomerreces", from_on=datetime.date(2025, 7, 5), until_on=datetime.date(2025, 8, 31)
    )
    words = "31 augustus 2025 valt in een reces: Zomerreces (tot en met 31 augustus 2025)."
    assert meetings.in_recess(datetime.date(2025, 8, 31)) == words
    assert meetings.in_recess(datetime.date(2025, 9, 1)) == ""
