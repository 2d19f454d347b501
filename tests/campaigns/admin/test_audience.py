"""The screen "Readers and Mailchimp": it never asks Mailchimp, says what to do, and its buttons do as they say."""

import pytest
from django.urls import reverse

from campaigns.actions import audience
from campaigns.models import AudienceLink, AudienceMember, SyncRun
from crm.registries import background

pytestmark = pytest.mark.django_db
AUDIENCE = "a1b2c3d4e5"


@pytest.fixture
def woken(settings, monkeypatch):
    settings.MAILCHIMP = {"key": "proef", "host": "http://127.0.0.1:9/3.0", "audience": AUDIENCE}
    names = []
    for name in ("sync_audience", "look_at_mailchimp", "listen_to_mailchimp"):
        monkeypatch.setitem(
            background.WAKERS, f"campaigns.{name}", lambda name=name, **given: names.append(name)
        )
    return names


def press(client, button, **values):
    return client.post(reverse("audience:index"), {"do": button, **values}, follow=True).content.decode()


def shown(client):
    response = client.get(reverse("audience:index"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(("who", "sees"), [("alida", True), ("ida", True), ("loes", False), ("otto", False)])
def test_who_sees_it_and_may_press(client, request, woken, who, sees):
    client.force_login(request.getfixturevalue(who))
    assert (client.get(reverse("audience:index")).status_code == 200) == sees
    assert (client.get(reverse("audience:progress")).status_code == 200) == sees
    press(client, "sync")
    assert SyncRun.objects.exists() == sees


def test_before_anything_it_says_where_to_begin(member, woken):
    assert "We vergeleken nog nooit" in shown(member)


def test_the_buttons_work_in_the_background(member, woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        press(member, "look")
    assert (woken, SyncRun.objects.get().is_look) == (["sync_audience"], True)
    assert "al aan het vergelijken" in press(member, "sync")
    press(member, "stop", run=SyncRun.objects.get().pk)
    assert SyncRun.objects.get().state == "stopped"
    with django_capture_on_commit_callbacks(execute=True):
        press(member, "test")
        press(member, "listen")
    assert woken == ["sync_audience", "look_at_mailchimp", "listen_to_mailchimp"]
    press(member, "automatic")
    assert AudienceLink.objects.get().is_automatic
    press(member, "by_hand")
    assert not AudienceLink.objects.get().is_automatic


def test_a_plan_that_only_was_looked_at_waits_in_words(member, woken):
    link = AudienceLink.objects.create(audience=AUDIENCE)
    SyncRun.objects.create(
        link=link, is_look=True, state="done", plan={"new": 3, "changed": 1, "names": 1, "withdrawn": 0}
    )
    assert "3 erbij, 1 naam gewijzigd, 0 eraf" in shown(member)


def test_many_goodbyes_are_looked_at_before_they_go_on(member, woken):
    link = AudienceLink.objects.create(audience=AUDIENCE)
    run = SyncRun.objects.create(link=link, state="waiting", plan={"withdrawn": 30, "live": 100})
    assert "Toch doorgaan, en 30 eraf halen" in shown(member)
    press(member, "go_on", run=run.pk, seen=30)
    run.refresh_from_db()
    assert run.agreed == 30


@pytest.mark.parametrize(
    ("mailchimp", "words"),
    [
        ({"key": ""}, "MAILCHIMP_API_KEY"),
        ({"audience": ""}, "MAILCHIMP_AUDIENCE"),
    ],
)
def test_what_is_not_set_is_said_and_the_screen_works(member, woken, settings, mailchimp, words):
    settings.MAILCHIMP = settings.MAILCHIMP | mailchimp
    assert words in shown(member)
    assert "Traceback" not in press(member, "test")


def test_a_wrong_key_is_said_in_a_sentence(member, woken):
    AudienceLink.objects.create(audience=AUDIENCE, problem="bad_key", problem_words="API Key Invalid")
    assert "Mailchimp kent de sleutel niet" in shown(member)


def test_an_address_that_is_not_taken_has_its_reason(member, woken):
    link = AudienceLink.objects.create(audience=AUDIENCE)
    AudienceMember.objects.create(link=link, address="noreply@lezers.example", refusal="invalid")
    page = shown(member)
    assert "Mailchimp neemt één adres niet aan" in page
    assert "gelooft niet dat dit adres bestaat" in page


def test_without_mailchimp_there_the_background_says_so(member, woken, settings):
    audience.look_at_mailchimp(
        mailchimp=audience.Mailchimp("proef", host="http://127.0.0.1:9/3.0", pause=lambda _s: None)
    )
    assert "Mailchimp was niet te bereiken" in shown(member)
