"""Themes, labels, saved groups and contact moments in the one search box."""

import datetime

import pytest

from crm.models import Segment
from crm.queries import finders
from tests.crm.factories import (
    InteractionFactory,
    OrganisationFactory,
    PersonFactory,
    TagFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
WHEN = datetime.datetime(2025, 7, 29, 12, tzinfo=datetime.UTC)


def test_a_label_leads_to_who_carries_it(alida):
    tag = TagFactory(name="Klankbordgroep")
    OrganisationFactory().tags.add(tag)
    PersonFactory().tags.add(tag)
    theme = ThemeFactory(name="Klanken in de wijk")
    assert [(hit.title, hit.subtitle, hit.url) for hit in finders.labels("klank", 10, alida)] == [
        ("Klanken in de wijk", "theme of organisations", f"/beheer/organisaties/?theme={theme.pk}"),
        ("Klankbordgroep", "label of organisations", f"/beheer/organisaties/?tag={tag.pk}"),
        ("Klankbordgroep", "label of people", f"/beheer/personen/?tag={tag.pk}"),
    ]


def test_a_saved_group_is_found_by_its_name(alida):
    group = Segment.objects.create(name="Zuid schrijft", subject="people")
    Segment.objects.create(name="Noord")
    assert [(hit.title, hit.subtitle, hit.url) for hit in finders.segments("zuid", 10, alida)] == [
        ("Zuid schrijft", "saved group of people", f"/beheer/segmenten/{group.pk}/")
    ]


@pytest.mark.parametrize("typed", ["jaarverslag", "BELDE jaar", "over het", "in jaarverslag"])
def test_a_contact_moment_is_found_by_its_sentence(typed, alida):
    brug = OrganisationFactory(name="De Brug")
    InteractionFactory(organisation=brug, summary="Belde in mei over het jaarverslag", happened_at=WHEN)
    InteractionFactory(summary="Sprak over de huur")
    assert [(hit.title, hit.subtitle, hit.url) for hit in finders.interactions(typed, 10, alida)] == [
        ("Belde in mei over het jaarverslag", "phone call · 29 juli 2025 · De Brug", brug.get_absolute_url())
    ]


def test_a_short_word_is_found_only_where_a_word_begins(alida):
    InteractionFactory(summary="Vroeg naar het verkiezingsprogramma")
    InteractionFactory(summary="Belde met de (SP-)fractie")
    InteractionFactory(summary="SP belde terug")
    found = [hit.title for hit in finders.interactions("sp", 10, alida)]
    assert sorted(found) == ["Belde met de (SP-)fractie", "SP belde terug"]


@pytest.mark.parametrize("typed", ["", "%", '"', "a\x00b", "-"])
def test_a_search_without_words_finds_nothing(typed, alida):
    TagFactory(name="a")
    InteractionFactory(summary='Zei: "a - 5%"')
    Segment.objects.create(name="a")
    for find in (finders.labels, finders.segments, finders.interactions):
        assert find(typed, 10, alida) == []


def test_a_quotation_mark_is_looked_for_as_it_is(alida):
    InteractionFactory(summary='Zei "misschien" tegen ons')
    assert len(finders.interactions('"misschien"', 10, alida)) == 1


def test_who_may_not_see_them_finds_none(otto):
    TagFactory(name="Klankbordgroep")
    InteractionFactory(summary="Klankbordgroep")
    Segment.objects.create(name="Klankbordgroep")
    for find in (finders.labels, finders.segments, finders.interactions):
        assert find("klankbordgroep", 10, otto) == []


def test_any_number_costs_the_same(alida, django_assert_num_queries):
    alida.has_perm("crm.view_person")
    for number in range(30):
        OrganisationFactory().tags.add(TagFactory(name=f"Klank {number}"))
        InteractionFactory(summary=f"Klank {number}")
        Segment.objects.create(name=f"Klank {number}")
    for find, queries in ((finders.labels, 2), (finders.segments, 1), (finders.interactions, 1)):
        with django_assert_num_queries(queries):
            assert len(find("klank", 20, alida)) == 20


def test_a_contact_moment_is_found_by_what_more_was_said_and_shows_that(alida):
    brug = OrganisationFactory(name="De Brug")
    InteractionFactory(
        organisation=brug,
        summary="Belde terug",
        body="Zij zoeken een zaal aan de Lindengracht.",
        happened_at=WHEN,
    )
    InteractionFactory(summary="Belde", body="Niets bijzonders")
    said = "phone call · 29 juli 2025 · De Brug · Zij zoeken een zaal aan de Lindengracht."
    assert [(hit.title, hit.subtitle) for hit in finders.interactions("lindengracht zaal", 10, alida)] == [
        ("Belde terug", said)
    ]
    assert [hit.title for hit in finders.interactions("belde", 10, alida)] == ["Belde", "Belde terug"]
