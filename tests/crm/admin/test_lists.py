"""The lists of organisations and people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.queries import paging
from tests.crm.admin.pages import link, main, rows, text
from tests.crm.factories import (
    ConsentFactory,
    EmailFactory,
    FactionFactory,
    InteractionFactory,
    MandateFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
ORGANISATIONS, PEOPLE = "/beheer/organisaties/", "/beheer/personen/"


def cost(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def fill_organisations(count):
    for _ in range(count):
        faction = FactionFactory(party=PartyFactory())
        EmailFactory(organisation=faction)
        InteractionFactory(organisation=faction)
        MandateFactory(organisation=faction)


def fill_people(count):
    for _ in range(count):
        mandate = MandateFactory()
        EmailFactory(organisation=None, person=mandate.person)
        ConsentFactory(person=mandate.person)


@pytest.mark.parametrize(
    ("address", "fill", "own"),
    [(ORGANISATIONS, fill_organisations, 5), (PEOPLE, fill_people, 5)],
    ids=["organisations", "people"],
)
def test_a_list_costs_the_same_for_one_and_for_thirty_rows_and_at_any_depth(
    member, monkeypatch, address, fill, own
):
    monkeypatch.setattr(paging, "PAGE", 10)
    fill(1)
    member.get(address)  # caches of content types and the like
    one = cost(member, address)
    # The page around it costs what any page costs.
    assert one - cost(member, reverse("crm:organisation_add")) == own
    fill(29)
    assert cost(member, address) == one
    deep = address + link(member.get(address), "Next page")
    deeper = address + link(member.get(deep), "Next page")
    assert (cost(member, deep), cost(member, deeper)) == (one, one)


def test_a_row_says_what_it_is_how_to_reach_it_and_when_we_last_spoke(member, alida):
    gap = PartyFactory(name="Zonder Adres", short_name="ZA")
    point = EmailFactory(organisation=OrganisationFactory(name="Aan de Gracht"))
    response = member.get(ORGANISATIONS)
    assert rows(response) == ["Aan de Gracht", "Zonder Adres (ZA)"]
    cells = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("td")][:2]
        for row in main(response).xpath(".//tbody/tr")
    ]
    assert cells == [[point.value, "none"], ["No address", "none"]]
    assert "2 in all. Sorted by name." in text(response)
    assert gap.get_absolute_url() in response.content.decode()


@pytest.mark.parametrize(
    ("address", "factory", "holder"),
    [(ORGANISATIONS, OrganisationFactory, "organisation"), (PEOPLE, PersonFactory, "person")],
)
def test_without_an_address_is_exactly_whose_row_says_so(member, address, factory, holder):
    for values in (
        {"confirmed": True}, {"status": "failing"}, {"status": "withdrawn"}, {"kind": "phone", "value": "020 624 1111"},
        {"purpose": "personal"}, {"purpose": "press"}, None,
    ):  # fmt: skip
        held = factory()
        if values is not None:
            EmailFactory(**{"organisation": None, holder: held, **values})

    def gaps(response):
        return [
            link.text_content()
            for link in main(response).xpath('.//tr[td/strong[normalize-space()="No address"]]/th//a')
        ]

    all_of_them, missing = member.get(address), member.get(address, {"address": "missing"})
    assert len(rows(all_of_them)) == 7
    assert rows(missing) == gaps(all_of_them)
    assert "without an address." in text(missing)
    assert len(gaps(missing)) == (5 if holder == "organisation" else 4)


@pytest.mark.parametrize("state", ["missing", "stale"])
def test_choosing_by_address_costs_the_same_for_one_and_for_thirty_rows(member, state):
    def fill(count):
        for _ in range(count):
            held = OrganisationFactory()
            if state == "stale":
                EmailFactory(organisation=held)

    asked = f"{ORGANISATIONS}?address={state}"
    fill(1)
    member.get(asked)
    one = cost(member, asked)
    fill(29)
    assert cost(member, asked) == one
    assert len(rows(member.get(asked))) == 30


def test_people_stand_under_their_family_name_with_their_roles(member):
    MandateFactory(
        person__given_name="Anna", person__family_name="Vries", post="chair", organisation__name="De Brug"
    )
    PersonFactory(given_name="Bram", name_prefix="", family_name="Aker")
    response = member.get(PEOPLE)
    assert rows(response) == ["Aker, Bram", "Vries, Anna de"]
    assert "chair of De Brug" in text(response)


def test_the_tabs_and_the_criteria_select_and_say_so(member):
    PartyFactory(name="Partij")
    FactionFactory(name="Fractie")
    theme = ThemeFactory(name="wonen")
    about = OrganisationFactory(name="Huurders")
    about.themes.add(theme)
    response = member.get(ORGANISATIONS)
    assert rows(member.get(ORGANISATIONS + link(response, "Parties"))) == ["Partij"]
    response = member.get(ORGANISATIONS, {"theme": theme.pk})
    assert rows(response) == ["Huurders"]
    assert "You see: all organisations about wonen." in text(response)
    save = link(response, "Save this group")
    assert save == f"/beheer/segmenten/nieuw/?subject=organisations&theme={theme.pk}"


def test_the_form_to_choose_is_shown_when_asked_for(member):
    assert "Who do you want to see?" not in text(member.get(ORGANISATIONS))
    response = member.get(ORGANISATIONS + link(member.get(ORGANISATIONS), "Choose who you see").split("#")[0])
    assert "Who do you want to see?" in text(response)


@pytest.mark.parametrize(
    "query",
    [
        "kind=spaceship", "theme=x", "seated=99999", "seated=any&seated_on=31-2-2025", "level=galaxy", "na=x",
        "voor=%00", "q=%00", "q=" + "x" * 5000, "part_of=niemand", "part_of-chosen=x&part_of=y", "volgorde=scheef",
        "vanaf=%C3%A9",
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", [ORGANISATIONS, PEOPLE])
def test_an_address_that_makes_no_sense_gives_a_list_and_no_error(member, address, query):
    OrganisationFactory()
    assert member.get(f"{address}?{query}").status_code == 200


@pytest.mark.parametrize("typed", ["vries", "de Vries", "Devries"])
def test_a_search_finds_however_it_is_typed_and_keeps_what_was_chosen(member, typed):
    PersonFactory(given_name="Anna", family_name="Vries")
    PersonFactory(given_name="Els", name_prefix="", family_name="Kramer")
    response = member.get(PEOPLE, {"q": typed, "volgorde": "gewijzigd"})
    assert rows(response) == ["Vries, Anna de"]
    assert 'name="volgorde" value="gewijzigd"' in response.content.decode()


def test_a_search_without_a_result_says_what_to_do(member):
    response = member.get(PEOPLE, {"q": "<script>"})
    assert "Nobody found for “<script>”. Try a part of the name." in text(response)
    assert "<script>”" not in response.content.decode()


def test_pages_and_letters_lead_through_a_long_list(member, monkeypatch):
    monkeypatch.setattr(paging, "PAGE", 10)
    monkeypatch.setattr(paging, "COUNTED", 20)
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        OrganisationFactory(name=f"{letter} huis")
    first = member.get(ORGANISATIONS)
    assert rows(first)[0] == "A huis"
    assert "More than 20." in text(first)
    second = member.get(ORGANISATIONS + link(first, "Next page"))
    assert rows(second)[0] == "K huis"
    assert rows(member.get(ORGANISATIONS + link(second, "Previous page"))) == rows(first)
    assert rows(member.get(ORGANISATIONS + link(first, "Q")))[0] == "Q huis"


def test_the_newest_change_can_come_first(member):
    first, last = OrganisationFactory(name="A"), OrganisationFactory(name="B")
    assert rows(member.get(ORGANISATIONS, {"volgorde": "gewijzigd"})) == ["B", "A"]
    first.save()
    assert rows(member.get(ORGANISATIONS, {"volgorde": "gewijzigd"})) == ["A", "B"]
    assert last.name == "B"


def test_a_reader_sees_the_list_and_no_button_to_add(reader):
    OrganisationFactory(name="Buurthuis")
    response = reader.get(ORGANISATIONS)
    assert rows(response) == ["Buurthuis"]
    assert reverse("crm:organisation_add") not in response.content.decode()


def test_an_address_breaks_where_people_would_break_it_and_cannot_smuggle_markup(member):
    EmailFactory(value="post@brug.example")
    EmailFactory(value="<b>@brug.example")
    page = member.get(ORGANISATIONS).content.decode()
    assert "post@<wbr>brug<wbr>.example" in page
    assert "&lt;b&gt;@<wbr>brug" in page
