"""The pages of saved groups."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import Segment
from crm.queries import paging
from tests.crm.admin.pages import alert, errors, form, link, main, rows, text
from tests.crm.factories import FactionFactory, MandateFactory, OrganisationFactory, PartyFactory

pytestmark = pytest.mark.django_db
LIST, ADD = "/beheer/segmenten/", "/beheer/segmenten/nieuw/"


def look(client, values, address=ADD):
    """The page after "Look who are in it"."""
    return client.post(address, {**values, "do": "look"})


def save(client, values, address=ADD, **extra):
    """What comes of looking first, and saving then."""
    return client.post(address, {**form(look(client, values, address)), **extra}, follow=True)


def test_a_choice_over_a_list_becomes_a_group(member):
    PartyFactory(name="De Waag")
    FactionFactory(name="Fractie")
    chosen = member.get("/beheer/organisaties/?kind=party")
    opened = member.get(link(chosen, "Save this group"))
    values = form(opened)
    response = member.post(ADD, {**values, "name": "Alle partijen"}, follow=True)
    segment = Segment.objects.get()
    assert (segment.subject, segment.criteria) == ("organisations", {"kind": ["party"]})
    assert rows(response) == ["De Waag"]
    assert "all parties" in text(response)
    words = text(member.get(LIST))
    assert "Alle partijen all parties 1" in words


def test_a_group_of_people(member):
    mandate = MandateFactory(post="alderman")
    MandateFactory(post="chair")
    response = save(member, {"subject": "people", "name": "Wethouders", "post": ["alderman"]})
    assert rows(response) == [mandate.person.listed_name]


def test_a_group_with_a_date_a_place_and_a_council_is_changed_without_loss(member):
    faction = FactionFactory()
    body = faction.term.body
    criteria = {"kind": ["faction"], "seated": body.pk, "seated_on": "2025-07-29", "part_of": body.pk}
    segment = Segment.objects.create(name="Raad", criteria=criteria)
    address = f"{LIST}{segment.pk}/wijzig/"
    values = form(member.get(address))
    assert (values["seated_on"], values["part_of"]) == ("29-7-2025", str(body))
    member.post(address, {**values, "name": "De raad"})
    segment.refresh_from_db()
    assert (segment.name, segment.criteria) == ("De raad", criteria)


def test_what_is_wrong_comes_back_with_what_was_chosen(member):
    Segment.objects.create(name="Partijen", criteria={"kind": ["press"]})
    response = save(member, {"name": "partijen", "kind": ["party"]})
    assert "There is a group called Partijen already." in alert(response)
    assert form(response)["kind"] == "party"
    response = member.post(ADD, {"name": "Raad", "seated": "any", "seated_on": "gisterochtend"})
    assert list(errors(response)) == ["seated_on"]
    assert Segment.objects.count() == 1


def test_a_group_without_a_name_says_what_to_fill_in(dutch):
    response = dutch.post(ADD, {"name": "", "kind": ["party"]})
    assert errors(response) == {"name": "Vul nog in: “Naam van de groep”."}
    assert form(response)["kind"] == "party"


@pytest.mark.parametrize("do", ["look", "save"])
def test_a_group_without_any_choice_says_what_to_do(dutch, do):
    response = dutch.post(ADD, {"name": "Iedereen", "do": do})
    assert alert(response) == (
        "Je koos nog niet wie er in de groep horen. Kies hieronder bij “Wie horen erbij?” minstens één ding."
    )
    assert form(response)["name"] == "Iedereen"
    assert not Segment.objects.exists()


def test_who_are_in_a_group_is_seen_before_it_is_saved(member):
    for number in range(12):
        PartyFactory(name=f"Partij {number:02}")
    opened = member.get(ADD)
    assert not main(opened).xpath('.//button[normalize-space()="Save this group"]')
    seen = look(member, {**form(opened), "name": "Partijen", "kind": ["party"]})
    assert "Now 12 organisations: all parties." in text(seen)
    names = [" ".join(item.text_content().split()) for item in main(seen).xpath('.//*[@id="erin"]//li')]
    assert names == [*(f"Partij {number:02}" for number in range(10)), "… Look at all of them in the list"]
    assert len(rows(member.get(link(seen, "Look at all of them in the list")))) == 12
    assert form(seen)["name"] == "Partijen"
    assert not errors(seen)
    assert not Segment.objects.exists()
    member.post(ADD, form(seen))
    assert Segment.objects.get().criteria == {"kind": ["party"]}


def test_what_was_not_looked_at_is_not_saved(member):
    PartyFactory()
    seen = look(member, {"name": "Raad", "kind": ["party"]})
    response = member.post(ADD, {**form(seen), "kind": ["press"]})
    assert alert(response) == "Not saved yet: look below first who are in it now. Then save the group."
    assert "Now nobody: all press contacts." in text(response)
    assert not Segment.objects.exists()
    member.post(ADD, form(response))
    assert Segment.objects.get().criteria == {"kind": ["press"]}


def test_an_order_of_its_own_does_not_ask_to_look_again(member):
    segment = Segment.objects.create(name="Raad", criteria={"level": "city", "kind": ["press", "party"]})
    address = f"{LIST}{segment.pk}/wijzig/"
    member.post(address, {**form(member.get(address)), "kind": ["party", "press"], "name": "De raad"})
    segment.refresh_from_db()
    assert segment.name == "De raad"


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "Now nobody: all people who are alderman."),
        (1, "Now 1 person: all people who are alderman."),
        (2, "Now 2 people: all people who are alderman."),
        (3, "Now more than 2 people: all people who are alderman."),
    ],
)
def test_how_many_there_are_now(member, monkeypatch, count, sentence):
    monkeypatch.setattr(paging, "COUNTED", 2)
    for _ in range(count):
        MandateFactory(post="alderman")
    assert sentence in text(look(member, {"subject": "people", "post": ["alderman"]}))


def test_looking_costs_the_same_for_few_and_for_many(member):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            look(member, {"kind": ["partner"]})
        return len(queries)

    OrganisationFactory()
    cost()
    few = cost()
    for _ in range(20):
        OrganisationFactory()
    assert cost() == few


def test_two_people_changing_one_group(member):
    segment = Segment.objects.create(name="Partijen", criteria={"kind": ["party"]})
    address = f"{LIST}{segment.pk}/wijzig/"
    mine = form(member.get(address))
    member.post(address, {**mine, "name": "Hun groep"})
    response = member.post(address, {**mine, "name": "Mijn groep"})
    assert "Name of the group Mijn groep Hun groep" in text(response)


def test_a_group_of_whose_address_is_missing_is_kept_and_changed(member):
    OrganisationFactory(name="Zonder")
    response = save(member, {"name": "Aan te vullen", "address": "missing"})
    segment = Segment.objects.get()
    assert (segment.criteria, rows(response)) == ({"address": "missing"}, ["Zonder"])
    values = form(member.get(f"{LIST}{segment.pk}/wijzig/"))
    assert values["address"] == "missing"


def test_removing_asks_first(member):
    segment = Segment.objects.create(name="Partijen", criteria={"kind": ["party"]})
    address = f"{LIST}{segment.pk}/verwijderen/"
    assert "The organisations and people in it stay" in text(member.get(address))
    assert Segment.objects.exists()
    member.post(address)
    assert not Segment.objects.exists()


def test_a_group_costs_the_same_for_few_and_for_many(member):
    segment = Segment.objects.create(name="Alle", criteria={"kind": ["partner"]})

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert member.get(f"{LIST}{segment.pk}/").status_code == 200
        return len(queries)

    OrganisationFactory()
    cost()
    few = cost()
    for _ in range(20):
        OrganisationFactory()
    assert cost() == few


def test_a_faction_without_a_party_is_named_where_the_parties_are_listed(member):
    faction = FactionFactory(name="Fractie Eenling", party=None)
    criteria = {"kind": ["party"], "seated": faction.term.body.pk}
    segment = Segment.objects.create(name="Partijen in de raad", criteria=criteria)
    warning = "These factions have seats, but we do not know which party is behind them"
    for address in (
        f"{LIST}{segment.pk}/",
        f"{LIST}{segment.pk}/wijzig/",
        f"/beheer/organisaties/?kind=party&seated={faction.term.body.pk}",
    ):
        response = member.get(address)
        assert warning in text(response)
        assert link(response, "Fractie Eenling") == faction.get_absolute_url()


def test_a_day_without_a_council_is_not_thrown_away(member):
    response = member.post(ADD, {"name": "Die dag", "kind": ["party"], "seated_on": "29-7-2025"})
    assert errors(response) == {"seated_on": "A day goes with a council. Choose a council as well."}
    assert Segment.objects.count() == 0
