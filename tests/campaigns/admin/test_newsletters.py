"""Newsletters on screen: from beginning an issue until it is sent, and what stands in the way."""

import datetime

import pytest
from django.utils import timezone

from campaigns.actions import mailings
from campaigns.models import Mailing, MailingState, Problem, TrialMail
from campaigns.pages import NewsletterPage
from campaigns.pages.composing import made
from tests.campaigns.conftest import _with_role
from tests.campaigns.newsletters import approved, issue, readers
from tests.crm.admin.pages import said, text

pytestmark = pytest.mark.django_db
LIST = "/beheer/nieuwsbrieven/"


@pytest.fixture
def gerda(db):
    return _with_role("gerda", "Redactie")


@pytest.fixture
def page(gerda):
    readers(2)
    return issue(gerda)


def at(page):
    return f"{LIST}{page.pk}/"


def as_(client, user):
    client.force_login(user)
    return client


def press(client, page, do, **values):
    return client.post(at(page), {"do": do, **values}, follow=True)


def test_an_issue_begins_empty_or_like_the_one_before(client, gerda):
    as_(client, gerda)
    assert "Er is nog geen nieuwsbrief." in text(client.get(LIST))
    first = client.post(LIST, {"do": "start"})
    assert "/beheer/pages/" in first.url
    made_ = NewsletterPage.objects.get()
    made_.body = [("intro", "<p>Beste buren</p>")]
    made_.save()
    made_.save_revision()
    client.post(LIST, {"do": "like", "page": made_.pk})
    second = NewsletterPage.objects.latest("pk")
    assert (str(second.body[0].value), second.live, second.slug != made_.slug) == (
        str(made_.body[0].value),
        False,
        True,
    )
    assert client.get(first.url).status_code == 200


def test_what_stands_in_the_way_leads_to_its_place(client, gerda):
    page = issue(gerda, subject="", body=[("intro", "<p>Lorem ipsum</p>")])
    response = as_(client, gerda).get(at(page))
    assert "Er is nog geen onderwerp." in text(response)
    block = page.body[0].id
    assert f"/beheer/pages/{page.pk}/edit/#block-{block}-section" in response.content.decode()
    refused = press(client, page, "ask")
    assert said(refused) == [
        "Er staat nog iets in de weg. Kijk bij de opmerkingen en maak dat eerst in orde."
    ]
    assert not Mailing.objects.exists()


def test_from_a_test_by_way_of_approval_to_sending(client, gerda, alida, page):
    as_(client, gerda)
    tested = press(client, page, "test", addresses="an@netwerk.example")
    assert said(tested) == ["Een proef gaat naar an@netwerk.example."]
    assert TrialMail.objects.get().by == gerda
    press(client, page, "ask")
    assert "Je schreef mee, dus iemand anders kijkt ernaar." in text(client.get(at(page)))
    as_(client, alida)
    now = made(page)[0]
    press(client, page, "approve", hash=now.content_hash)
    sent = press(client, page, "send")
    assert said(sent) == ["Hij is onderweg. Hier zie je hoe ver hij is."]
    assert Mailing.objects.get().state == MailingState.SENDING
    assert said(press(client, page, "send")) == ["Deze nieuwsbrief is al verstuurd, of is onderweg."]


def test_who_changes_it_after_approval_asks_anew(client, gerda, alida, page):
    approved(page, gerda, alida)
    page.subject = "Vier nieuwe ruimtes"
    page.save_revision(user=gerda)
    response = as_(client, gerda).get(at(page))
    assert "Hij is sindsdien gewijzigd." in text(response)
    assert "Verstuur hem nu" not in text(response)
    assert said(press(client, page, "send")) == [
        "De nieuwsbrief is gewijzigd na het akkoord. Vraag akkoord voor zoals hij nu is."
    ]
    press(client, page, "ask")
    assert Mailing.objects.get().subject == "Vier nieuwe ruimtes"


def test_a_remark_stands_with_it_and_it_can_be_taken_back(client, gerda, alida, page):
    as_(client, gerda)
    press(client, page, "ask")
    as_(client, alida)
    seen = made(page)[0].content_hash
    assert said(press(client, page, "remark", hash=seen, remark=" ")) == ["Schrijf wat je anders zou willen."]
    press(client, page, "remark", hash=seen, remark="De datum klopt niet.")
    assert "De datum klopt niet." in text(client.get(at(page)))
    as_(client, gerda)
    assert "/edit/" in client.post(at(page), {"do": "take_back"}).url
    assert Mailing.objects.get().state == MailingState.DRAFT


MOMENTS = {
    "not on the quarter": ("9:10", "op het kwartier"),
    "no time": ("straks", "Vul een dag en een tijd in"),
}


@pytest.mark.parametrize(("time", "words"), MOMENTS.values(), ids=MOMENTS)
def test_a_moment_that_cannot_be_is_said(client, gerda, alida, page, time, words):
    approved(page, gerda, alida)
    day = timezone.localdate() + datetime.timedelta(days=2)
    [message] = said(press(as_(client, gerda), page, "schedule", day=day.isoformat(), time=time))
    assert words in message
    assert Mailing.objects.get().state == MailingState.APPROVED


def test_it_is_sent_at_its_moment(client, gerda, alida, page):
    approved(page, gerda, alida)
    day = timezone.localdate() + datetime.timedelta(days=2)
    press(as_(client, gerda), page, "schedule", day=day.isoformat(), time="09:15")
    planned = timezone.localtime(Mailing.objects.get().scheduled_for)
    assert (planned.date(), planned.hour, planned.minute) == (day, 9, 15)


def test_what_stopped_says_why_and_goes_on(client, gerda, alida, page):
    mailing = approved(page, gerda, alida)
    Mailing.objects.filter(pk=mailing.pk).update(state=MailingState.STOPPED, problem=Problem.BAD_KEY)
    assert "Mailchimp accepteert de sleutel niet." in text(as_(client, gerda).get(at(page)))
    press(client, page, "resume")
    assert Mailing.objects.get().state == MailingState.SENDING
    Mailing.objects.update(state=MailingState.STOPPED)
    press(client, page, "give_up")
    assert Mailing.objects.get().state == MailingState.APPROVED
    Mailing.objects.update(state=MailingState.STOPPED, let_go_at=timezone.now())
    [message] = said(press(client, page, "give_up"))
    assert "Misschien is hij al verstuurd" in message


@pytest.mark.parametrize("shown", ["", "dark", "images-off", "text", "../x"])
def test_the_mail_is_shown_as_readers_see_it(client, gerda, page, shown):
    response = as_(client, gerda).get(f"{at(page)}mail/", {"als": shown})
    assert (response.status_code, "Beste buren, er is nieuws." in response.content.decode()) == (200, True)
    assert "kB van de 102 kB" in response.content.decode()


def test_the_editor_shows_it_too(client, gerda, page):
    as_(client, gerda)
    for mode, _label in NewsletterPage.preview_modes:
        answer = page.make_preview_request(preview_mode=mode)
        assert (
            answer.status_code,
            "Beste buren" in answer.rendered_content
            if hasattr(answer, "rendered_content")
            else "Beste buren" in answer.content.decode(),
        ) == (200, True)


def test_on_the_site_it_stands_in_the_archive_once_it_is_there(client, page):
    assert client.get(page.url).status_code == 404
    page.get_latest_revision().publish()
    assert "Beste buren, er is nieuws." in client.get(page.url).content.decode()
    assert "Drie nieuwe ruimtes" in client.get(page.get_parent().url).content.decode()


def test_a_reader_of_the_back_office_looks_and_presses_nothing(client, loes, page):
    as_(client, loes)
    assert client.get(at(page)).status_code == 200
    for do in ("ask", "test", "send", "approve"):
        assert client.post(at(page), {"do": do}).status_code in (302, 403)
    assert not Mailing.objects.exists()
    assert not TrialMail.objects.exists()


def test_two_who_send_at_once_send_once(gerda, alida, page):
    mailing = approved(page, gerda, alida)
    now = made(page)[0].content_hash
    mailings.send(mailing=mailing, content_hash=now, by=gerda)
    with pytest.raises(Exception, match="al verstuurd"):
        mailings.send(mailing=mailing, content_hash=now, by=alida)


def test_the_editor_leads_to_sending_and_puts_nothing_on_the_site_itself(client, gerda, page):
    html = as_(client, gerda).get(f"/beheer/pages/{page.pk}/edit/").content.decode()
    assert f'href="{at(page)}"' in html
    assert "action-publish" not in html


def test_what_was_put_before_the_committee_is_not_thrown_away(client, gerda, alida, ida, page):
    approved(page, gerda, alida)
    ida.is_superuser = True
    ida.save()
    for kept in (page, page.get_parent()):
        answer = as_(client, ida).post(f"/beheer/pages/{kept.pk}/delete/", follow=True)
        assert "dus hij blijft" in answer.content.decode()
    assert NewsletterPage.objects.filter(pk=page.pk).exists()


def test_what_waits_stands_on_the_first_screen(client, gerda, alida, page):
    as_(client, gerda)
    press(client, page, "ask")
    asked = "Ben je akkoord? Nieuwsbrief “Drie nieuwe ruimtes”"
    assert asked not in client.get("/beheer/").content.decode()
    assert asked in as_(client, alida).get("/beheer/").content.decode()
    Mailing.objects.update(state=MailingState.STOPPED, problem=Problem.BAD_KEY)
    assert (
        "gestopt: Mailchimp accepteert de sleutel niet."
        in as_(client, gerda).get("/beheer/").content.decode()
    )
    Mailing.objects.update(state=MailingState.SENT, recipients=412, sent_at=timezone.now())
    first = as_(client, gerda).get("/beheer/").content.decode()
    assert ("Kregen de laatste nieuwsbrief" in first, ">412<" in first) == (True, True)
