"""Calls and talks about a letter: in the thread, on the dossier, and as an answer."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.actions import interactions
from crm.actions.action import NotAllowed, Refused
from crm.models import Interaction, TimelineEntry
from letters.actions import answering, past, replying, talks
from letters.models import Answer, Letter, Recipient, Talk
from letters.queries import threads, turns
from letters.queries.turns import Who
from tests.letters.actions.pieces import first
from tests.letters.conftest import person
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db

MOMENT = timezone.now() - datetime.timedelta(days=40)


@pytest.fixture
def recipient(letter, alida, bram, cor):
    sent = arrive(letter, alida, bram, cor, at=MOMENT)[0]
    return Recipient.objects.get(pk=sent.recipient_id)


def called(recipient, by, **values):
    said = {"kind": "call", "summary": "Ze nemen onze zin over.", **values}
    return talks.log(recipient=recipient, by=by, **said)


def turn(recipient):
    return turns.of([recipient])[recipient.pk]


def test_a_call_stands_in_the_thread_and_on_the_dossier(recipient, alida):
    talk = called(recipient, alida)
    assert [entry.talk for entry in threads.entries(recipient) if entry.talk] == [talk]
    lines = [str(line) for line in TimelineEntry.objects.about(recipient.organisation)]
    assert "De Waag (telefoongesprek): Ze nemen onze zin over." in lines
    lines = [str(line) for line in TimelineEntry.objects.about(recipient.letter)]
    assert "Gesproken met De Waag over deze brief: Ze nemen onze zin over." in lines


def test_things_stand_in_the_order_of_time(recipient, alida):
    later = called(
        recipient, alida, summary="Nog eens gebeld.", happened_at=MOMENT + datetime.timedelta(days=3)
    )
    sooner = called(recipient, alida, happened_at=MOMENT + datetime.timedelta(days=1))
    shown = threads.entries(recipient)
    assert [entry.talk for entry in shown] == [None, sooner, later]


def test_who_we_spoke_is_not_silent_but_it_stays_their_turn(recipient, alida):
    assert turn(recipient).silent_weeks > 4
    called(recipient, alida)
    now = turn(recipient)
    assert (now.who, now.silent_weeks) == (Who.THEM, 0)
    assert now.why.startswith("we spraken hen op ")


def test_as_their_answer_it_is_a_real_one_until_somebody_says_otherwise(recipient, alida):
    answer = called(recipient, alida, is_answer=True).answer
    assert (answer.meanings, answer.judged_by, answer.sender) == (["is_real"], alida, "De Waag")
    assert turn(recipient).who == Who.NOBODY
    answering.judge(answer=answer, meanings={"asks"}, by=alida)
    assert (turn(recipient).who, turn(recipient).why) == (Who.US, "ze vragen ons iets")


def test_no_answer_after_all_and_an_answer_after_all(recipient, alida):
    talk = called(recipient, alida, is_answer=True)
    answering.not_an_answer(answer=talk.answer, by=alida)
    assert turn(recipient).who == Who.THEM
    assert Talk.objects.get() == talk
    answering.count_said(source=talk, by=alida)
    assert turn(recipient).who == Who.NOBODY


def test_writing_back_after_a_call_goes_to_the_address_of_the_letter(recipient, alida):
    answer = called(recipient, alida, is_answer=True).answer
    draft = replying.start(recipient=recipient, answer=answer, by=alida)
    assert (draft.address, draft.answer) == ("programma@waag.example", answer)


def test_what_goes_from_the_dossier_goes_from_the_thread(recipient, alida):
    talk = called(recipient, alida, is_answer=True)
    interactions.remove(interaction=talk.interaction, by=alida)
    assert not Talk.objects.exists()
    assert not Answer.objects.exists()
    assert turn(recipient).who == Who.THEM


def test_a_mended_day_is_the_day_of_the_answer_too(recipient, alida):
    talk = called(recipient, alida, is_answer=True)
    moment = MOMENT + datetime.timedelta(days=2)
    interactions.change(interaction=talk.interaction, happened_at=moment, by=alida)
    assert Answer.objects.get().came_at == moment


def test_a_letter_that_did_not_leave_cannot_be_spoken_about(letter, alida):
    with pytest.raises(Refused, match="nog niet verstuurd"):
        called(first(letter), alida)
    assert not Interaction.objects.exists()


def test_a_call_counts_as_an_answer_only_from_who_may_read_answers(recipient):
    caller = person("dirk")
    caller.user_permissions.add(Permission.objects.get(codename="add_interaction"))
    with pytest.raises(NotAllowed):
        called(recipient, caller, is_answer=True)
    assert not Interaction.objects.exists()
    called(recipient, caller)
    assert Talk.objects.count() == 1


def test_a_letter_of_the_past_that_was_spoken_about_stays(recipient, alida):
    called(recipient, alida)
    Letter.objects.filter(pk=recipient.letter_id).update(state="recorded")
    with pytest.raises(Refused, match="De Waag"):
        past.remove(letter=Letter.objects.get(pk=recipient.letter_id), by=alida)


def test_an_answer_has_one_source_and_no_more(recipient, alida):
    answer = called(recipient, alida, is_answer=True).answer
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(talk=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(recipient=recipient, came_at=timezone.now())
