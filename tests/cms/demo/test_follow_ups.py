"""The action list of the demo is alive: something too late, something for nobody, something done."""

import pytest

from cms.demo import follow_ups
from crm.actions import follow_ups as actions
from crm.models import FollowUp, Organisation, Recess
from letters.actions import recipients


@pytest.fixture
def letter(world):
    """The letter of the demo, to one of its parties."""
    brug = Organisation.objects.filter(name="De Brug")
    recipients.add(letter=world.letter, organisations_=brug, by=world.author)
    return world.letter


def listed():
    rows = FollowUp.objects.select_related("owner")
    return [(row.is_open, row.is_overdue, row.owner.username if row.owner else "") for row in rows]


def test_there_is_something_of_everything(world, letter):
    follow_ups.load(world, letter)
    assert listed() == [
        (True, True, "alida"),
        (True, False, "alida"),
        (True, False, ""),
        (True, False, "bram"),
        (False, False, "cor"),
    ]
    assert FollowUp.objects.get(words="Gesprek plannen met De Brug").subject == letter.recipients.get()
    assert Recess.objects.get().name == "Zomerreces 2025"


def test_a_second_time_leaves_it_as_it_is(world, letter):
    follow_ups.load(world, letter)
    actions.do(follow_up=FollowUp.objects.first(), by=world.author)
    before = listed()
    follow_ups.load(world, letter)
    assert listed() == before
