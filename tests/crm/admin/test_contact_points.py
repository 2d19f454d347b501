"""The forms of addresses and numbers."""

import pytest
from django.utils import timezone

from crm.models import ContactPoint, ContactStatus
from tests.crm.admin.pages import errors, form, link, main, said, text
from tests.crm.factories import EmailFactory, OrganisationFactory, PersonFactory, PostalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge():
    return OrganisationFactory(name="De Brug")


def place(record, *pieces):
    return record.get_absolute_url() + "adressen/" + "".join(f"{piece}/" for piece in pieces)


def test_an_email_address_is_added_and_comes_back_to_the_same_place(member, bridge):
    response = member.get(bridge.get_absolute_url())
    opened = member.get(link(response, "e-mail address").split("#")[0])
    values = form(opened)
    response = member.post(
        place(bridge), {**values, "value": "info@brug.example", "source": "site"}, follow=True
    )
    assert response.redirect_chain == [(f"{bridge.get_absolute_url()}#adressen", 302)]
    assert said(response) == ["Saved: info@brug.example."]
    assert "info@brug.example for: general · not checked yet" in text(response)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "email", "value": "a@b@brug.example"}, "value"),
        ({"kind": "email", "value": ""}, "value"),
        ({"kind": "post", "street": "Kade 1", "postcode": "99 onzin", "town": "Brugstad"}, "postcode"),
        ({"kind": "phone", "value": "bel maar"}, "value"),
        ({"kind": "email", "value": "a@brug.example", "checked_on": "31-2-2025"}, "checked_on"),
    ],
)
def test_what_is_no_address_comes_back_with_a_message_beside_the_field(member, bridge, values, field):
    values = {"purpose": "general", **values}
    response = member.post(place(bridge), values)
    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert form(response)[field] == values[field]
    assert form(response)["kind"] == values["kind"]
    assert not ContactPoint.objects.exists()


def test_still_right_is_one_button(member, bridge):
    point = EmailFactory(organisation=bridge)
    response = member.get(bridge.get_absolute_url())
    [button] = main(response).xpath(f'.//form[@action="{place(bridge, point.pk, "klopt")}"]')
    response = member.post(button.get("action"), follow=True)
    assert said(response) == [f"Checked today: {point} still holds."]
    point.refresh_from_db()
    assert (point.status, point.checked_on) == (ContactStatus.CONFIRMED, timezone.localdate())


@pytest.mark.parametrize(("verb", "status"), [("komt-terug", "failing"), ("vervalt", "withdrawn")])
def test_out_of_use_is_asked_first_and_can_be_taken_back(member, bridge, verb, status):
    point = EmailFactory(organisation=bridge)
    assert f"It is about {point}." in text(member.get(place(bridge, point.pk, verb)))
    member.post(place(bridge, point.pk, verb))
    point.refresh_from_db()
    assert point.status == status
    member.post(place(bridge, point.pk, "klopt"))
    point.refresh_from_db()
    assert point.is_usable


def test_an_address_is_changed_in_its_place_and_a_stale_form_shows_both(member, bridge):
    point = EmailFactory(organisation=bridge, value="oud@brug.example")
    mine = form(member.get(place(bridge, point.pk)))
    member.post(place(bridge, point.pk), {**mine, "value": "hun@brug.example"})
    response = member.post(place(bridge, point.pk), {**mine, "value": "mijn@brug.example"})
    assert response.status_code == 422
    assert "mijn@brug.example hun@brug.example" in text(response)
    member.post(place(bridge, point.pk), form(response))
    point.refresh_from_db()
    assert point.value == "mijn@brug.example"


def test_the_same_address_twice_is_said_and_stored_once(member, bridge):
    values = {"kind": "email", "value": "info@brug.example", "purpose": "general"}
    member.post(place(bridge), values)
    response = member.post(place(bridge), values, follow=True)
    assert said(response)[-1] == "That stood there already."
    assert ContactPoint.objects.count() == 1


def test_a_person_is_first_asked_for_their_own_address(member):
    person = PersonFactory()
    assert form(member.get(place(person)))["purpose"] == "personal"
    member.post(place(person), {"kind": "email", "value": "anna@thuis.example", "purpose": "personal"})
    assert person.contact_points.get().value == "anna@thuis.example"


def test_the_page_says_whether_a_letter_may_go_there_and_why(member):
    point = EmailFactory(
        organisation=None, person=PersonFactory(given_name="Anna", family_name="Vries"), purpose="personal"
    )
    words = text(member.get(point.person.get_absolute_url()))
    assert "No letter may go here: why?" in words
    assert "This is a private address of Anna de Vries, who did not say yes." in words


def test_an_address_that_stands_there_for_something_else_is_named_beside_the_field(dutch, bridge):
    EmailFactory(organisation=bridge, value="info@brug.example", purpose="general")
    remark = "info@brug.example staat hier al (algemeen). Wijzig dat adres, of vul een ander in."
    values = {"kind": "email", "value": "INFO@brug.example", "purpose": "press"}
    response = dutch.post(place(bridge), values)
    assert errors(response) == {"value": remark}
    assert form(response)["purpose"] == "press"
    other = EmailFactory(organisation=bridge, value="pers@brug.example", purpose="press")
    response = dutch.post(
        place(bridge, other.pk), {**form(dutch.get(place(bridge, other.pk))), "value": "info@brug.example"}
    )
    assert errors(response) == {"value": remark}
    other.refresh_from_db()
    assert other.value == "pers@brug.example"


def test_a_postal_address_that_stands_there_is_named_beside_the_street(dutch, bridge):
    there = PostalFactory(organisation=bridge)
    values = {"kind": "post", "street": there.street, "postcode": there.postcode, "town": there.town}
    response = dutch.post(place(bridge), {**values, "purpose": "press"})
    assert list(errors(response)) == ["street"]


def test_where_an_address_was_found_is_said_once(dutch, bridge):
    EmailFactory(organisation=bridge, source="de eigen site")
    PostalFactory(organisation=bridge, source="briefpapier")
    words = text(dutch.get(bridge.get_absolute_url()))
    assert (words.count("Hier gevonden: de eigen site"), words.count("Hier gevonden: briefpapier")) == (1, 1)


def test_an_empty_postal_address_says_what_belongs_there(dutch, bridge):
    response = dutch.post(place(bridge), {"kind": "post", "purpose": "general"})
    assert errors(response) == {
        "street": "Vul de straat en het huisnummer in, of de postbus.",
        "postcode": "Vul de postcode in, zoals 1012 AB.",
        "town": "Vul de plaats in.",
    }
