"""Writing down a call in the thread: three fields, and perhaps that it was their answer."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from letters.models import Answer, Talk
from tests.crm.admin.pages import alert, errors, form, said, text
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    return arrive(letter, alida, bram, cor, at=timezone.now() - datetime.timedelta(days=9))[0]


def here(name, dispatch, *more):
    return reverse(f"letters:{name}", args=[dispatch.letter_id, dispatch.recipient_id, *more])


@pytest.fixture
def alida_in(client, alida):
    client.force_login(alida)
    return client


def test_one_press_from_the_thread_and_three_fields(alida_in, sent):
    assert f'href="{here("talk", sent)}"' in alida_in.get(here("thread", sent)).content.decode()
    page = alida_in.get(here("talk", sent))
    today = timezone.localdate()
    assert {
        name: value for name, value in form(page).items() if value.strip() and name != "csrfmiddlewaretoken"
    } == {
        "kind": "call",
        "day": f"{today.day}-{today.month}-{today.year}",
    }
    done = alida_in.post(here("talk", sent), {"kind": "call", "summary": "Ze bellen terug."}, follow=True)
    assert said(done) == ["Het staat bij de brief, en op het dossier."]
    assert "Telefoongesprek met De Waag" in text(done)
    assert "Zij zijn aan zet: we spraken hen op" in text(done)


def test_their_answer_shows_the_six_buttons(alida_in, sent):
    values = {"kind": "encounter", "summary": "Ze doen het.\nIn het voorjaar al.", "is_answer": "on"}
    done = alida_in.post(here("talk", sent), values, follow=True)
    html = " ".join(done.content.decode().split())
    assert 'value="is_real" aria-pressed="true"' in html
    assert "In het voorjaar al." in html
    assert Talk.objects.get().interaction.summary == "Ze doen het."
    alida_in.post(here("thread", sent), {"do": "discount", "answer": Answer.objects.get().pk})
    assert not Answer.objects.exists()
    alida_in.post(here("thread", sent), {"do": "count", "talk": Talk.objects.get().pk})
    assert Answer.objects.get().meanings == ["is_real"]


def test_a_call_of_another_thread_is_not_counted_here(alida_in, sent, alida):
    alida_in.post(here("talk", sent), {"kind": "call", "summary": "Ze bellen terug."})
    other = sent.letter.recipients.exclude(pk=sent.recipient_id).first()
    url = reverse("letters:thread", args=[sent.letter_id, other.pk])
    alida_in.post(url, {"do": "count", "talk": Talk.objects.get().pk})
    assert not Answer.objects.exists()


def test_what_is_to_be_mended_stands_beside_the_field(alida_in, sent):
    page = alida_in.post(here("talk", sent), {"kind": "call", "summary": "", "day": "1-1-2999"})
    assert page.status_code == 422
    assert errors(page) == {"summary": "Vul nog in: “Wat is er gezegd?”."}
    page = alida_in.post(here("talk", sent), {"kind": "call", "summary": "Straks", "day": "1-1-2999"})
    assert list(errors(page)) == ["day"]
    assert "Kijk bij de velden" in alert(page)


def test_sent_twice_it_stands_there_once(alida_in, sent):
    for _time in range(2):
        alida_in.post(here("talk", sent), {"kind": "call", "summary": "Ze bellen terug."})
    assert Talk.objects.count() == 1


def test_a_reader_has_no_such_button_and_no_such_page(client, sent, loes):
    client.force_login(loes)
    assert here("talk", sent) not in client.get(here("thread", sent)).content.decode()
    assert client.get(here("talk", sent)).status_code in (302, 403)


def test_of_a_letter_that_did_not_leave_there_is_no_talk(alida_in, letter):
    recipient = letter.recipients.first()
    assert alida_in.get(reverse("letters:talk", args=[letter.pk, recipient.pk])).status_code == 404
