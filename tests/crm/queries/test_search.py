"""The one search box: organisations and people by name."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection

from crm.dutch.folding import search_key
from crm.models import Organisation, Person, search_index
from crm.queries import search
from tests.crm.factories import (
    EmailFactory,
    FactionFactory,
    MandateFactory,
    NameFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    PostalFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def titles(text, **kwargs):
    return [hit.title for hit in search.find(text, **kwargs)]


@pytest.mark.parametrize(
    "typed", ["vries", "de Vries", "Devries", "DE VRIES", "vri", "vriés", "anna vries", "v"]
)
def test_a_name_with_a_prefix_is_found_however_it_is_typed(typed):
    PersonFactory(given_name="Anna", name_prefix="de", family_name="Vries")
    PersonFactory(given_name="Bram", name_prefix="", family_name="Kramer")
    assert titles(typed) == ["Anna de Vries"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ozturk", "Elif Öztürk"),
        ("Öztürk", "Elif Öztürk"),
        ("van der berg", "Jan van der Berg"),
        ("vd berg", "Jan van der Berg"),
        ("vanderberg", "Jan van der Berg"),
        ("groen links", "GroenLinks"),
        ("groenlinks", "GroenLinks"),
        ("dorp", "Stadsdorp Zuid"),
    ],
)
def test_accents_prefixes_and_compounds(typed, found):
    PersonFactory(given_name="Elif", name_prefix="", family_name="Öztürk")
    PersonFactory(given_name="Jan", name_prefix="van der", family_name="Berg")
    OrganisationFactory(name="GroenLinks")
    OrganisationFactory(name="Stadsdorp Zuid")
    assert titles(typed) == [found]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'", '"', "--", "\x00", "“", "*"])
def test_a_search_without_letters_finds_nothing_and_does_not_fall_over(typed):
    PersonFactory()
    assert titles(typed) == []


def test_every_word_must_be_there():
    PersonFactory(given_name="Anna", family_name="Vries")
    assert titles("anna jansen") == []


def test_whole_words_come_first():
    OrganisationFactory(name="Aspirant Spaarndam")
    PartyFactory(name="SP")
    OrganisationFactory(name="Spaarndammerbuurt")
    assert titles("sp") == ["SP", "Spaarndammerbuurt", "Aspirant Spaarndam"]


def test_an_exact_short_name_and_what_exists_come_first():
    PartyFactory(name="Aardse D66-vrienden")
    FactionFactory(name="D66", short_name="D66", ended_on=datetime.date(2022, 3, 30))
    FactionFactory(name="D66-fractie Brugstad", short_name="D66")
    PartyFactory(name="Democraten 66", short_name="D66")
    assert [hit.subtitle.split()[0] + " " + hit.title for hit in search.find("d66")] == [
        "party Democraten 66",
        "faction D66-fractie Brugstad",
        "faction D66",
        "party Aardse D66-vrienden",
    ]


def test_an_organisation_is_found_by_a_name_it_had_and_the_result_says_so():
    organisation = OrganisationFactory(name="PRO Brugstad")
    NameFactory(organisation=organisation, name="Groene Bond")
    organisation.save()
    [hit] = search.find("groene bond")
    assert (hit.title, hit.subtitle) == ("PRO Brugstad", "partner, was called Groene Bond before")


def test_a_result_says_what_tells_it_apart():
    mandate = MandateFactory(organisation=OrganisationFactory(name="De Brug"), post="chair")
    [hit] = search.find(mandate.person.family_name)
    assert (hit.kind, hit.pk, hit.subtitle) == ("person", mandate.person.pk, "chair of De Brug")


def test_an_exact_address_finds_its_holder():
    point = EmailFactory(value="info@brug.example")
    EmailFactory(organisation=None, person=PersonFactory(), value="Anna@brug.example")
    assert [hit.pk for hit in search.find(" INFO@brug.example ")] == [point.organisation_id]
    assert titles("Anna@brug.example") == [str(Person.objects.get())]


def test_changing_and_removing_is_seen_by_the_search_at_once():
    person = PersonFactory(family_name="Vries")
    person.family_name = "Kramer"
    person.save()
    assert (titles("vries"), len(titles("kramer"))) == ([], 1)
    person.delete()
    assert titles("kramer") == []


def test_rows_that_were_written_in_bulk_are_found():
    rows = [Organisation(kind="partner", name=f"Buurthuis Zwaan {number}") for number in range(3)]
    for row in rows:
        row.fill_keys()
    Organisation.objects.bulk_create(rows)
    Organisation.objects.update(search_key=search_key("Eend"))
    assert (len(titles("eend")), titles("zwaan")) == (3, [])


def test_what_is_missing_of_the_index_is_made_again():
    sqlite = connection.vendor == "sqlite"
    there = (
        "SELECT count(*) FROM sqlite_master WHERE name LIKE 'crm_person_search_%ed'"
        if sqlite
        else "SELECT 3 * count(*) FROM pg_indexes WHERE indexname = 'crm_person_search'"
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER crm_person_search_added" if sqlite else "DROP INDEX crm_person_search")
        search_index.ensure()
        cursor.execute(there)
        assert cursor.fetchone() == (3,)
    PersonFactory(family_name="Zonderling")
    assert titles("zonderling") == ["Anna de Zonderling"]


def test_the_index_is_made_by_migrate_and_making_it_again_is_harmless():
    call_command("migrate", verbosity=0)
    PersonFactory(family_name="Zonderling")
    assert titles("zonderling") == ["Anna de Zonderling"]


@pytest.mark.parametrize("typed", ["kramer", "kra", "k"])
def test_searching_costs_no_more_for_thirty_than_for_one(typed, django_assert_max_num_queries):
    PersonFactory(family_name="Kramer")
    with django_assert_max_num_queries(14):
        search.find(typed)
    for _ in range(30):
        MandateFactory(person=PersonFactory(family_name="Kramer"))
    with django_assert_max_num_queries(14):
        search.find(typed)


def test_a_result_says_where_it_is_and_an_umbrella_is_no_place():
    umbrella = OrganisationFactory(kind="umbrella", name="De Koepel")
    body = OrganisationFactory(as_municipality=True, short_name="Brugstad")
    district = OrganisationFactory(as_district=True, name="Stadsdeel Noord", parent=body)
    OrganisationFactory(as_initiative=True, name="Stadsdorp Een", parent=umbrella, district=district)
    OrganisationFactory(as_initiative=True, name="Stadsdorp Twee", parent=umbrella)
    there = OrganisationFactory(as_initiative=True, name="Stadsdorp Drie", parent=umbrella)
    PostalFactory(organisation=there, town="Landsmeer")
    OrganisationFactory(kind="department", name="Stadsdorp-afdeling", parent=body)
    assert {hit.title: hit.subtitle for hit in search.find("stadsdorp")} == {
        "Stadsdorp Een": "member initiative in Stadsdeel Noord",
        "Stadsdorp Twee": "member initiative",
        "Stadsdorp Drie": "member initiative in Landsmeer",
        "Stadsdorp-afdeling": "department in Brugstad",
    }
