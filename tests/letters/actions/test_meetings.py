"""Planned talks: planning, changing, calling off, and writing down how it was."""

import datetime

import pytest
from django.utils import timezone

from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import Interaction, TimelineEntry
from letters.actions import meetings
from letters.models import Meeting, Recipient, Talk
from letters.queries import threads
from tests.letters.actions.pieces import tomorrow
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def recipient(letter, alida, bram, cor):
    sent = arrive(letter, alida, bram, cor, at=timezone.now() - datetime.timedelta(days=40))[0]
    return Recipient.objects.get(pk=sent.recipient_id)


@pytest.fixture
def planned(recipient, alida, bram):
    return meetings.plan(
        about="Kennismaken",
        starts_at=tomorrow(),
        goers=[alida, bram],
        organisation=recipient.organisation,
        recipient=recipient,
        by=alida,
    )


def over(meeting):
    """It was yesterday."""
    yesterday = tomorrow() - datetime.timedelta(days=2)
    Meeting.objects.update(starts_at=yesterday, ends_at=yesterday + datetime.timedelta(hours=1))
    meeting.refresh_from_db()
    return meeting


def lines(record):
    return [str(line) for line in TimelineEntry.objects.about(record)]


def test_a_planned_talk_stands_in_the_thread_and_on_the_timeline(recipient, planned):
    assert [entry.meeting for entry in threads.entries(recipient)] == [None, planned]
    assert planned.ends_at - planned.starts_at == datetime.timedelta(hours=1)
    assert any("plande een gesprek met De Waag" in line for line in lines(recipient.organisation))
    assert any("plande een gesprek met De Waag" in line for line in lines(recipient.letter))


def test_sent_twice_it_is_planned_once(recipient, planned, alida):
    with pytest.raises(AlreadyThere) as there:
        meetings.plan(
            about="Kennismaken", starts_at=planned.starts_at, organisation=recipient.organisation, by=alida
        )
    assert there.value.existing == planned


@pytest.mark.parametrize("days", [-1, 900])
def test_a_day_that_cannot_be_is_refused(parties, alida, days):
    moment = timezone.now() + datetime.timedelta(days=days)
    with pytest.raises(Invalid) as refused:
        meetings.plan(about="Koffie", starts_at=moment, organisation=parties[0], by=alida)
    assert list(refused.value.errors) == ["starts_at"]


def test_a_talk_is_with_somebody_and_about_something(alida):
    with pytest.raises(Invalid):
        meetings.plan(about="Koffie", starts_at=tomorrow(), by=alida)
    assert not Meeting.objects.exists()


def changed(meeting, by, **values):
    return meetings.change(
        meeting=meeting,
        by=by,
        **{"starts_at": meeting.starts_at, "minutes": 60, "goers": meeting.goers.all(), **values},
    )


def test_each_change_is_a_new_revision_and_no_change_is_none(planned, alida):
    later = planned.starts_at + datetime.timedelta(days=1)
    assert changed(planned, alida, starts_at=later, place="Raadhuis").revision == 1
    assert changed(Meeting.objects.get(), alida).revision == 1
    assert changed(Meeting.objects.get(), alida, goers=[alida]).revision == 2
    assert [str(user) for user in Meeting.objects.get().goers.all()] == [str(alida)]


def test_who_looked_at_an_older_one_is_told(planned, alida):
    seen = version(planned)
    changed(planned, alida, place="Raadhuis")
    with pytest.raises(Overtaken):
        changed(planned, alida, place="Stopera", seen=seen)
    assert Meeting.objects.get().place == "Raadhuis"


def test_called_off_it_leaves_the_thread_and_cannot_be_changed(recipient, planned, alida):
    meetings.call_off(meeting=planned, by=alida)
    assert [entry for entry in threads.entries(recipient) if entry.meeting] == []
    with pytest.raises(Refused, match="gaat niet door"):
        changed(planned, alida)


def test_how_it_was_takes_the_place_of_the_plan(recipient, planned, alida):
    meeting = over(planned)
    said = {"kind": "meeting", "summary": "Ze nemen onze zin over.", "happened_at": meeting.starts_at}
    meetings.report(meeting=meeting, is_answer=True, by=alida, **said)
    talk = Talk.objects.get()
    shown = threads.entries(recipient)
    assert [(entry.talk, entry.meeting) for entry in shown[1:]] == [(talk, None)]
    assert talk.answer.meanings == ["is_real"]
    assert Meeting.objects.get().interaction == talk.interaction
    with pytest.raises(Refused, match="al op"):
        meetings.report(meeting=meeting, by=alida, **said)


def test_without_a_thread_how_it_was_stands_on_the_dossier(parties, alida):
    meeting = over(meetings.plan(about="Koffie", starts_at=tomorrow(), organisation=parties[0], by=alida))
    meetings.report(meeting=meeting, kind="meeting", summary="Fijn.", happened_at=meeting.starts_at, by=alida)
    assert Interaction.objects.get().organisation == parties[0]
    assert not Talk.objects.exists()


def test_what_has_not_been_cannot_be_reported(planned, alida):
    with pytest.raises(Invalid):
        meetings.report(
            meeting=planned, kind="meeting", summary="Fijn.", happened_at=planned.starts_at, by=alida
        )
    assert Meeting.objects.get().interaction is None
