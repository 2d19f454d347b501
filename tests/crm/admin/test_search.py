"""The page of the one search box, and the suggestions under a field."""

import pytest

from crm.registries import search as registry
from tests.crm.admin.pages import link, main, text
from tests.crm.factories import EmailFactory, OrganisationFactory, PartyFactory, PersonFactory

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST = "/beheer/zoeken/", "/beheer/zoeken/suggesties/"


def test_one_box_finds_organisations_and_people_in_groups(member):
    OrganisationFactory(name="Vriesestraat 12")
    PersonFactory(given_name="Anna", family_name="Vries")
    response = member.get(SEARCH, {"q": "vries"})
    headings = [heading.text_content() for heading in main(response).xpath(".//h2")]
    assert headings == ["Organisations", "People"]
    assert {"Vriesestraat 12", "Anna de Vries"} <= {
        a.text_content().strip() for a in main(response).xpath(".//a")
    }


def test_more_than_fit_lead_to_the_list(member):
    for number in range(12):
        PersonFactory(family_name=f"Vries {number}")
    response = member.get(SEARCH, {"q": "de Vries"})
    assert link(response, "All people with “de Vries”") == "/beheer/personen/?q=de+Vries"


def test_nothing_found_says_what_to_try(member):
    assert "Nothing found for “xyzzy”. Try a part of the name" in text(member.get(SEARCH, {"q": "xyzzy"}))
    assert member.get(SEARCH).status_code == 200


def test_nothing_found_asks_whether_a_name_that_is_nearly_it_was_meant(member):
    hof = OrganisationFactory(name="Lindenhof")
    response = member.get(SEARCH, {"q": "lindehof"})
    assert "Do you mean:" in text(response)
    assert link(response, "Lindenhof") == hof.get_absolute_url()
    assert "Do you mean" not in text(member.get(SEARCH, {"q": "lindenhof"}))


def test_an_address_that_many_have_leads_to_no_list_of_names(member):
    for number in range(12):
        EmailFactory(value=f"post{number}@veel.example")
    assert "with “veel.example”" not in text(member.get(SEARCH, {"q": "veel.example"}))


def test_the_box_looks_over_everything():
    assert [source.name for source in registry.sources()] == [
        "organisations", "people", "letters", "labels", "segments", "interactions", "facts", "publications", "pages",
    ]  # fmt: skip


def test_a_higher_room_joins_in_and_hides_what_the_reader_may_not_see(member, monkeypatch):
    monkeypatch.setattr(registry, "SOURCES", {})
    registry.register(
        registry.Source(
            "letters",
            "Letters",
            5,
            lambda query, limit, user: [
                registry.Hit("letter", 1, f"Brief over {query}", str(user), "/brief/")
            ],
        )
    )
    response = member.get(SEARCH, {"q": "wonen"})
    assert link(response, "Brief over wonen") == "/brief/"
    assert "Alida de Test" in text(response)


def test_suggestions_are_names_with_what_tells_them_apart(member):
    PartyFactory(name="De Waag")
    OrganisationFactory(name="Waaggebouw")
    PersonFactory(given_name="Anna", name_prefix="", family_name="Waagman")
    assert member.get(SUGGEST, {"q": "waag", "soort": "party"}).json() == [
        {"title": "De Waag", "subtitle": "party"}
    ]
    everything = member.get(SUGGEST, {"q": "waag", "soort": "organisation"}).json()
    assert [row["title"] for row in everything] == ["De Waag", "Waaggebouw"]
    assert [row["title"] for row in member.get(SUGGEST, {"q": "waag", "soort": "person"}).json()] == [
        "Anna Waagman"
    ]


def test_the_box_in_the_menu_leads_here(member):
    page = member.get("/beheer/organisaties/").content.decode()
    assert '"/beheer/zoeken/"' in page
