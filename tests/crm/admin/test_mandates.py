"""The forms of roles."""

import pytest

from crm.models import Mandate, Person
from tests.crm.admin.pages import errors, form, main, said, text
from tests.crm.factories import (
    FactionFactory,
    MandateFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def place(record, *pieces):
    return record.get_absolute_url() + "rollen/" + "".join(f"{piece}/" for piece in pieces)


@pytest.fixture
def bridge():
    return OrganisationFactory(name="De Brug")


def test_somebody_new_is_added_with_the_role_in_one_go(member, bridge):
    values = {"person": "mevr. A. de Vries", "post": "chair"}
    response = member.post(place(bridge), values, follow=True)
    mandate = Mandate.objects.get()
    assert (str(mandate.person), mandate.person.gender, mandate.organisation) == ("A. de Vries", "f", bridge)
    assert "A. de Vries" in text(response)


def test_somebody_new_with_a_name_like_one_we_know_is_asked_about(member, bridge):
    PersonFactory(given_name="Anna")
    values = {"person": "vries", "post": "chair"}
    response = member.post(place(bridge), values)
    assert errors(response) == {"person": "Which one do you mean? Choose below."}
    assert "Nobody of these: add vries as a new person" in text(response)
    member.post(place(bridge), {**values, "person-chosen": "new"})
    assert str(Mandate.objects.get().person) == "vries"


def test_somebody_known_is_chosen_and_nobody_is_doubled(member, bridge):
    one, other = PersonFactory(given_name="Anna"), PersonFactory(given_name="Els")
    response = member.post(place(bridge), {"person": "vries", "post": "chair"})
    assert main(response).xpath('.//input[@name="person-chosen"]/@value') == [
        str(one.pk),
        str(other.pk),
        "new",
    ]
    member.post(place(bridge), {"person": "vries", "post": "chair", "person-chosen": str(other.pk)})
    member.post(place(bridge), {"person": str(one), "post": "editor"})
    assert set(Mandate.objects.values_list("person", "post")) == {(other.pk, "chair"), (one.pk, "editor")}
    assert Person.objects.count() == 2


def test_a_role_is_added_on_the_page_of_the_person(member, bridge):
    person = PersonFactory()
    member.post(place(person), {"organisation": "brug", "post": "chair", "from_on": "1-7-2025"})
    assert person.mandates.get().organisation == bridge


def test_a_party_without_source_is_refused_beside_the_field(member):
    faction = FactionFactory()
    PersonFactory(given_name="Anna", family_name="Vries")
    PartyFactory(name="De Waag")
    values = {"person": "Anna de Vries", "post": "council_member", "on_behalf_of": "De Waag"}
    response = member.post(place(faction), values)
    assert errors(response) == {
        "source": "This says something about someone’s party. Write down where you read it."
    }
    assert form(response)["on_behalf_of"] == "De Waag"
    response = member.post(place(faction), {**form(response), "post": "faction_staff", "source": "site"})
    assert list(errors(response)) == ["on_behalf_of"]
    member.post(place(faction), {**form(response), "post": "council_member", "source": "site"})
    assert Mandate.objects.get().on_behalf_of.name == "De Waag"


def test_a_role_is_changed_ended_and_a_mistake_taken_away(member):
    mandate = MandateFactory()
    organisation = mandate.organisation
    values = form(member.get(place(organisation, mandate.pk)))
    member.post(place(organisation, mandate.pk), {**values, "label": "baas"})
    response = member.post(place(organisation, mandate.pk, "voorbij"), {"until_on": "1-7-2025"}, follow=True)
    assert "baas until 1 July 2025" in text(response)
    assert "One former role" in text(response)
    words = text(member.get(place(organisation, mandate.pk, "verwijderen")))
    assert "it goes away for good" in words
    response = member.post(place(organisation, mandate.pk, "verwijderen"), follow=True)
    assert said(response)[-1].startswith("Taken away:")
    assert not Mandate.objects.exists()
