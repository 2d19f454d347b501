"""What the lists share: empty, searched, sorted, long, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.campaigns.factories import FactFactory, PublicationFactory
from tests.crm.admin.pages import link, main, rows, text

pytestmark = pytest.mark.django_db
LISTS = {
    "feiten": (FactFactory, "words", "Feit toevoegen", "De feitenkast is leeg. Voeg het eerste cijfer toe"),
    "publicaties": (
        PublicationFactory, "title", "Publicatie toevoegen", "Er zijn nog geen publicaties. Voeg er een toe",
    ),
}  # fmt: skip


@pytest.fixture(params=LISTS)
def a_list(request):
    """Its address, how to make a row by its name, the words on its button, and what it says when it is empty."""
    maker, field, button, empty = LISTS[request.param]
    return reverse(f"{request.param}:index"), lambda name: maker(**{field: name}), button, empty


def test_an_empty_list_says_what_to_do_and_leads_there(member, a_list):
    place, _make, button, empty = a_list
    response = member.get(place)
    assert empty in text(response)
    assert member.get(link(response, button)).status_code == 200


def test_an_empty_list_offers_a_reader_nothing_that_she_may_not_do(reader, a_list):
    place, _make, button, empty = a_list
    response = reader.get(place)
    assert empty in text(response)
    assert button not in text(response)


def cost(client, place):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(place).status_code == 200
    return len(queries)


@pytest.mark.parametrize("place", ["feiten", "publicaties"])
def test_a_list_costs_the_same_for_one_and_for_thirty_rows_and_on_any_page(member, place):
    def make(count):
        for _ in range(count):
            FactFactory() if place == "feiten" else PublicationFactory(there=True)

    place_of = reverse(f"{place}:index")
    make(1)
    cost(member, place_of)  # content types and the like are kept from here on
    one = cost(member, place_of)
    make(29)
    assert (cost(member, place_of), cost(member, f"{place_of}?p=2")) == (one, one)


def test_every_row_leads_to_its_own_page(member, a_list):
    place, make, _button, _empty = a_list
    make("12 <b>buren</b>")
    response = member.get(place)
    assert rows(response) == ["12 <b>buren</b>"]
    page = member.get(link(response, "12 <b>buren</b>"))
    assert page.status_code == 200
    assert "12 <b>buren</b>" in text(page)


def test_a_search_finds_a_part_and_keeps_what_was_typed(member, a_list):
    place, make, _button, _empty = a_list
    for name in ("12 buren", "36 stadsdorpen"):
        make(name)
    response = member.get(place, {"q": "DORP"})
    assert rows(response) == ["36 stadsdorpen"]
    [field] = main(response).xpath('.//input[@name="q"]')
    assert field.get("value") == "DORP"


def test_a_search_without_a_result_says_what_to_do(member, a_list):
    place, make, _button, _empty = a_list
    make("12 buren")
    response = member.get(place, {"q": "<script>"})
    assert "Niets gevonden voor “<script>”. Probeer een ander woord, of bekijk de hele lijst." in text(
        response
    )
    assert rows(member.get(place + link(response, "Toon de hele lijst"))) == ["12 buren"]


def test_a_press_on_the_first_heading_sorts_and_a_second_one_turns_it_round(member, a_list):
    place, make, _button, _empty = a_list
    for name in ("12 buren", "36 stadsdorpen", "24 wijken"):
        make(name)
    heading = main(member.get(place)).xpath(".//thead//a")[0].text_content().strip()
    up = member.get(place + link(member.get(place), heading))
    assert rows(up) == ["12 buren", "24 wijken", "36 stadsdorpen"]
    down = member.get(place + link(up, heading))
    assert rows(down) == ["36 stadsdorpen", "24 wijken", "12 buren"]
    sorts = [
        page.content.decode().count(f'aria-sort="{way}ending"') for page, way in ((up, "asc"), (down, "desc"))
    ]
    assert sorts == [1, 1]


def test_pages_lead_through_a_long_list_and_keep_the_search(member, a_list):
    place, make, _button, _empty = a_list
    for number in range(30):
        make(f"{number + 100} buren")
    make("niet dit, 1 ding")
    first = member.get(place, {"q": "buren"})
    assert "30 in totaal." in text(first)
    second = member.get(place + link(first, "Volgende pagina"))
    assert (len(rows(first)), len(rows(second))) == (20, 10)
    assert rows(member.get(place + link(second, "Vorige pagina"))) == rows(first)


@pytest.mark.parametrize(
    "query", ["p=0", "p=99", "p=x", "ordering=geheim", "ordering=", "q=%00", "q=" + "x" * 5000, "export=xlsx"]
)
def test_an_address_that_makes_no_sense_gives_a_list_and_no_error(member, a_list, query):
    place, make, _button, _empty = a_list
    make("12 buren")
    assert member.get(f"{place}?{query}").status_code in {200, 404}
