"""Anna changes what she reads and leaves, by the links in her mail; and what others can do with such a link."""

import datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions import subscribers
from campaigns.models import Subscriber
from campaigns.queries.subscribers import preferences_url, unsubscribe_url
from crm.actions import consents
from crm.models import ConsentEntry, TimelineEntry
from tests.campaigns.factories import NewsletterGroupFactory, SubscriberFactory
from tests.campaigns.public import LINK, link_in, mails

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def anna():
    return SubscriberFactory(address="anna@lezers.example", first_name="Anna")


@pytest.fixture
def strict():
    """A browser whose forms need their token, as those of everybody do."""
    return Client(enforce_csrf_checks=True)


def path(url):
    return urlsplit(url).path


def readers():
    return [one.address for one in Subscriber.objects.reachable()]


def test_anna_changes_her_name_and_what_she_reads_about(client, anna):
    noord, zuid = NewsletterGroupFactory(name="Noord"), NewsletterGroupFactory(name="Zuid")
    kring = NewsletterGroupFactory(name="Kring", is_offered=False)
    anna.groups.set([noord, kring])
    body = client.get(path(preferences_url(anna))).content.decode()
    assert ("Zuid" in body, "Kring" in body, 'value="Anna"' in body) == (True, False, True)
    page = client.post(
        path(preferences_url(anna)), {"first_name": "Anneke", "groups": [zuid.pk]}, follow=True
    )
    assert "Bewaard." in page.content.decode()
    anna.refresh_from_db()
    assert (anna.first_name, set(anna.groups.all())) == ("Anneke", {zuid, kring})


def test_a_name_that_is_a_message_is_not_taken(client, anna):
    page = client.post(path(preferences_url(anna)), {"first_name": "<script>alert(1)</script>"})
    anna.refresh_from_db()
    assert (page.status_code, anna.first_name, "<script>alert" in page.content.decode()) == (
        422,
        "Anna",
        False,
    )


def test_anna_leaves_with_one_press(client, anna):
    page = client.post(path(preferences_url(anna)), {"do": "leave"})
    assert ("geen nieuwsbrief meer" in page.content.decode(), readers()) == (True, [])
    entry = ConsentEntry.objects.first()
    assert (entry.decision, entry.source) == ("withdrawn", "pagina met voorkeuren")
    assert "geen nieuwsbrief" in client.get(path(preferences_url(anna))).content.decode()


def test_a_form_of_another_site_changes_nothing(strict, anna):
    answer = strict.post(path(preferences_url(anna)), {"do": "leave"})
    assert (answer.status_code, readers()) == (403, ["anna@lezers.example"])


def test_a_mail_program_unsubscribes_with_one_post_and_no_cookie(strict, anna):
    """RFC 8058."""
    for _time in range(2):
        answer = strict.post(path(unsubscribe_url(anna)), ONE_CLICK)
        assert (answer.status_code, readers()) == (200, [])
    assert ConsentEntry.objects.filter(decision="withdrawn").count() == 1
    assert ConsentEntry.objects.first().source == "link in de nieuwsbrief"


def test_the_form_may_come_in_parts(strict, anna):
    """RFC 8058 allows both; the client of the tests sends multipart/form-data unless told otherwise."""
    body = "List-Unsubscribe=One-Click"
    strict.post(path(unsubscribe_url(anna)), body, content_type="application/x-www-form-urlencoded")
    assert readers() == []


def test_who_opens_the_link_to_leave_sees_one_button_and_is_still_a_reader(client, anna):
    for method in (client.get, client.head):
        assert method(path(unsubscribe_url(anna))).status_code == 200
    body = client.get(path(unsubscribe_url(anna))).content.decode()
    assert (body.count("<button"), readers()) == (1, ["anna@lezers.example"])
    assert client.post(path(unsubscribe_url(anna)), {"iets": "anders"}).status_code == 200
    assert readers() == ["anna@lezers.example"]
    client.post(path(unsubscribe_url(anna)), {"List-Unsubscribe": "One-Click"})
    assert readers() == []


def test_the_link_to_leave_always_works(client, anna, alida):
    url = path(unsubscribe_url(anna))
    subscribers.move(subscriber=anna, address="anna@elders.example", source="mail", by=alida)
    client.post(url, ONE_CLICK)
    assert readers() == []
    Subscriber.objects.all().delete()
    assert client.post(url, ONE_CLICK).status_code == 200
    assert client.get(url).status_code == 200


def test_a_link_to_preferences_is_over_after_half_a_year_and_at_another_address(client, anna, alida):
    today = timezone.localdate()
    old = preferences_url(anna, on=today - datetime.timedelta(days=181))
    young = preferences_url(anna, on=today - datetime.timedelta(days=179))
    assert [client.get(path(url)).status_code for url in (old, young)] == [410, 200]
    subscribers.move(subscriber=anna, address="anna@elders.example", source="mail", by=alida)
    answer = client.post(path(young), {"do": "leave"})
    assert (answer.status_code, readers()) == (410, ["anna@elders.example"])


def test_the_same_mail_made_again_has_the_same_links(anna):
    assert (preferences_url(anna), unsubscribe_url(anna)) == (preferences_url(anna), unsubscribe_url(anna))


def forged(anna):
    """A link of Anna's, turned into one of somebody else or for something else."""
    right, leave = preferences_url(anna), unsubscribe_url(anna)
    token, leaving = right.split("/")[-2], leave.split("/")[-2]
    return [
        f"/nieuwsbrief/voorkeuren/{leaving}/",
        f"/nieuwsbrief/afmelden/{token}/",
        f"/nieuwsbrief/voorkeuren/{token[:-1]}/",
        f"/nieuwsbrief/voorkeuren/A{token}/",
        "/nieuwsbrief/voorkeuren/1/",
        "/nieuwsbrief/afmelden/1/",
        f"/nieuwsbrief/voorkeuren/{'a' * 10_000}/",
        "/nieuwsbrief/voorkeuren/%00/",
    ]


def test_a_link_that_we_did_not_give_does_nothing_and_offers_a_new_one(client, anna):
    for url in forged(anna):
        for answer in (client.get(url), client.post(url, {"do": "leave", **ONE_CLICK})):
            body = answer.content.decode()
            assert (answer.status_code, LINK in body, anna.address in body) == (410, True, False)
    assert (readers(), TimelineEntry.objects.count()) == ([anna.address], 0)


def test_a_new_link_comes_by_mail_to_who_reads_it_and_to_nobody_else(
    client, anna, alida, django_capture_on_commit_callbacks
):
    SubscriberFactory(address="left@lezers.example", left=True, yes=False)
    SubscriberFactory(address="never@lezers.example")
    consents.object_to(
        address="never@lezers.example", purpose="newsletter", channel="email", source="brief", by=alida
    )
    for who in ("Anna", "left", "never", "unknown"):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(LINK, {"address": f"{who}@lezers.example"})
    [mail] = mails()
    assert mail["To"] == "anna@lezers.example"
    assert client.get(link_in(mail, "preferences")).status_code == 200


def test_a_new_link_is_not_asked_for_without_end(client, anna, django_capture_on_commit_callbacks):
    for _time in range(6):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(LINK, {"address": anna.address})
    assert len(mails()) == 3
    assert client.post(LINK, {"address": "geen adres"}).status_code == 422
    assert client.post(LINK, {"address": "a@b.example", "homepage": "x"}).status_code == 200


def test_none_of_these_pages_is_kept_by_a_search_engine_or_a_cache(client, anna):
    for url in (preferences_url(anna), unsubscribe_url(anna)):
        answer = client.get(path(url))
        assert "noindex" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
