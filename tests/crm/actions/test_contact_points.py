"""Addresses and numbers: added, checked, changed and withdrawn."""

import datetime

import pytest
from django.utils import timezone, translation

from crm.actions import contact_points
from crm.actions.action import SYSTEM
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import Channel, ContactPoint, ContactStatus, Purpose, TimelineEntry
from tests.crm.factories import EmailFactory, OrganisationFactory, PersonFactory, PostalFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def wrong(by, **values):
    """The fields with something to mend."""
    with pytest.raises(Invalid) as refusal:
        contact_points.add(organisation=OrganisationFactory(), by=by, **values)
    assert not ContactPoint.objects.exists()
    return sorted(refusal.value.errors)


def test_an_email_address_is_tidied(alida):
    point = contact_points.add(
        organisation=OrganisationFactory(name="De Brug"),
        kind=Channel.EMAIL,
        value=" Info@BRUG.example ",
        by=alida,
    )
    assert (point.value, point.status) == ("Info@brug.example", ContactStatus.UNCHECKED)
    assert str(TimelineEntry.objects.get()) == (
        "Alida de Test added the address Info@brug.example of De Brug (general)"
    )


def test_a_postal_address_is_tidied_and_holds_no_email(alida):
    point = contact_points.add(
        person=PersonFactory(), kind=Channel.POST, street="Kade 1", postcode="1099zz", town="Brugstad",
        country="Nederland", value="x", by=alida,
    )  # fmt: skip
    assert (str(point), point.country, point.value) == ("Kade 1, 1099 ZZ Brugstad", "", "")


def test_an_address_abroad_keeps_its_own_postcode(alida):
    point = contact_points.add(
        organisation=OrganisationFactory(), kind="post", street="Rue 1", postcode="B-1000", town="Brussel",
        country="België", by=alida,
    )  # fmt: skip
    assert point.postcode == "B-1000"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"kind": "email", "value": ""}, ["value"]),
        ({"kind": "email", "value": "a@b@brug.example"}, ["value"]),
        ({"kind": "email", "value": "a@brug.example\nBcc: x@y.example"}, ["value"]),
        ({"kind": "email", "value": "a@brug.example, b@brug.example"}, ["value"]),
        ({"kind": "email", "value": "a" * 400 + "@brug.example"}, ["value"]),
        ({"kind": "phone", "value": "bel maar"}, ["value"]),
        ({"kind": "phone", "value": "12"}, ["value"]),
        ({"kind": "post", "street": "Kade 1", "postcode": "12345 AB", "town": "Brugstad"}, ["postcode"]),
        ({"kind": "post", "street": "Kade 1", "postcode": "1012 SS", "town": "Brugstad"}, ["postcode"]),
        ({"kind": "post", "street": "Kade 1", "postcode": "10 12 A", "town": "Brugstad"}, ["postcode"]),
        ({"kind": "post", "street": "Kade 1", "postcode": "12345", "town": "Brugstad"}, ["postcode"]),
        ({"kind": "post", "street": "Kade 1", "postcode": "1012 AB", "town": " "}, ["town"]),
        ({"kind": "post", "street": "n" * 201, "postcode": "1012 AB", "town": "Brugstad"}, ["street"]),
        (
            {
                "kind": "post",
                "street": "Kade 🌷",
                "postcode": "1012 AB",
                "town": "Brug 🌷",
                "attention": "🌷",
            },
            ["attention", "street", "town"],
        ),
        ({"kind": "email", "value": "a@brug.example", "attention": "🌷"}, ["attention"]),
        ({"kind": "post", "postcode": "1099 ZZ"}, ["street", "town"]),
        ({"kind": "pigeon", "value": "x"}, ["kind", "value"]),
        ({"kind": "email", "value": "a@brug.example", "purpose": Purpose.PERSONAL}, ["purpose"]),
        ({"kind": "email", "value": "a@brug.example", "published_for_contact": True}, ["source_url"]),
        (
            {"kind": "email", "value": "a@brug.example", "checked_on": datetime.date(2999, 1, 1)},
            ["checked_on"],
        ),
        ({"kind": "email", "value": "a@brug.example", "source_url": "geen adres"}, ["source_url"]),
    ],
)
def test_what_is_no_address_is_refused_beside_its_field(alida, values, fields):
    assert wrong(alida, **values) == fields


def test_the_same_address_is_added_once_unless_it_went_out_of_use(alida):
    point = EmailFactory(value="info@brug.example")
    add = {"organisation": point.organisation, "kind": "email", "value": "INFO@brug.example", "by": alida}
    with pytest.raises(AlreadyThere) as refusal:
        contact_points.add(**add)
    assert refusal.value.existing == point
    contact_points.withdraw(point=point, by=alida)
    assert contact_points.add(**add).pk != point.pk


def test_checking_writes_the_day_once(alida):
    point = EmailFactory(failing=True)
    for _ in range(2):
        contact_points.confirm(point=point, by=alida)
    point.refresh_from_db()
    assert (point.status, point.checked_on) == (ContactStatus.CONFIRMED, timezone.localdate())
    assert TimelineEntry.objects.count() == 1
    with pytest.raises(Invalid):
        contact_points.confirm(point=point, on=datetime.date(2999, 1, 1), by=alida)


def test_another_value_counts_as_not_checked(alida):
    point = EmailFactory(confirmed=True, value="oud@brug.example")
    contact_points.change(point=point, note="belangrijk", by=alida)
    point.refresh_from_db()
    assert point.status == ContactStatus.CONFIRMED
    contact_points.change(point=point, value="nieuw@brug.example", by=alida)
    point.refresh_from_db()
    assert (point.status, point.checked_on) == (ContactStatus.UNCHECKED, None)


def test_mail_that_comes_back_puts_an_address_out_of_use_without_anybody(alida):
    point = PostalFactory()
    contact_points.mark_failing(point=point, because="verhuisd", by=SYSTEM)
    contact_points.mark_failing(point=point, by=SYSTEM)
    point.refresh_from_db()
    assert (point.status, point.note) == (ContactStatus.FAILING, "verhuisd")
    assert [str(entry) for entry in TimelineEntry.objects.all()] == [
        f"What we send to {point} of {point.organisation} comes back (verhuisd) (Spreekbuis)"
    ]


def test_a_postcode_of_elsewhere_asks_for_the_country(alida):
    address = {"kind": "post", "street": "Weg 1", "postcode": "12345", "town": "Berlijn"}
    with translation.override("nl"), pytest.raises(Invalid) as refusal:
        contact_points.add(organisation=OrganisationFactory(), by=alida, **address)
    assert refusal.value.errors == {
        "postcode": "“12345” is geen postcode. Schrijf vier cijfers en twee letters: 1012 AB. "
        "Ligt het buiten Nederland? Vul dan het land in."
    }
    point = contact_points.add(organisation=OrganisationFactory(), by=alida, country="Duitsland", **address)
    assert str(point) == "Weg 1, 12345 Berlijn"
