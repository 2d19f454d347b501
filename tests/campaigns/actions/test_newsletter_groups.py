"""Groups of readers: one of a name, people from a saved group, and readers who stay when a group goes."""

import pytest

from campaigns.actions import newsletter_groups as groups
from campaigns.models import NewsletterGroup, Subscriber
from campaigns.queries.subscribers import in_group
from crm.actions import segments
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import TimelineEntry
from tests.campaigns.factories import NewsletterGroupFactory, SubscriberFactory
from tests.crm.factories import PersonFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_a_group_is_added_and_renamed(alida):
    group = groups.add(name=" Noord ", explanation="vier keer per jaar", by=alida)
    seen = version(group)
    groups.change(group=group, name="Noord en Oost", seen=seen, by=alida)
    assert str(NewsletterGroup.objects.get()) == "Noord en Oost"
    with pytest.raises(Overtaken):
        groups.change(group=group, name="Zuid", seen=seen, by=alida)


def test_there_is_one_of_a_name(alida):
    noord = groups.add(name="Noord", by=alida)
    zuid = groups.add(name="Zuid", by=alida)
    for again in (
        lambda: groups.add(name="NOORD", by=alida),
        lambda: groups.change(group=zuid, name="noord", by=alida),
    ):
        with pytest.raises(AlreadyThere) as caught:
            again()
        assert caught.value.existing == noord


@pytest.mark.parametrize("name", ["", "x" * 101, "Noord\nZuid"])
def test_a_name_that_cannot_be_is_explained(alida, name):
    with pytest.raises(Invalid) as caught:
        groups.add(name=name, by=alida)
    assert list(caught.value.errors) == ["name"]


def test_the_people_of_a_saved_group_are_in_it_when_they_read(alida):
    care = ThemeFactory(name="Zorg")
    anna, bo = PersonFactory(), PersonFactory()
    anna.themes.add(care)
    segment = segments.save(name="Zorg", subject="people", criteria={"theme": [care.pk]}, by=alida)
    reads, chose = SubscriberFactory(person=anna), SubscriberFactory()
    SubscriberFactory(person=bo)
    group = groups.add(name="Zorg", segment=segment, by=alida)
    chose.groups.add(group)
    assert set(in_group(group)) == {reads, chose}


def test_organisations_are_no_readers(alida):
    parties = segments.save(name="Partijen", subject="organisations", criteria={"kind": ["party"]}, by=alida)
    with pytest.raises(Invalid) as caught:
        groups.add(name="Partijen", segment=parties, by=alida)
    assert list(caught.value.errors) == ["segment"]


def test_a_group_that_goes_leaves_its_readers(alida):
    group = NewsletterGroupFactory(name="Noord")
    reader = SubscriberFactory()
    reader.groups.add(group)
    groups.remove(group=group, by=alida)
    assert (NewsletterGroup.objects.count(), list(Subscriber.objects.reachable())) == (0, [reader])
    assert "verwijderde de groep lezers “Noord”" in str(TimelineEntry.objects.about(alida).first())
