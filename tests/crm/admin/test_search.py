"""The page of the one search box, and the suggestions under a field."""

import pytest
from django.contrib.auth.models import Permission

from crm.registries import search as registry
from tests.crm.admin.pages import link, main, rows, text
from tests.crm.factories import EmailFactory, OrganisationFactory, PartyFactory, PersonFactory, TagFactory

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST = "/beheer/zoeken/", "/beheer/zoeken/suggesties/"


def headings(response):
    return [heading.text_content() for heading in main(response).xpath(".//h2")]


def test_one_box_finds_organisations_and_people_in_groups(member):
    OrganisationFactory(name="Vriesestraat 12")
    PersonFactory(given_name="Anna", family_name="Vries")
    response = member.get(SEARCH, {"q": "vrie"})
    assert headings(response) == ["Organisations", "People"]
    assert {"Vriesestraat 12", "Anna de Vries"} <= {
        a.text_content().strip() for a in main(response).xpath(".//a")
    }


def test_a_group_with_somebody_who_is_called_just_that_comes_first(member):
    OrganisationFactory(name="Vriesestraat 12")
    PersonFactory(given_name="Anna", family_name="Vries")
    TagFactory(name="Vriesestraat")
    assert headings(member.get(SEARCH, {"q": "vries"})) == ["People", "Organisations", "Themes and labels"]
    assert headings(member.get(SEARCH, {"q": "vriesestraat"})) == ["Themes and labels", "Organisations"]


def test_what_was_found_is_summed_up_with_a_way_to_each_group(member):
    for number in range(12):
        OrganisationFactory(name=f"Vriesestraat {number}")
    PersonFactory(given_name="Anna", family_name="Vries")
    response = member.get(SEARCH, {"q": "vrie"})
    assert link(response, "Organisations (more than 10)") == "#gevonden-organisations"
    assert link(response, "People (1)") == "#gevonden-people"
    assert main(response).xpath('.//*[@id="gevonden-people"]')
    assert "People (1)" not in text(member.get(SEARCH, {"q": "anna"}))


def test_the_words_that_were_typed_are_marked_in_what_was_found(member):
    PartyFactory(name="Groen & Recht", short_name="GR")
    EmailFactory(organisation=OrganisationFactory(name="De Brug"), value="info@groen.example")
    marked = [found.text_content() for found in main(member.get(SEARCH, {"q": "groen"})).iter("mark")]
    assert marked == ["Groen"]
    response = member.get(SEARCH, {"q": "gr"})
    assert link(response, "Groen & Recht (GR)")
    marked = [found.text_content() for found in main(member.get(SEARCH, {"q": "@groen"})).iter("mark")]
    assert marked == ["groen"]


def test_somebody_found_by_the_initials_is_shown_with_them(member):
    PersonFactory(given_name="Anna", initials="J.P.", name_prefix="", family_name="Kramer")
    assert link(member.get(SEARCH, {"q": "jp kramer"}), "Anna Kramer (J.P.)")
    assert link(member.get(SEARCH, {"q": "kramer"}), "Anna Kramer")


def test_a_word_that_stands_in_no_name_is_looked_for_in_addresses(member):
    EmailFactory(organisation=OrganisationFactory(name="De Brug"), value="info@zonnehoek.example")
    EmailFactory(organisation=None, person=PersonFactory(family_name="Kramer"), value="k@zonnehoek.example")
    response = member.get(SEARCH, {"q": "zonnehoek"})
    assert headings(response) == ["E-mail addresses"]
    assert "De Brug partner, found by the e-mail address info@zonnehoek.example" in text(response)
    OrganisationFactory(name="Zonnehoek")
    assert headings(member.get(SEARCH, {"q": "zonnehoek"})) == ["Organisations"]


def test_who_may_not_see_people_finds_none_by_their_address(client, otto):
    otto.user_permissions.add(Permission.objects.get(codename="access_admin"))
    EmailFactory(organisation=None, person=PersonFactory(), value="k@zonnehoek.example")
    client.force_login(otto)
    assert "zonnehoek.example" not in client.get(SEARCH, {"q": "zonnehoek"}).content.decode()


def test_more_than_fit_lead_to_the_list(member):
    for number in range(12):
        PersonFactory(family_name=f"Vries {number}")
    response = member.get(SEARCH, {"q": "de Vries"})
    assert link(response, "All people with “de Vries”") == "/beheer/personen/?q=de+Vries"


def test_more_with_an_address_than_fit_lead_to_the_list_that_finds_them_too(member):
    for _ in range(12):
        EmailFactory(organisation=OrganisationFactory(), value="post@brug.example")
    response = member.get(SEARCH, {"q": "brug.example"})
    everybody = member.get(link(response, "All organisations with “brug.example”"))
    assert len(rows(everybody)) == 12


def test_more_than_fit_where_there_is_no_list_ask_for_more_words(member):
    for number in range(12):
        TagFactory(name=f"veel {number}")
    found = text(member.get(SEARCH, {"q": "veel"}))
    assert "with “veel”" not in found
    assert "There are more. Add a word, or type more of it, to see fewer." in found


def test_nothing_found_says_what_to_try(member):
    response = member.get(SEARCH, {"q": "xyzzy"})
    assert "Nothing found for “xyzzy”. Try a part of the name" in text(response)
    assert link(response, "Add a person") == "/beheer/personen/nieuw/"
    assert link(response, "All organisations") == "/beheer/organisaties/"


def test_who_may_only_read_is_offered_nothing_to_add(reader):
    assert "Add" not in text(reader.get(SEARCH, {"q": "xyzzy"}))


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("%", "Type at least one letter or digit."),
        ("🚲", "Type at least one letter or digit."),
        ("020", "A postcode is found by its first four digits, a telephone number by six digits of it."),
        ("1099", "Nobody has such an address or number. Try a smaller part of it."),
        ("info@xyzzy", "Nobody has such an address or number. Try a smaller part of it."),
        ("xyzzy plugh", "All these words must be there. Try one of them."),
        ("'; drop", "Try a part of the name, or look whether it is spelled differently."),
    ],
)
def test_what_to_try_depends_on_what_was_typed(typed, advice, member):
    found = text(member.get(SEARCH, {"q": typed}))
    assert f"Nothing found for “{typed}”. {advice}" in found


def test_a_very_long_text_is_not_repeated_in_full(member):
    response = member.get(SEARCH, {"q": "lang " * 60})
    assert "lang " * 20 not in text(response)


@pytest.mark.parametrize("typed", ["\x00", "a\x00b", '"', "_", "\\", "(", "[a", "*", "'; drop", "x" * 300])
def test_no_text_makes_the_page_fall_over(typed, member):
    assert member.get(SEARCH, {"q": typed}).status_code == 200
    assert member.get(SUGGEST, {"q": typed, "soort": "person"}).status_code == 200


def test_an_empty_search_says_what_can_be_looked_for(member):
    assert "For example a surname" in text(member.get(SEARCH))
    assert "For example" not in text(member.get(SEARCH, {"q": "x"}))


def test_nothing_found_asks_whether_a_name_that_is_nearly_it_was_meant(member):
    hof = OrganisationFactory(name="Lindenhof")
    response = member.get(SEARCH, {"q": "lindehof"})
    assert "Do you mean:" in text(response)
    assert link(response, "Lindenhof") == hof.get_absolute_url()
    assert link(response, "Search for “lindenhof”") == "?q=lindenhof"
    assert "Do you mean" not in text(member.get(SEARCH, {"q": "lindenhof"}))


def test_the_box_looks_over_everything():
    assert [source.name for source in registry.sources()] == [
        "organisations", "people", "letters", "incoming", "labels", "replies", "segments", "interactions", "campaigns",
        "meetings", "follow_ups", "claims", "commitments", "agendas", "facts", "publications", "pages",
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
