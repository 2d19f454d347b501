"""Campaigns, asks, quotes, facts and publications in the one search box."""

import pytest
from django.utils import translation

from campaigns.queries import search
from tests.campaigns.factories import AskFactory, ClaimFactory, FactFactory, PublicationFactory
from tests.crm.factories import PartyFactory

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


def test_a_campaign_is_found_by_its_name_and_an_ask_by_its_sentence(alida):
    ask = AskFactory(
        campaign__name="Verkiezing 2026",
        title="Ontmoeten",
        proposed_text="Elke buurt heeft een betaalbare ruimte.",
    )
    AskFactory(title="Aanspreekpunt")
    found = {
        typed: [(hit.title, hit.subtitle) for hit in search.campaigns(typed, 10, alida)]
        for typed in ("verkiezing 2026", "betaalbare ruimte", "ontmoeten")
    }
    in_words = [("Ontmoeten", "ask in “Verkiezing 2026”")]
    assert found == {
        "verkiezing 2026": [("Verkiezing 2026", "campaign")],
        "betaalbare ruimte": in_words,
        "ontmoeten": in_words,
    }
    [hit] = search.campaigns("ontmoeten", 10, alida)
    assert hit.url == f"/beheer/standpunten/{ask.campaign_id}/vragen/#vraag-{ask.pk}"


def test_what_was_said_is_found_by_any_words_of_it_and_leads_to_it(alida):
    claim = ClaimFactory(
        organisation=PartyFactory(name="De Brug"),
        ask__title="Ontmoeten",
        quote="De huur mag geen drempel zijn.",
    )
    ClaimFactory(quote="De huur mag geen drempel zijn.", withdrawn=True)
    ClaimFactory(quote="Wij zijn tegen.")
    assert [(hit.title, hit.subtitle, hit.url) for hit in search.claims("drempel HUUR", 10, alida)] == [
        (
            "“De huur mag geen drempel zijn.”",
            "De Brug · Ontmoeten · for · 1 augustus 2025",
            f"/beheer/standpunten/uitspraak/{claim.pk}/",
        )
    ]


def test_a_long_quote_is_cut_at_a_word(alida):
    ClaimFactory(quote="woord " * 60)
    [hit] = search.claims("woord", 10, alida)
    assert hit.title == f"“{'woord ' * 20}…”"


def test_who_may_not_see_campaigns_finds_none_of_it(otto):
    ClaimFactory(ask__campaign__name="Buren", quote="Buren eerst.")
    assert (search.campaigns("buren", 10, otto), search.claims("buren", 10, otto)) == ([], [])


def test_signs_alone_find_nothing(alida):
    ClaimFactory(quote="Ja - nee")
    assert (search.claims("-", 10, alida), search.campaigns("-", 10, alida)) == ([], [])
