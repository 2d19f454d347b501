"""Facts and publications in the one search box."""

import pytest
from django.utils import translation

from campaigns.queries import search
from tests.campaigns.factories import FactFactory, PublicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("typed", ["ruim 15.000", "15000", "15.000", "amsterdammers", "jaarverslag 2024"])
def test_a_fact_is_found_by_its_words_its_figure_or_its_source(typed, alida):
    fact = FactFactory(words="ruim 15.000 Amsterdammers")
    FactFactory(words="ruim 16.000 buren", source="Telling")
    assert [(hit.title, hit.subtitle, hit.url) for hit in search.facts(typed, 10, alida)] == [
        (
            "ruim 15.000 Amsterdammers",
            "Jaarverslag 2024, as of 31 december 2024",
            f"/beheer/feiten/inspect/{fact.pk}/",
        )
    ]


def test_a_publication_is_found_by_its_title(alida):
    report = PublicationFactory(title="Ouder worden in de wijk")
    PublicationFactory()
    assert [(hit.title, hit.subtitle, hit.url) for hit in search.publications("ouder wijk", 10, alida)] == [
        (
            "Ouder worden in de wijk",
            "Still to come. Fill in when you expect it.",
            f"/beheer/publicaties/inspect/{report.pk}/",
        )
    ]


def test_who_may_not_see_them_finds_none(otto):
    FactFactory(words="15.000 buren")
    PublicationFactory(title="15.000 buren")
    assert (search.facts("buren", 10, otto), search.publications("buren", 10, otto)) == ([], [])
    assert search.facts("-", 10, otto) == []
