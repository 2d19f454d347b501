"""The action list: what is put on it, who does it, by which day, and how it ends."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from crm.actions import follow_ups, organisations
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import FollowUp, TimelineEntry
from tests.crm.conftest import _with_role
from tests.crm.factories import OrganisationFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def bram(db):
    return _with_role("bram", "Commissie")


@pytest.fixture
def brug(db):
    return OrganisationFactory(name="De Brug")


@pytest.fixture
def call(alida, brug):
    return follow_ups.add(words="Bel De Brug", owner=alida, due_on=later(3), subject=brug, by=alida)


def later(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def told(subject):
    return [str(entry) for entry in TimelineEntry.objects.about(subject).select_related("by").order_by("pk")]


def test_it_stands_on_the_timeline_of_what_it_is_about(call, brug, alida):
    assert (call.owner, call.created_by, call.subject) == (alida, alida, brug)
    line = "Alida de Test put “Bel De Brug” on the action list, for Alida de Test"
    assert told(brug) == told(call) == [line]


def test_without_owner_day_and_subject_it_is_of_us_all(alida):
    made = follow_ups.add(words="  Zaal   vragen ", owner=None, by=alida)
    assert (made.words, made.owner, made.due_on, made.subject) == ("Zaal vragen", None, None, None)
    assert told(made) == ["Alida de Test put “Zaal vragen” on the action list, for all of us"]


def test_the_same_is_not_added_twice_until_it_is_done(call, brug, alida):
    with pytest.raises(AlreadyThere) as stopped:
        follow_ups.add(words="Bel De Brug", owner=None, subject=brug, by=alida)
    assert stopped.value.existing == call
    follow_ups.do(follow_up=call, by=alida)
    follow_ups.add(words="Bel De Brug", owner=None, subject=brug, by=alida)
    assert FollowUp.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "a\nb"}, "words"),
        ({"words": "a" * 201}, "words"),
        ({"due_on": later(-1)}, "due_on"),
        ({"due_on": later(6 * 366)}, "due_on"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(alida, values, field):
    with pytest.raises(Invalid) as stopped:
        follow_ups.add(**{"words": "Bel", "owner": alida, **values}, by=alida)
    assert list(stopped.value.errors) == [field]
    assert not FollowUp.objects.exists()


def test_a_reader_and_somebody_without_a_role_get_nothing_to_do(call, alida, loes, otto):
    for somebody in (loes, otto):
        with pytest.raises(Invalid) as stopped:
            follow_ups.hand_over(follow_up=call, to=somebody, by=alida)
        assert list(stopped.value.errors) == ["owner"]


def test_nothing_is_about_what_no_room_named(alida):
    with pytest.raises(ValueError):
        follow_ups.add(words="Bel", owner=None, subject=ThemeFactory(), by=alida)


def test_a_change_names_what_changed(call, brug, alida, bram):
    follow_ups.change(follow_up=call, words="Mail De Brug", owner=bram, due_on=None, by=alida)
    assert told(brug)[1:] == [
        "Alida de Test changed “Mail De Brug” on the action list: what has to be done: “Bel De Brug” became "
        "“Mail De Brug”; who does it: “Alida de Test” became “Bram de Test”; by which day: "
        f"“{date_format(later(3), 'j F Y')}” taken away"
    ]


def test_what_is_overdue_may_be_changed_without_choosing_another_day(call, alida):
    FollowUp.objects.filter(pk=call.pk).update(due_on=later(-4))
    changed = follow_ups.change(follow_up=call, words="Mail De Brug", due_on=later(-4), by=alida)
    assert changed.words == "Mail De Brug"


def test_two_who_change_it_at_once(call, alida, bram):
    seen = version(call)
    follow_ups.change(follow_up=call, words="Mail De Brug", by=bram)
    with pytest.raises(Overtaken):
        follow_ups.change(follow_up=call, words="Schrijf De Brug", seen=seen, by=alida)


def test_somebody_else_does_it_or_whoever_comes_first(call, brug, alida, bram):
    assert follow_ups.hand_over(follow_up=call, to=bram, by=alida).owner == bram
    follow_ups.hand_over(follow_up=call, to=bram, by=alida)
    assert follow_ups.hand_over(follow_up=call, to=None, by=alida).owner is None
    assert told(brug)[1:] == [
        "Alida de Test let Bram de Test do “Bel De Brug”",
        "Alida de Test left “Bel De Brug” to all of us",
    ]


@pytest.mark.parametrize(("due", "moved"), [(3, 10), (-9, 7), (None, 7)])
def test_a_week_later_counts_from_today_for_what_is_too_late(call, alida, due, moved):
    FollowUp.objects.filter(pk=call.pk).update(due_on=None if due is None else later(due))
    assert follow_ups.postpone(follow_up=call, by=alida).due_on == later(moved)


def test_it_is_put_off_to_a_day_but_not_to_one_that_has_passed(call, alida):
    assert follow_ups.postpone(follow_up=call, to=later(30), by=alida).due_on == later(30)
    with pytest.raises(Invalid):
        follow_ups.postpone(follow_up=call, to=later(-1), by=alida)


def test_done_is_done_once_and_can_be_taken_back(call, brug, alida, bram):
    follow_ups.do(follow_up=call, by=bram)
    done = follow_ups.do(follow_up=call, by=alida)
    assert (done.done_by, done.is_open) == (bram, False)
    for verb in (
        lambda: follow_ups.postpone(follow_up=call, by=alida),
        lambda: follow_ups.hand_over(follow_up=call, to=None, by=alida),
        lambda: follow_ups.change(follow_up=call, words="Anders", by=alida),
        lambda: follow_ups.drop(follow_up=call, reason="Hoeft niet", by=alida),
    ):
        with pytest.raises(Refused, match="done already, by Bram"):
            verb()
    assert follow_ups.undo(follow_up=call, by=alida).is_open
    assert told(brug)[1:] == [
        "Bram de Test has done “Bel De Brug”",
        "Alida de Test noted that “Bel De Brug” is still to be done",
    ]


def test_what_is_not_needed_says_why(call, brug, alida):
    with pytest.raises(Invalid) as stopped:
        follow_ups.drop(follow_up=call, reason=" ", by=alida)
    assert list(stopped.value.errors) == ["reason"]
    dropped = follow_ups.drop(follow_up=call, reason="Ze belden zelf", by=alida)
    assert (dropped.is_open, dropped.dropped_because) == (False, "Ze belden zelf")
    assert told(brug)[1:] == ["Alida de Test noted that “Bel De Brug” is not needed: Ze belden zelf"]
    with pytest.raises(Refused, match="Ze belden zelf"):
        follow_ups.do(follow_up=call, by=alida)
    again = follow_ups.undo(follow_up=call, by=alida)
    assert (again.is_open, again.dropped_because) == (True, "")


@pytest.mark.parametrize(
    "values",
    [
        {"done_at": timezone.now(), "dropped_at": timezone.now(), "dropped_because": "x"},
        {"dropped_at": timezone.now()},
        {"dropped_because": "x"},
        {"subject_id": None},
    ],
)
def test_the_database_keeps_what_contradicts_itself_out(call, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=call.pk).update(**values)


def test_an_organisation_that_something_is_about_is_not_removed(call, brug, alida):
    with pytest.raises(Refused, match="1 follow-up"):
        organisations.remove(organisation=brug, by=alida)


def test_overdue_and_this_week_are_computed():
    today = timezone.localdate()
    sunday = today + datetime.timedelta(days=6 - today.weekday())
    found = [
        (row.is_overdue, row.is_due_this_week)
        for row in (
            FollowUp(due_on=later(-1)),
            FollowUp(due_on=today),
            FollowUp(due_on=sunday),
            FollowUp(due_on=sunday + datetime.timedelta(days=1)),
            FollowUp(due_on=None),
            FollowUp(due_on=later(-1), done_at=timezone.now()),
        )
    ]
    nothing = (False, False)
    assert found == [(True, False), (False, True), (False, True), nothing, nothing, nothing]
