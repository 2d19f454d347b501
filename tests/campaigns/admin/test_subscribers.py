"""Alida looks at who reads the newsletter, and writes down what they tell her."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.actions import subscribers
from campaigns.models import Subscriber
from crm.actions import consents
from crm.models import ConsentEntry, ContactPoint, TimelineEntry
from tests.campaigns.factories import NewsletterGroupFactory, SignUpListFactory, SubscriberFactory
from tests.crm.factories import PersonFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/nieuwsbrief/lezers/"
SAID = {"wording": "Zal ik hem sturen?", "source": "aan de deur, 3 mei"}


@pytest.fixture
def anna():
    return SubscriberFactory(address="anna@lezers.example", first_name="Anna")


def listed(member, query=""):
    return [row[0].address for row in member.get(LIST + query).context["rows"]]


def readers():
    return [one.address for one in Subscriber.objects.reachable()]


def test_the_list_shows_who_gets_it_and_each_other_state_apart(member, alida, anna):
    SubscriberFactory(address="left@lezers.example", left=True)
    SubscriberFactory(address="fails@lezers.example", failing=True)
    SubscriberFactory(address="never@lezers.example")
    consents.object_to(
        address="never@lezers.example", purpose="letter", channel="email", source="brief", by=alida
    )
    assert listed(member) == ["anna@lezers.example"]
    assert listed(member, "?stand=afgemeld") == ["left@lezers.example"]
    assert listed(member, "?stand=komt-niet-aan") == ["fails@lezers.example"]
    assert listed(member, "?stand=mag-niet") == ["never@lezers.example"]
    assert len(listed(member, "?stand=alle")) == 4
    assert "Mogen we niet sturen" in member.get(LIST + "?stand=mag-niet").content.decode()


def test_search_and_group_narrow_the_list(member, anna):
    noord = NewsletterGroupFactory(name="Noord")
    bo = SubscriberFactory(address="bo@lezers.example", first_name="Bo")
    bo.groups.add(noord)
    assert listed(member, "?q=ANNA") == ["anna@lezers.example"]
    assert listed(member, "?q=bo+lezers") == ["bo@lezers.example"]
    assert listed(member, f"?groep={noord.pk}") == ["bo@lezers.example"]
    assert listed(member, "?q=%25") == []
    for strange in (
        "?q=%00",
        "?groep=x",
        "?groep=99999999999999999999",
        "?stand=x",
        "?na=x",
        "?q=" + "a" * 10_000,
    ):
        assert member.get(LIST + strange).status_code == 200


def test_the_list_costs_the_same_for_one_reader_and_for_thirty(member):
    def cost():
        for _time in range(10):
            SubscriberFactory(person=PersonFactory()).groups.add(NewsletterGroupFactory())
        with CaptureQueriesContext(connection) as asked:
            member.get(LIST)
        return len(asked)

    cost()
    assert cost() == cost() == cost()


def test_the_page_of_a_reader_says_what_the_ledger_says(member, alida):
    anna = subscribers.add(address="anna@lezers.example", proof="Ze knikte.", **SAID, by=alida)
    subscribers.leave(subscriber=anna, source="belde op 5 mei", by=alida)
    body = member.get(anna.get_absolute_url()).content.decode()
    for words in ("Zal ik hem sturen?", "Aan de deur, 3 mei", "Ze knikte.", "Belde op 5 mei", "Afgemeld"):
        assert words in body


def test_a_name_with_a_script_in_it_is_shown_and_not_run(member, alida):
    anna = subscribers.add(
        address="anna@lezers.example", first_name="<script>alert(1)</script>", **SAID, by=alida
    )
    for place in (LIST, anna.get_absolute_url(), reverse("readers:change", args=[anna.pk])):
        assert "<script>alert" not in member.get(place).content.decode()


def test_a_reader_is_added_by_hand_with_the_proof(member):
    noord = NewsletterGroupFactory(name="Noord")
    form = {
        "address": "Anna@Lezers.example",
        "first_name": "Anna",
        "groups": [noord.pk],
        "proof": "mail",
        **SAID,
    }
    for _time in range(2):
        answer = member.post(LIST + "nieuw/", form)
    assert "krijgt de nieuwsbrief al" in answer.content.decode()
    anna = Subscriber.objects.get()
    assert (readers(), list(anna.groups.all())) == (["anna@lezers.example"], [noord])
    assert ConsentEntry.objects.get().proof == "mail"


def test_without_proof_nobody_is_added_and_what_was_typed_stays(member):
    answer = member.post(LIST + "nieuw/", {"address": "anna@lezers.example", "wording": "", "source": ""})
    body = answer.content.decode()
    assert (answer.status_code, "anna@lezers.example" in body, Subscriber.objects.count()) == (422, True, 0)


def test_whose_address_it_is_is_filled_in_from_her_page(member):
    anna = PersonFactory(given_name="Anna", family_name="Bakker")
    ContactPoint.objects.create(person=anna, kind="email", value="anna@bakker.example")
    assert "Leest de nieuwsbrief niet" in member.get(anna.get_absolute_url()).content.decode()
    body = member.get(f"{LIST}nieuw/?persoon={anna.pk}").content.decode()
    assert ("anna@bakker.example" in body, "Bakker" in body) == (True, True)
    member.post(LIST + "nieuw/", {"address": "anna@bakker.example", "person": str(anna), **SAID})
    assert Subscriber.objects.get().person == anna
    assert "anna@bakker.example: krijgt hem" in member.get(anna.get_absolute_url()).content.decode()


def test_the_page_of_a_person_says_nothing_of_it_to_who_may_not_see_readers(reader, anna):
    person = PersonFactory()
    anna.person = person
    anna.save()
    body = reader.get(person.get_absolute_url()).content.decode()
    assert ("anna@lezers.example" in body, "krijgt hem" in body) == (False, False)


def test_name_groups_and_person_are_changed(member, anna):
    noord, bakker = (
        NewsletterGroupFactory(name="Noord"),
        PersonFactory(given_name="Anna", family_name="Bakker"),
    )
    place = reverse("readers:change", args=[anna.pk])
    seen = member.get(place).context["form"].initial["seen"]
    form = {"first_name": "An", "groups": [noord.pk], "person": str(bakker), "seen": seen}
    assert member.post(place, form).status_code == 302
    anna.refresh_from_db()
    assert (anna.first_name, list(anna.groups.all()), anna.person) == ("An", [noord], bakker)
    late = member.post(place, {**form, "first_name": "Anneke"})
    assert (late.status_code, "Anneke" in late.content.decode()) == (422, True)


def test_a_reader_gets_another_address(member, anna):
    place = reverse("readers:move", args=[anna.pk])
    assert member.post(place, {"address": "anna@", "source": "mail"}).status_code == 422
    member.post(place, {"address": "anna@elders.example", "source": "mail van 3 mei"})
    assert readers() == ["anna@elders.example"]


def test_who_calls_to_leave_gets_nothing_any_more(member, anna):
    place = reverse("readers:leave", args=[anna.pk])
    assert member.post(place, {"source": ""}).status_code == 422
    for _time in range(2):
        assert member.post(place, {"source": "belde"}).status_code == 302
    assert (readers(), ConsentEntry.objects.filter(decision="withdrawn").count()) == ([], 1)
    again = f"{LIST}nieuw/?lezer={anna.pk}"
    assert again in member.get(anna.get_absolute_url()).content.decode()
    assert 'value="anna@lezers.example"' in member.get(again).content.decode()


def test_the_workbook_has_everybody_and_that_it_was_taken_is_written_down(member, alida, anna):
    SubscriberFactory(left=True)
    answer = member.post(LIST + "bestand/")
    assert answer["Content-Disposition"].startswith('attachment; filename="lezers-')
    sheet = load_workbook(BytesIO(answer.content)).active
    assert "anna@lezers.example" in [row[0].value for row in sheet.iter_rows()]
    assert str(TimelineEntry.objects.about(alida).get()).endswith(
        "bewaarde de lijst van lezers (2) als rekenblad"
    )
    assert member.get(LIST + "bestand/").status_code == 405


def test_who_came_by_a_list_on_paper_shows_the_scan(member, anna):
    market = SignUpListFactory(place="Markt")
    market.readers.add(anna)
    body = member.get(anna.get_absolute_url()).content.decode()
    assert (reverse("readers:scan", args=[market.pk]) in body, "Scan van Markt" in body) == (True, True)
