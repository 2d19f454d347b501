"""Finding whoever has an address or a number, and saying by what."""

import pytest

from crm.models import Channel, ContactPoint
from crm.queries import holders, search
from tests.crm.factories import EmailFactory, OrganisationFactory, PartyFactory, PersonFactory, PostalFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def found(text):
    return [(hit.title, hit.subtitle) for hit in search.find(text)]


@pytest.mark.parametrize(
    "typed",
    ["bij1-brugstad.example", "@bij1-brugstad.example", "BIJ1-Brugstad.example", "www.bij1-brugstad.example"],
)
def test_the_domain_of_an_address_finds_its_holder(typed):
    EmailFactory(organisation=PartyFactory(name="BIJ1"), value="Post@bij1-brugstad.example")
    EmailFactory(value="post@niet-bij1-brugstad.example")
    assert found(typed) == [("BIJ1", "party, found by the e-mail address Post@bij1-brugstad.example")]


def test_an_exact_address_is_what_it_was_found_by_and_no_earlier_name():
    EmailFactory(organisation=PartyFactory(name="BIJ1"), value="post@brug.example")
    assert found("post@brug.example") == [("BIJ1", "party, found by the e-mail address post@brug.example")]


@pytest.mark.parametrize("typed", ["1099 ZC", "1099zc", " 1099  zc "])
def test_a_postcode_finds_its_holder(typed):
    PostalFactory(organisation=OrganisationFactory(name="De Brug"), postcode="1099 ZC", town="Brugstad")
    PostalFactory(postcode="1099 ZD")
    assert found(typed) == [("De Brug", "partner in Brugstad, found by the postcode 1099 ZC")]


@pytest.mark.parametrize(
    "typed", ["0201234567", "020 123 45 67", "020-1234567", "+31 20 123 4567", "0031201234567"]
)
@pytest.mark.parametrize("kept", ["020 123 45 67", "+31 (0)20 123 45 67", "020-1234567"])
def test_a_telephone_number_is_found_however_it_is_written(typed, kept):
    anna = PersonFactory(given_name="Anna", name_prefix="", family_name="Kramer")
    EmailFactory(organisation=None, person=anna, kind=Channel.PHONE, value=kept)
    EmailFactory(kind=Channel.PHONE, value="020 123 45 68")
    assert found(typed) == [("Anna Kramer", f"found by the telephone number {kept}")]


@pytest.mark.parametrize("typed", ["", "brug", "020", "12345", "d66", "a\x00b.example", "brug..example"])
def test_what_has_not_the_form_of_an_address_is_none(typed):
    assert holders.read(typed) is None


@pytest.mark.parametrize("typed", ["info@", "INFO@brug", "info@brug.ex", "@brug"])
def test_a_piece_of_an_address_with_its_sign_finds_its_holder(typed):
    EmailFactory(organisation=OrganisationFactory(name="De Brug"), value="info@brug.example")
    EmailFactory(value="post@info.example")
    assert found(typed) == [("De Brug", "partner, found by the e-mail address info@brug.example")]


@pytest.mark.parametrize("typed", ["1099", "1099z", "1099 Z"])
def test_the_beginning_of_a_postcode_finds_its_holders(typed):
    PostalFactory(organisation=OrganisationFactory(name="De Brug"), postcode="1099 ZC", town="Brugstad")
    PostalFactory(postcode="1098 ZC")
    PostalFactory(postcode="5109 9Z")
    assert found(typed) == [("De Brug", "partner in Brugstad, found by the postcode 1099 ZC")]


@pytest.mark.parametrize("typed", ["020 1234", "020-12345", "123456", "345678"])
def test_six_digits_of_a_telephone_number_will_do(typed):
    EmailFactory(organisation=OrganisationFactory(name="De Brug"), kind=Channel.PHONE, value="020 123 456 78")
    expected = [("De Brug", "partner, found by the telephone number 020 123 456 78")]
    assert found(typed) == (expected if sum(map(str.isdigit, typed.removeprefix("0"))) >= 6 else [])


def test_among_the_many_with_an_address_nobody_is_twice():
    brug = OrganisationFactory(name="De Brug")
    for number in range(4):
        EmailFactory(organisation=brug, value=f"post{number}@brug.example")
    assert [title for title, _words in found("@brug")] == ["De Brug"]


def test_a_kind_narrows_down_who_has_an_address():
    EmailFactory(organisation=OrganisationFactory(name="De Brug"), value="info@brug.example")
    EmailFactory(organisation=PartyFactory(name="De Waag"), value="info@waag.example")
    assert [hit.title for hit in search.find_organisations("info@", 5, kinds=["party"])] == ["De Waag"]


def test_a_name_with_the_form_of_a_domain_is_found_too():
    OrganisationFactory(name="Buurt.example")
    assert [title for title, _words in found("buurt.example")] == ["Buurt.example"]


def test_a_changed_and_a_removed_address_are_seen_at_once():
    point = EmailFactory(organisation=OrganisationFactory(name="De Brug"), value="post@oud.example")
    point.value = "post@nieuw.example"
    point.save()
    assert (found("oud.example"), len(found("nieuw.example"))) == ([], 1)
    ContactPoint.objects.all().delete()
    assert found("nieuw.example") == []


def test_an_address_costs_no_more_for_thirty_than_for_one(django_assert_max_num_queries):
    EmailFactory(value="post0@veel.example")
    with django_assert_max_num_queries(17):
        search.find("veel.example")
    for number in range(1, 30):
        EmailFactory(value=f"post{number}@veel.example")
    with django_assert_max_num_queries(17):
        search.find("veel.example")
