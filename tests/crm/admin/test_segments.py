"""The pages of saved groups."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import Segment
from tests.crm.admin.pages import alert, errors, form, link, rows, text
from tests.crm.factories import FactionFactory, MandateFactory, OrganisationFactory, PartyFactory

pytestmark = pytest.mark.django_db
LIST, ADD = "/beheer/segmenten/", "/beheer/segmenten/nieuw/"


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
    response = member.post(
        ADD, {"subject": "people", "name": "Wethouders", "post": ["alderman"]}, follow=True
    )
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
    response = member.post(ADD, {"name": "partijen", "kind": ["party"]})
    assert "There is a group called Partijen already." in alert(response)
    assert form(response)["kind"] == "party"
    response = member.post(ADD, {"name": "Raad", "seated": "any", "seated_on": "gisterochtend"})
    assert list(errors(response)) == ["seated_on"]
    assert Segment.objects.count() == 1


def test_a_group_without_a_name_says_what_to_fill_in(dutch):
    response = dutch.post(ADD, {"name": "", "kind": ["party"]})
    assert errors(response) == {"name": "Vul nog in: “Naam van de groep”."}
    assert form(response)["kind"] == "party"


def test_two_people_changing_one_group(member):
    segment = Segment.objects.create(name="Partijen", criteria={"kind": ["party"]})
    address = f"{LIST}{segment.pk}/wijzig/"
    mine = form(member.get(address))
    member.post(address, {**mine, "name": "Hun groep"})
    response = member.post(address, {**mine, "name": "Mijn groep"})
    assert "Name of the group Mijn groep Hun groep" in text(response)


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
        f"/beheer/organisaties/?kind=party&seated={faction.term.body.pk}",
    ):
        response = member.get(address)
        assert warning in text(response)
        assert link(response, "Fractie Eenling") == faction.get_absolute_url()


def test_a_day_without_a_council_is_not_thrown_away(member):
    response = member.post(ADD, {"name": "Die dag", "kind": ["party"], "seated_on": "29-7-2025"})
    assert errors(response) == {"seated_on": "A day goes with a council. Choose a council as well."}
    assert Segment.objects.count() == 0
