"""Person x verb: the outsider may do nothing, the reader nothing that writes, a member everything."""

import pytest
from django.utils import translation

from campaigns.actions import facts, publications
from campaigns.models import Fact, Publication
from crm.actions.action import SYSTEM, NotAllowed
from crm.models import TimelineEntry
from tests.campaigns.factories import DAY, FactFactory, PublicationFactory

pytestmark = pytest.mark.django_db


def changed(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return record


def add_fact(by):
    facts.add(fact=Fact(words="ruim 600 buren", as_of_on=DAY, source="Jaarverslag"), by=by)


def change_fact(by):
    facts.change(fact=changed(FactFactory(), words="ruim 700 buren"), by=by)


def change_publication(by):
    publications.change(publication=changed(PublicationFactory(), title="Anders"), by=by)


VERBS = {
    "facts.add": add_fact,
    "facts.change": change_fact,
    "facts.remove": lambda by: facts.remove(fact=FactFactory(), by=by),
    "publications.add": lambda by: publications.add(publication=Publication(title="Rapport"), by=by),
    "publications.change": change_publication,
    "publications.remove": lambda by: publications.remove(publication=PublicationFactory(), by=by),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_who_may_do_what(verb, alida, ida, loes, otto):
    for person in (loes, otto):
        with pytest.raises(NotAllowed) as caught:
            verb(person)
        assert str(caught.value) == "Dit mag je niet doen. Vraag het iemand van de commissie."
    assert TimelineEntry.objects.count() == 0
    for person in (alida, ida):
        TimelineEntry.objects.all().delete()
        Fact.objects.all().delete()
        Publication.objects.all().delete()
        verb(person)
        assert [entry.by for entry in TimelineEntry.objects.all()] == [person]


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_a_role_that_was_taken_away_ends_what_somebody_may_do(verb, alida):
    alida.groups.clear()
    with pytest.raises(NotAllowed):
        verb(alida)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_every_verb_leaves_one_line_that_can_be_read(verb, alida, language):
    verb(alida)
    with translation.override(language):
        [line] = [str(entry) for entry in TimelineEntry.objects.all()]
    assert line.startswith("Alida de Test ")
    assert [sign for sign in ("%(", "?", "{", "campaigns.") if sign in line] == []


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_work_that_nobody_started_is_of_spreekbuis(verb):
    verb(SYSTEM)
    [entry] = TimelineEntry.objects.all()
    assert (entry.by, str(entry).startswith("Spreekbuis ")) == (None, True)
