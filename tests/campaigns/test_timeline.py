"""The sentences on the timeline, in both languages, with nothing missing."""

import datetime

import pytest
from django.utils import translation

from campaigns import timeline
from campaigns.actions import facts, publications
from crm.models import TimelineEntry
from crm.queries import timeline as pages
from crm.registries import timeline as registry
from tests.campaigns.factories import FactFactory, PublicationFactory

PARAMETERS = {
    "count": 25,
    "words": "36 stadsdorpen", "source": "Jaarverslag", "title": "Rapport", "pages": 4, "changes": ["bron"],
    "name": "De Brug", "ask": "Een ruimte", "place": 2, "position": "voor", "because": "vergissing",
    "address": "an@lezers.example", "before": "bo@lezers.example", "reason": "550",
    "subject": "Nieuws", "addresses": "an@lezers.example", "remark": "De datum klopt niet", "moment": "3 mei",
}  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", timeline.SENTENCES)
def test_every_event_has_a_sentence(code, language):
    with translation.override(language):
        words = registry.sentence(code, PARAMETERS, by="Alida")
    assert words.startswith("Alida ")
    assert "?" not in words


def test_the_dutch_sentences_are_dutch():
    assert registry.sentence("campaigns.fact_removed", PARAMETERS, by="Alida") == (
        "Alida verwijderde het feit “36 stadsdorpen”"
    )


def test_an_event_of_ours_is_no_contact_with_anybody():
    assert set(timeline.SENTENCES) & set(registry.contact_codes()) == set()


def test_registering_once_more_changes_nothing():
    before = dict(registry.EVENTS)
    timeline.register()
    assert before == registry.EVENTS


@pytest.mark.django_db
def test_the_newest_line_stands_first(alida, django_assert_max_num_queries):
    kept = FactFactory(words="ruim 500 buren")
    for words in ("ruim 600 buren", "ruim 700 buren"):
        kept.words = words
        facts.change(fact=kept, by=alida)
    with django_assert_max_num_queries(4):
        page = pages.page(kept)
    assert [entry.sentence for entry in page.entries] == [
        "Alida de Test wijzigde het feit “ruim 700 buren”: in woorden: “ruim 600 buren” werd “ruim 700 buren”",
        "Alida de Test wijzigde het feit “ruim 600 buren”: in woorden: “ruim 500 buren” werd “ruim 600 buren”",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("spoken", ["nl", "en"])
def test_a_day_reads_in_the_language_of_whoever_looks(alida, spoken):
    kept = PublicationFactory(title="Rapport", planned_on=None)
    kept.planned_on = datetime.date(2030, 5, 1)
    with translation.override(spoken):
        publications.change(publication=kept, by=alida)
    entry = TimelineEntry.objects.about(kept).first()
    read = []
    for language in ("nl", "en"):
        with translation.override(language):
            read.append(str(entry))
    assert read == [
        "Alida de Test wijzigde de publicatie “Rapport”: verwacht op: “1 mei 2030”",
        "Alida de Test changed the publication “Rapport”: expected on: “1 May 2030”",
    ]
