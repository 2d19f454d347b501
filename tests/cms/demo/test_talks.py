"""The demo has a call that answered, a planned talk and a letter that came on paper, once."""

import pytest
from django.utils import timezone

from cms.demo import talks
from crm.models import Organisation
from letters.actions import meetings, recipients
from letters.models import Answer, Letter, Meeting, Paper, Talk


@pytest.fixture
def letter(world):
    """The letter of the demo as if it had left, to the invented parties."""
    invented = Organisation.objects.filter(invented=True, kind="party")
    recipients.add(letter=world.letter, organisations_=invented, by=world.author)
    Letter.objects.filter(pk=world.letter.pk).update(
        state="dispatched", dispatched_at=timezone.now(), dated_on=timezone.localdate()
    )
    return Letter.objects.get(pk=world.letter.pk)


def test_there_is_one_of_each(world, letter):
    talks.load(world, letter)
    assert Talk.objects.get().answer.meanings == ["is_real"]
    assert Paper.objects.get().answer.meanings == []
    meeting = Meeting.objects.get()
    assert (str(meeting.organisation), meeting.goers.count()) == ("Noorderlicht", 2)
    assert timezone.localtime(meeting.starts_at).strftime("%H.%M") == "14.30"


def test_a_second_time_leaves_it_as_it_is(world, letter):
    talks.load(world, letter)
    meetings.call_off(meeting=Meeting.objects.get(), by=world.author)
    talks.load(world, letter)
    assert (Talk.objects.count(), Paper.objects.count(), Answer.objects.count()) == (1, 1, 2)
    assert Meeting.objects.get().called_off_at is not None
