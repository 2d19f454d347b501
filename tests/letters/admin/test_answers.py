"""What an answer asks for goes on the action list in one click, beside the answer on both screens."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.models import FollowUp
from letters.actions import answering, intake
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def came(letter, alida, bram, cor):
    sent = arrive(letter, alida, bram, cor, at=MOMENT)
    message, _new = intake.take_in(raw=answer(sent[0], "Kunnen jullie langskomen?"), source="local", uid="1")
    return message.places.get().answer


def thread(found):
    return reverse("letters:thread", args=[found.recipient.letter_id, found.recipient_id])


def message(found):
    return reverse("letters:incoming_message", args=[found.place.message_id])


def page(client, url):
    return " ".join(client.get(url).content.decode().split())


@pytest.mark.parametrize("screen", [thread, message])
@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("asks", "Antwoord geven aan De Waag"),
        ("invites", "Gesprek plannen met De Waag"),
        ("refers", "Schrijven aan wie De Waag ons verwijst"),
    ],
)
def test_one_click_after_the_button_that_says_what_it_is(client, came, alida, screen, meaning, words):
    client.force_login(alida)
    button = f"Op de actielijst: {words}"
    assert button not in page(client, screen(came))
    client.post(screen(came), {"do": "judge", "answer": came.pk, "holds": meaning})
    assert button in page(client, screen(came))
    answered = client.post(screen(came), {"do": "plan", "answer": came.pk, "step": meaning}, follow=True)
    day = timezone.localdate() + datetime.timedelta(days=7)
    made = FollowUp.objects.get()
    assert (made.words, made.owner, made.due_on, made.subject) == (words, alida, day, came.recipient)
    assert f"“{words}” staat op de actielijst van Alida de Test" in answered.content.decode()
    assert button not in page(client, screen(came))


def test_it_stands_on_the_timelines_of_the_letter_and_of_them(client, came, alida):
    client.force_login(alida)
    answering.judge(answer=came, meanings={"asks"}, by=alida)
    client.post(thread(came), {"do": "plan", "answer": came.pk, "step": "asks"})
    line = "Alida de Test zette “Antwoord geven aan De Waag” op de actielijst, voor Alida de Test"
    for subject in (came.recipient.letter, came.recipient.organisation):
        assert told(subject, "crm.follow_up_added_for") == [line]


def test_it_is_for_who_took_the_answer_up(client, came, alida, bram):
    answering.judge(answer=came, meanings={"asks"}, by=alida)
    answering.take_up(answer=came, by=bram)
    client.force_login(alida)
    client.post(thread(came), {"do": "plan", "answer": came.pk, "step": "asks"})
    assert FollowUp.objects.get().owner == bram


def test_pressed_twice_it_stands_there_once(client, came, alida):
    answering.judge(answer=came, meanings={"asks"}, by=alida)
    client.force_login(alida)
    for _press in range(2):
        answered = client.post(thread(came), {"do": "plan", "answer": came.pk, "step": "asks"}, follow=True)
    assert "Dat staat al op de actielijst." in answered.content.decode()
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("step", ["is_real", "invites", "x", ""])
def test_what_the_answer_does_not_ask_for_is_no_step(client, came, alida, step):
    answering.judge(answer=came, meanings={"asks", "is_real"}, by=alida)
    client.force_login(alida)
    client.post(thread(came), {"do": "plan", "answer": came.pk, "step": step})
    assert not FollowUp.objects.exists()


def test_what_is_dealt_with_offers_nothing(client, came, alida):
    answering.judge(answer=came, meanings={"asks"}, by=alida)
    answering.settle(answer=came, by=alida)
    client.force_login(alida)
    assert "Op de actielijst: " not in page(client, thread(came))


def test_a_reader_sees_the_list_and_no_buttons(client, came, alida, loes):
    answering.judge(answer=came, meanings={"asks"}, by=alida)
    client.force_login(alida)
    client.post(thread(came), {"do": "plan", "answer": came.pk, "step": "asks"})
    client.force_login(loes)
    html = page(client, thread(came))
    assert ("Antwoord geven aan De Waag" in html, "Op de actielijst: " in html) == (True, False)
    assert "Herinner mij" not in html
    assert client.post(thread(came), {"do": "plan", "answer": came.pk, "step": "asks"}).status_code == 302
    assert FollowUp.objects.count() == 1


def test_remind_me_in_two_weeks_from_the_thread(client, came, alida):
    client.force_login(alida)
    html = page(client, thread(came))
    assert "Kijken hoe het staat met De Waag" in html
    sent = {
        "over": f"letters.recipient:{came.recipient_id}",
        "words": "Kijken hoe het staat met De Waag",
        "owner": alida.pk,
        "weeks": "2",
    }
    answered = client.post(reverse("crm:follow_up_add"), sent)
    assert answered.headers["Location"] == thread(came)
    made = FollowUp.objects.get()
    assert made.due_on == timezone.localdate() + datetime.timedelta(weeks=2)
    html = page(client, thread(came))
    assert reverse("crm:follow_up", args=[made.pk]) in html
    dossier = page(client, came.recipient.organisation.get_absolute_url())
    assert reverse("crm:follow_up", args=[made.pk]) in dossier
