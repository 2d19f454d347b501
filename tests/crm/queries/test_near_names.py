"""Names that are nearly what was typed."""

import pytest

from crm.queries import near_names
from tests.crm.factories import OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def near(text, user):
    return [hit.title for hit in near_names.suggestions(text, user=user).hits]


@pytest.mark.parametrize(
    "typed", ["lindehof", "lindenhf", "Lidnenhof", "lindenhoff", "stadsdorp lindehof", "stadsdrop lindenhof"]
)
def test_a_typing_error_leads_to_the_name(typed, alida):
    OrganisationFactory(name="Stadsdorp Lindenhof")
    OrganisationFactory(name="Lindengracht")
    assert near(typed, alida) == ["Stadsdorp Lindenhof"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [("stadsdrop", "stadsdorp"), ("stadsdrop lindehof", "stadsdorp lindenhof"), ("xyzzy", "")],
)
def test_it_says_how_the_words_are_spelled(typed, words, alida):
    OrganisationFactory(name="Stadsdorp Lindenhof")
    assert near_names.suggestions(typed, user=alida).words == words


def test_people_too_and_the_nearest_first(alida):
    PersonFactory(given_name="Anna", name_prefix="", family_name="Kraamers")
    PersonFactory(given_name="Bram", name_prefix="", family_name="Kraamer")
    assert near("kraaner", alida) == ["Bram Kraamer"]
    assert near("kraamerss", alida) == ["Anna Kraamers", "Bram Kraamer"]


@pytest.mark.parametrize(
    "typed", ["", "xyzzy", "lin", "een heel lange zin van meer dan zes woorden lindehof", "\x00"]
)
def test_what_resembles_nothing_leads_nowhere(typed, alida):
    OrganisationFactory(name="Stadsdorp Lindenhof")
    assert near(typed, alida) == []


def test_at_most_three_in_six_queries(alida, otto, django_assert_max_num_queries):
    for number in range(10):
        OrganisationFactory(name=f"Lindenhof {number}")
        PersonFactory(family_name="Lindenhof")
    alida.has_perm("crm.view_person")
    with django_assert_max_num_queries(6):
        assert len(near("lindehof", alida)) == 3


def test_who_may_not_see_them_is_not_told(otto):
    OrganisationFactory(name="Lindenhof")
    PersonFactory(family_name="Lindenhof")
    assert near("lindehof", otto) == []
