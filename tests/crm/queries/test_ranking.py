"""What comes first of everything that was found, however much there is of it."""

import datetime

import pytest

from crm.queries import search
from tests.crm.factories import FactionFactory, OrganisationFactory, PartyFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def organisations(text, limit=3):
    return [hit.title for hit in search.find_organisations(text, limit)]


def people(text, limit=3):
    return [hit.title for hit in search.find_people(text, limit)]


def crowd(name="Aanhang van de PvdA in straat {}"):
    _write(OrganisationFactory.build(name=name.format(number)) for number in range(80))


def crowd_of_people(**names):
    given = {"given_name": "Aad", "name_prefix": "", **names}
    _write(PersonFactory.build(**given) for _ in range(80))


def _write(records):
    records = list(records)
    for record in records:
        record.fill_keys()
    type(records[0]).objects.bulk_create(records)


def test_a_name_then_a_short_name_then_a_beginning_come_before_eighty_that_mention_it():
    crowd()
    PartyFactory(name="PvdA-vrienden Zuid")
    PartyFactory(name="Partij van de Arbeid", short_name="PvdA")
    OrganisationFactory(name="PvdA")
    assert organisations("pvda") == ["PvdA", "Partij van de Arbeid", "PvdA-vrienden Zuid"]


@pytest.mark.parametrize("typed", ["groen links", "GroenLinks", "groen-links"])
def test_a_space_or_a_hyphen_makes_no_difference(typed):
    crowd("Aanhang van GroenLinks in straat {}")
    PartyFactory(name="Zuiver Groen", short_name="GroenLinks")
    assert organisations(typed)[0] == "Zuiver Groen"


def test_the_beginning_of_a_short_name_counts_as_a_beginning():
    crowd("Aanhang bij de pvdhuizen {}")
    PartyFactory(name="Partij voor de Dieren", short_name="PvdD")
    assert organisations("pvd")[0] == "Partij voor de Dieren"


def test_what_no_longer_exists_comes_behind_what_does_among_the_alike():
    crowd("Aanhang van D66 in straat {}")
    FactionFactory(name="D66", ended_on=datetime.date(2022, 3, 30))
    PartyFactory(name="Democraten 66", short_name="D66")
    assert organisations("d66", 2) == ["Democraten 66", "D66"]


def test_a_word_comes_before_a_piece_of_one():
    crowd("Aanlegsteigerbrugdijk {}")
    OrganisationFactory(name="Zij van de Steigerbrug")
    assert organisations("steigerbrug", 1) == ["Zij van de Steigerbrug"]


@pytest.mark.parametrize("typed", ["vries", "de Vries", "Devries", "DE VRIES"])
def test_a_family_name_comes_first_however_its_prefix_is_typed(typed):
    crowd_of_people(family_name="Vries-Aalders", name_prefix="de")
    PersonFactory(given_name="Zus", name_prefix="de", family_name="Vries")
    PersonFactory(given_name="Zoë", name_prefix="", family_name="Devriesman")
    assert people(typed, 1) == ["Zus de Vries"]


def test_jansen_comes_before_jansen_bakker_and_that_before_a_first_name():
    crowd_of_people(family_name="Aalders", given_name="Jansen")
    PersonFactory(given_name="Anna", name_prefix="", family_name="Jansen-Bakker")
    PersonFactory(given_name="Zus", name_prefix="", family_name="Jansen")
    assert people("jansen", 2) == ["Zus Jansen", "Anna Jansen-Bakker"]


@pytest.mark.parametrize("typed", ["ozturk", "Öztürk", "elif ozturk", "ozturk elif"])
def test_accents_make_no_difference_for_what_comes_first(typed):
    crowd_of_people(family_name="Öztürk Aalders", given_name="Elif")
    PersonFactory(given_name="Elif", name_prefix="", family_name="Öztürk")
    assert people(typed, 1) == ["Elif Öztürk"]


def test_a_whole_name_comes_before_longer_ones():
    crowd_of_people(family_name="Jansen", given_name="Jan-Aad")
    PersonFactory(given_name="Jan", name_prefix="", family_name="Jansen")
    assert people("jan jansen", 1) == ["Jan Jansen"]


def test_who_has_the_name_comes_before_an_organisation_that_mentions_it():
    crowd("Vrienden van Jansen {}")
    PersonFactory(given_name="Zus", name_prefix="", family_name="Jansen")
    assert search.find("jansen", limit=5)[0].title == "Zus Jansen"
