"""The lists of organisations and people."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.models import Segment
from crm.queries import paging
from crm.registries import selection
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
        [" ".join(cell.text_content().split()) for cell in row.xpath("td[@data-label]")][:2]
        for row in main(response).xpath(".//tbody/tr")
    ]
    assert cells == [[point.value, "none"], ["No address", "none"]]
    assert "2 in all." in text(response)
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


TYPED = {
    "post@brug.example": "with “post@brug.example” in the e-mail address",
    "brug.example": "with “brug.example” in the name or the e-mail address",
    "1012 AB": "with “1012 AB” in the name or the postcode",
    "020 624 1111": "with “020 624 1111” in the name or the telephone number",
}


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("address", [ORGANISATIONS, PEOPLE])
def test_a_search_finds_whose_address_or_number_it_is_and_says_so(member, address, typed):
    found, other = (
        (PersonFactory(family_name="Aker"), PersonFactory(family_name="Berg"))
        if address == PEOPLE
        else (PartyFactory(name="De Brug"), PartyFactory(name="De Waag"))
    )
    holder = {"organisation": None, "person": found} if address == PEOPLE else {"organisation": found}
    for values in (
        {"value": "post@brug.example"},
        {"kind": "phone", "value": "020-6241111"},
        {"kind": "post", "value": "", "street": "Dam 1", "postcode": "1012 AB", "town": "Amsterdam"},
    ):
        EmailFactory(**{**holder, **values})
    response = member.get(address, {"q": typed})
    assert rows(response) == [found.listed_name]
    assert f"{TYPED[typed]}." in text(response)
    assert "found by the" in text(response)
    assert other.listed_name not in text(response)


def test_who_is_called_like_an_address_is_found_beside_who_has_it(member):
    EmailFactory(organisation=PartyFactory(name="De Brug"), value="post@brug.example")
    PartyFactory(name="Brug.example")
    EmailFactory(organisation=FactionFactory(name="Fractie Brug"), value="fractie@brug.example")
    assert rows(member.get(ORGANISATIONS, {"q": "brug.example"})) == [
        "Brug.example",
        "De Brug",
        "Fractie Brug",
    ]
    assert rows(member.get(ORGANISATIONS, {"q": "brug.example", "kind": "party"})) == [
        "Brug.example",
        "De Brug",
    ]


def test_searching_by_address_costs_the_same_for_one_and_for_thirty_rows_and_at_any_depth(
    member, monkeypatch
):
    monkeypatch.setattr(paging, "PAGE", 10)
    asked = f"{ORGANISATIONS}?q=brug.example"

    def fill(count):
        for _ in range(count):
            EmailFactory(organisation=OrganisationFactory(), value="post@brug.example")

    fill(1)
    member.get(asked)
    one = cost(member, asked)
    fill(29)
    assert cost(member, asked) == one
    assert cost(member, ORGANISATIONS + link(member.get(asked), "Next page")) == one


def test_a_search_without_a_result_says_what_to_do(member):
    response = member.get(PEOPLE, {"q": "<script>"})
    assert "Nobody found for “<script>”. Try a part of the name." in text(response)
    everywhere = "Search in everything: letters, labels and contact moments too"
    assert link(response, everywhere) == "/beheer/zoeken/?q=%3Cscript%3E"
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


def sorting(response):
    """Which order is the current one above the list, and which column says so."""
    page = main(response)
    return [
        (link.text_content(), column.text_content(), column.get("aria-sort"))
        for link in page.xpath('.//nav[@aria-labelledby="sorted-by"]//a[@aria-current]')
        for column in page.xpath(".//th[@aria-sort]")
    ]


def test_the_order_is_shown_and_changes_in_one_click_with_what_was_chosen_kept(member):
    first, last = PartyFactory(name="Partij A"), PartyFactory(name="Partij B")
    FactionFactory(name="Partij C")
    PartyFactory(name="Lijst D")
    by_name = member.get(ORGANISATIONS, {"q": "partij", "kind": "party"})
    assert sorting(by_name) == [("name", "Name", "ascending")]
    by_change = member.get(ORGANISATIONS + link(by_name, "last changed"))
    assert sorting(by_change) == [("last changed", "Changed", "descending")]
    assert rows(by_change) == [last.name, first.name]
    first.save()
    assert rows(member.get(ORGANISATIONS + link(by_name, "last changed"))) == [first.name, last.name]
    assert (
        rows(member.get(ORGANISATIONS + link(by_change, "name"))) == rows(by_name) == [first.name, last.name]
    )


def test_choosing_differently_keeps_the_search_and_the_order(member):
    PartyFactory(name="Partij Groen")
    FactionFactory(name="Fractie Groen")
    FactionFactory(name="Fractie Blauw")
    response = member.get(ORGANISATIONS, {"q": "groen", "volgorde": "gewijzigd"})
    factions = member.get(ORGANISATIONS + link(response, "Factions"))
    assert rows(factions) == ["Fractie Groen"]
    assert sorting(factions)[0][0] == "last changed"


def test_what_was_searched_for_is_said_and_can_be_taken_away_alone(dutch):
    PartyFactory(name="Partij Groen")
    PartyFactory(name="Partij Blauw")
    OrganisationFactory(name="Buurtgroen")
    response = dutch.get(ORGANISATIONS, {"q": "groen", "kind": "party"})
    assert "Je ziet: alle partijen met “groen” in de naam." in text(response)
    assert rows(response) == ["Partij Groen"]
    without = dutch.get(ORGANISATIONS + link(response, "Haal het zoekwoord weg"))
    assert "Je ziet: alle partijen." in text(without)
    assert rows(without) == ["Partij Blauw", "Partij Groen"]
    save = link(response, "Bewaar deze groep, zonder het zoekwoord")
    assert save == "/beheer/segmenten/nieuw/?subject=organisations&kind=party"


def test_a_search_alone_is_said_as_well_but_is_no_group(member):
    PersonFactory(family_name="Groen")
    response = member.get(PEOPLE, {"q": "groen"})
    assert "You see: all people with “groen” in the name." in text(response)
    assert link(response, "Take the search away") == "?"
    assert "Save this group" not in text(response)
    assert "You see" not in text(member.get(PEOPLE, {"q": "?!"}))


@pytest.fixture
def invitation(monkeypatch):
    """The only thing that can be done with ticked rows, for who may add an organisation."""
    monkeypatch.setattr(selection, "DEEDS", {})
    deed = selection.Deed("invite", "organisations", "Invite these", "crm.add_organisation", "/uitnodigen/")
    selection.register(deed)
    return deed


@pytest.mark.usefixtures("invitation")
def test_ticked_rows_go_along_to_what_is_done_with_them(member):
    first, _second, third = (OrganisationFactory(name=name) for name in "ABC")
    group = Segment.objects.create(name="Partners", criteria={"kind": ["partner"]})
    for address in (ORGANISATIONS, group.get_absolute_url()):
        page = main(member.get(address))
        page.make_links_absolute("http://huis")
        [ticked] = page.xpath('.//form[@id="met-deze"]')
        [button] = ticked.xpath(".//button")
        assert (ticked.get("method"), button.get("formaction")) == ("get", "http://huis/uitnodigen/")
        boxes = page.xpath('.//input[@type="checkbox" and @form="met-deze"]')
        named = {box.getparent().text_content().strip(): (box.name, box.get("value")) for box in boxes}
        assert len(named) == 3
        assert named["Tick A"] == ("organisation", str(first.pk))
        assert named["Tick C"] == ("organisation", str(third.pk))


@pytest.mark.usefixtures("invitation")
@pytest.mark.parametrize("who", ["a reader", "a member among people", "a member where nobody is"])
def test_there_is_nothing_to_tick_without_something_to_do(request, who):
    if who != "a member where nobody is":
        OrganisationFactory()
        PersonFactory()
    client = request.getfixturevalue("reader" if who == "a reader" else "member")
    response = client.get(PEOPLE if who == "a member among people" else ORGANISATIONS)
    assert not main(response).xpath('.//input[@type="checkbox"]')
    assert "Invite these" not in text(response)


def test_a_name_for_something_to_do_is_given_once(invitation):
    with pytest.raises(ValueError, match="registered twice"):
        selection.register(replace(invitation, url="/elders/"))


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
