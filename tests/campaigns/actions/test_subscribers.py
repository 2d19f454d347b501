"""Readers of the newsletter: nobody is one without a yes, and a no wins."""

import pytest

from campaigns.actions import subscribers
from campaigns.models import NewsletterGroup, Subscriber
from crm.actions import consents, people
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import ConsentEntry, TimelineEntry
from tests.crm.factories import PersonFactory

pytestmark = pytest.mark.django_db
SAID = {"wording": "Ja, ik wil de nieuwsbrief.", "source": "lijst op de markt, 3 mei"}
LETTERS = {"purpose": "newsletter", "channel": "email"}


@pytest.fixture
def anna(alida):
    return subscribers.add(address=" Anna@Lezers.example ", first_name="Anna", **SAID, by=alida)


def readers():
    return [one.address for one in Subscriber.objects.reachable()]


def told(subject):
    return [str(line) for line in TimelineEntry.objects.about(subject).order_by("pk")]


def test_a_reader_comes_in_with_the_words_they_said_yes_to(anna, alida):
    assert readers() == ["anna@lezers.example"]
    entry = ConsentEntry.objects.get()
    assert (entry.address, entry.decision, entry.wording, entry.source) == (
        "anna@lezers.example",
        "granted",
        SAID["wording"],
        SAID["source"],
    )
    assert told(anna) == [
        "Alida de Test noteerde dat anna@lezers.example de nieuwsbrief wil (lijst op de markt, 3 mei)"
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"address": "geen adres"}, "address"), ({"wording": " "}, "wording"), ({"source": ""}, "source")],
)
def test_a_yes_that_cannot_be_shown_is_none(alida, values, field):
    with pytest.raises(Invalid) as caught:
        subscribers.add(**{"address": "bo@lezers.example", **SAID, **values}, by=alida)
    assert list(caught.value.errors) == [field]
    assert (Subscriber.objects.count(), ConsentEntry.objects.count()) == (0, 0)


def test_who_gets_it_is_not_added_twice(anna, alida):
    with pytest.raises(AlreadyThere):
        subscribers.add(address="anna@lezers.example", **SAID, by=alida)
    assert ConsentEntry.objects.count() == 1


def test_who_left_gets_nothing_and_is_back_with_a_new_yes(anna, alida):
    for _time in range(2):
        subscribers.leave(subscriber=anna, source="belde", by=alida)
    assert (readers(), ConsentEntry.objects.count()) == ([], 2)
    again = subscribers.add(address="anna@lezers.example", **SAID, by=alida)
    assert (again.pk, again.first_name, readers()) == (anna.pk, "Anna", ["anna@lezers.example"])


@pytest.mark.parametrize("said", [consents.withdraw, consents.object_to])
def test_a_no_in_the_ledger_wins_whoever_wrote_it_down(anna, alida, said):
    said(address="anna@lezers.example", **LETTERS, source="brief", by=alida)
    assert readers() == []


@pytest.mark.parametrize("said", [consents.withdraw, consents.object_to])
def test_a_no_of_the_person_wins_over_the_yes_of_her_address(alida, said):
    anna = PersonFactory()
    subscribers.add(address="anna@lezers.example", person=anna, **SAID, by=alida)
    said(person=anna, **LETTERS, source="brief", by=alida)
    assert readers() == []


def test_who_is_not_to_be_written_to_gets_nothing(alida):
    anna = PersonFactory()
    subscribers.add(address="anna@lezers.example", person=anna, **SAID, by=alida)
    people.change(person=anna, do_not_contact=True, by=alida)
    assert readers() == []


def test_who_asked_us_never_to_write_is_not_taken_in(alida):
    consents.object_to(
        address="anna@lezers.example", purpose="letter", channel="email", source="mail", by=alida
    )
    with pytest.raises(Refused, match="vroeg ons"):
        subscribers.add(address="anna@lezers.example", **SAID, by=alida)
    assert Subscriber.objects.count() == 0


def test_name_and_groups_change_and_two_at_once_are_told(anna, alida):
    noord = NewsletterGroup.objects.create(name="Noord")
    seen = version(anna)
    subscribers.change(subscriber=anna, first_name="Anneke", groups=[noord], by=alida)
    anna.refresh_from_db()
    assert (anna.first_name, list(anna.groups.all())) == ("Anneke", [noord])
    with pytest.raises(Overtaken):
        subscribers.change(subscriber=anna, first_name="An", groups=[], seen=seen, by=alida)


def test_a_reader_who_moves_takes_the_yes_along(anna, alida):
    subscribers.move(subscriber=anna, address="Anna@Elders.example", source="mail", by=alida)
    assert readers() == ["anna@elders.example"]
    assert ConsentEntry.objects.filter(address="anna@lezers.example")[0].decision == "withdrawn"
    assert ConsentEntry.objects.filter(address="anna@elders.example")[0].wording == SAID["wording"]
    bo = subscribers.add(address="bo@lezers.example", **SAID, by=alida)
    with pytest.raises(AlreadyThere):
        subscribers.move(subscriber=bo, address="anna@elders.example", source="mail", by=alida)
    subscribers.leave(subscriber=bo, source="mail", by=alida)
    with pytest.raises(Refused):
        subscribers.move(subscriber=bo, address="bo@elders.example", source="mail", by=alida)


def test_where_it_does_not_arrive_nothing_is_sent_and_the_yes_stands(anna, alida):
    subscribers.fails(subscriber=anna, reason="550 no such user", by=alida)
    assert (readers(), ConsentEntry.objects.count()) == ([], 1)
    subscribers.add(address="anna@lezers.example", **SAID, by=alida)
    assert readers() == ["anna@lezers.example"]
