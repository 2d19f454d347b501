"""Alida puts in the list from the market: the scan, the addresses, a look, and they are readers."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import SignUpList, Subscriber
from tests.campaigns.factories import NewsletterGroupFactory, SignUpListFactory, SubscriberFactory
from tests.crm.typesetting.photos import photo

pytestmark = pytest.mark.django_db
NEW = "/beheer/nieuwsbrief/lezers/lijsten/nieuw/"


def form(data=None, **values):
    scan = SimpleUploadedFile("lijst.jpg", data or photo(), content_type="image/jpeg")
    return {
        "pages": scan, "place": "Markt", "signed_on": "3 mei 2025", "wording": "Ja, stuur mij de nieuwsbrief.",
        **values,
    }  # fmt: skip


@pytest.fixture
def market():
    return SignUpListFactory(place="Markt", signed_on=datetime.date(2025, 5, 3))


def test_from_the_scan_to_the_readers(member):
    noord = NewsletterGroupFactory(name="Noord")
    answer = member.post(NEW, form(groups=[noord.pk]), follow=True)
    assert "Typ nu de adressen over" in answer.content.decode()
    kept = SignUpList.objects.get()
    looked = member.post(kept.get_absolute_url(), {"typed": "anna@lezers.example Anna", "do": "look"})
    assert ("Voeg 1 lezer toe" in looked.content.decode(), Subscriber.objects.count()) == (True, 0)
    for said in ("1 lezer is toegevoegd.", "Er is niemand toegevoegd"):
        page = member.post(
            kept.get_absolute_url(), {"typed": "anna@lezers.example Anna", "do": "add"}, follow=True
        )
        assert said in page.content.decode()
    anna = Subscriber.objects.reachable().get()
    assert (anna.first_name, list(anna.groups.all()), list(anna.sign_up_lists.all())) == (
        "Anna",
        [noord],
        [kept],
    )


def test_the_same_scan_sent_twice_leads_to_the_same_list(member):
    first, second = member.post(NEW, form()), member.post(NEW, form())
    assert (first["Location"], SignUpList.objects.count()) == (second["Location"], 1)


def test_what_is_missing_stands_beside_its_field_and_nothing_is_lost(member):
    answer = member.post(NEW, form(data=b"geen foto", place="Buurtfeest"))
    body = answer.content.decode()
    assert (answer.status_code, "Buurtfeest" in body, SignUpList.objects.count()) == (422, True, 0)
    missing = member.post(NEW, {"place": "Markt"}).context["form"].errors
    assert {"pages", "signed_on", "wording"} == set(missing)


def test_a_file_beyond_the_limit_is_refused(member, settings):
    settings.UPLOAD_LIMIT_MB = 0
    assert member.post(NEW, form()).status_code == 422
    assert SignUpList.objects.count() == 0


def test_what_is_to_be_mended_is_told_per_line_and_stays(member, market):
    SubscriberFactory(address="reads@a.example")
    typed = "<script>alert(1)</script>\nreads@a.example\nanna@a.example"
    for do in ("look", "add"):
        answer = member.post(market.get_absolute_url(), {"typed": typed, "do": do})
        body = answer.content.decode()
        assert (answer.status_code, "<script>alert" in body, "Voeg 1 lezer toe" in body) == (
            422,
            False,
            False,
        )
        assert (
            "Regel 1" in body,
            "Krijgt de nieuwsbrief al." in body,
            "anna@a.example</textarea>" in body,
        ) == (
            True,
            True,
            True,
        )
    assert Subscriber.objects.count() == 1


def test_nothing_typed_is_explained(member, market):
    answer = member.post(market.get_absolute_url(), {"typed": "  ", "do": "add"})
    assert (answer.status_code, "Typ eerst de adressen" in answer.content.decode()) == (422, True)


def test_the_scan_is_shown_to_who_may_see_readers_alone(member, client, loes, market):
    answer = member.get(reverse("readers:scan", args=[market.pk]))
    assert (answer.content, answer["Content-Type"]) == (market.file.read(), "application/pdf")
    client.force_login(loes)
    assert client.get(reverse("readers:scan", args=[market.pk])).status_code in (302, 403)


def test_a_list_kept_by_mistake_is_taken_away(member, market):
    member.post(reverse("readers:list_take_away", args=[market.pk]))
    assert SignUpList.objects.count() == 0
