"""Where a claim can come from: tokens, who may see it, and whether a quote stands in a text."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType

from campaigns.registries import sources
from campaigns.registries.sources import Source, says
from tests.campaigns.factories import FactFactory

TEXT = "Beste mensen,\n\nWij nemen de\r\nstadsdorpen graag op in ons\xa0programma. De huur mag geen drempel zijn.\n"


@pytest.fixture
def facts(monkeypatch):
    """Facts as if they were a source."""
    source = Source(
        name="feit",
        model="campaigns.Fact",
        permission="campaigns.view_fact",
        voice="wrote",
        words=lambda fact: f"feit: {fact.words}",
        url=lambda fact: f"/feit/{fact.pk}/",
        said_on=lambda fact: datetime.date(2025, 8, 1),
        texts=lambda fact: (fact.words,),
    )
    monkeypatch.setattr(sources, "SOURCES", {"feit": source})
    return source


@pytest.mark.parametrize(
    "quote",
    [
        "Wij nemen de stadsdorpen graag op in ons programma.",
        "Wij nemen\n\nde   stadsdorpen graag op",
        "graag op in ons\tprogramma. De huur",
        "pro\u00adgramma",
        "Wij nemen de stadsdorpen […] op in ons programma.",
        "Wij nemen […] De huur mag geen drempel zijn.",
        "Wij nemen (...) drempel zijn.",
    ],
)
def test_a_quote_is_found_whatever_its_blanks(quote):
    assert says([TEXT], quote)


@pytest.mark.parametrize(
    "quote",
    [
        "Wij nemen de stadsdorpen niet op",
        "wij nemen de stadsdorpen graag op",
        "De huur […] Wij nemen",
        "Wij nemen … drempel zijn",
        "",
        "[…]",
    ],
)
def test_what_does_not_stand_there_like_that_is_no_quote(quote):
    assert not says([TEXT], quote)


def test_a_quote_stands_in_one_of_the_texts_not_half_in_each():
    assert says(["Eerst dit.", "Dan dat."], "Dan dat.")
    assert not says(["Eerst dit.", "Dan dat."], "Eerst dit. Dan dat.")
    assert not says([], "Dan dat.")


@pytest.mark.django_db
def test_a_token_leads_back_to_the_record_for_who_may_see_it(facts, loes, otto):
    fact = FactFactory(words="36 stadsdorpen")
    found = sources.named(sources.token(fact), user=loes)
    assert (found.record, found.words, found.url, found.token) == (
        fact, "feit: 36 stadsdorpen", f"/feit/{fact.pk}/", f"feit-{fact.pk}",
    )  # fmt: skip
    assert sources.named(sources.token(fact), user=otto) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token", ["", "feit", "feit-", "feit-x", "feit-0", "brief-1", "-1", "feit-²", "feit-" + "9" * 30]
)
def test_a_token_that_names_nothing_finds_nothing(facts, loes, token):
    assert sources.named(token, user=loes) is None


@pytest.mark.django_db
def test_what_is_no_source_has_no_token(facts, loes):
    with pytest.raises(LookupError):
        sources.token(loes)


@pytest.mark.django_db
def test_the_records_of_many_claims_are_looked_up_at_once(facts, loes, otto, django_assert_num_queries):
    kept = [FactFactory(), FactFactory()]
    type_id = ContentType.objects.get_for_model(kept[0]).pk
    pairs = [(type_id, kept[0].pk), (type_id, kept[1].pk), (type_id, 0), (None, None), (type_id + 1, 1)]
    loes.get_all_permissions()
    with django_assert_num_queries(1):
        found = sources.of(pairs, user=loes)
    assert {pair: one.record for pair, one in found.items()} == {(type_id, one.pk): one for one in kept}
    otto.get_all_permissions()
    with django_assert_num_queries(0):
        assert (sources.of(pairs, user=otto), sources.of([(None, None)], user=loes)) == ({}, {})


def test_a_name_is_taken_once(facts):
    sources.register(facts)
    with pytest.raises(ValueError, match="registered twice"):
        sources.register(
            Source(
                "feit", "crm.Person", "", "wrote", str, str, lambda one: datetime.date.today(), lambda one: ()
            )
        )
