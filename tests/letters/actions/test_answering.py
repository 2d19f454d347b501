"""Reading an answer: the six buttons, whose turn they make it, who sees to it, and that it is dealt with."""

import datetime

import pytest
from django.utils import timezone

from crm.actions.action import Refused
from crm.models import OutgoingMessage, OutgoingState
from letters.actions import answering, intake, placing
from letters.models import Answer, Recipient
from letters.queries import turns
from letters.queries.turns import Who
from tests.letters.mails import MOMENT, answer, bounce, mail
from tests.letters.stories import arrive, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    return arrive(letter, alida, bram, cor, at=MOMENT)


def take_in(raw):
    return intake.take_in(raw=raw, source="imap:INBOX", uid=str(hash(raw)))[0]


@pytest.fixture
def came(sent):
    return take_in(answer(sent[0])).places.get().answer


def turn(dispatch):
    found = turns.of(Recipient.objects.filter(pk=dispatch.recipient_id)).get(dispatch.recipient_id)
    return (found.who, found.why) if found else None


def test_after_sending_it_is_their_turn_and_with_an_answer_it_is_ours(sent):
    assert turn(sent[0])[0] == Who.THEM
    take_in(answer(sent[0]))
    assert turn(sent[0]) == (Who.US, "lees hun antwoord")
    assert [recipient.pk for recipient in turns.ours()] == [sent[0].recipient_id]
    assert sent[0].recipient_id not in {recipient.pk for recipient in turns.theirs()}


@pytest.mark.parametrize(
    ("meanings", "who", "why"),
    [
        ({"is_real"}, Who.NOBODY, "heeft geantwoord"),
        ({"declines"}, Who.NOBODY, "wees het af"),
        ({"asks"}, Who.US, "ze vragen ons iets"),
        ({"is_real", "invites"}, Who.US, "ze nodigen ons uit"),
        ({"declines", "refers"}, Who.US, "ze verwijzen ons door"),
    ],
)
def test_each_button_says_whose_turn_it_is(sent, came, alida, meanings, who, why):
    answering.judge(answer=came, meanings=meanings, by=alida)
    assert turn(sent[0]) == (who, why)
    assert (sent[0].recipient in turns.ours()) is (who == Who.US)
    assert sent[0].recipient not in turns.theirs()


def test_only_an_acknowledgement_leaves_it_their_turn(sent, came, alida):
    answering.judge(answer=came, meanings={"acknowledges"}, by=alida)
    assert turn(sent[0])[0] == Who.THEM
    assert sent[0].recipient in turns.theirs()
    with pytest.raises(Refused):
        answering.judge(answer=came, meanings={"acknowledges", "asks"}, by=alida)


def test_an_acknowledgement_that_is_recognised_asks_nobody_anything(sent):
    text = "Wij hebben uw bericht in goede orde ontvangen en nemen het in behandeling."
    message = take_in(answer(sent[0], text))
    assert message.kind == "acknowledgement"
    assert (turn(sent[0])[0], turns.ours().count()) == (Who.THEM, 0)


def test_an_automatic_reply_is_no_answer_until_somebody_says_so(sent, alida):
    message = take_in(answer(sent[0], "Ik ben afwezig tot 1 september.", Auto_Submitted="auto-replied"))
    assert (message.kind, Answer.objects.count(), turn(sent[0])[0]) == ("auto_reply", 0, Who.THEM)
    answering.count_as_answer(place=message.places.get(), by=alida)
    assert turn(sent[0]) == (Who.US, "lees hun antwoord")


def test_what_is_dealt_with_waits_for_nobody_and_can_be_opened_again(sent, came, alida):
    with pytest.raises(Refused, match="Zeg eerst"):
        answering.settle(answer=came, by=alida)
    answering.judge(answer=came, meanings={"asks"}, by=alida)
    answering.settle(answer=came, by=alida)
    assert turn(sent[0])[0] == Who.THEM
    answering.reopen(answer=came, by=alida)
    assert turn(sent[0])[0] == Who.US


def test_two_people_do_not_take_up_the_same_answer(sent, came, alida, bram):
    answering.take_up(answer=came, by=bram)
    with pytest.raises(Refused, match="Bram de Test pakt dit al op"):
        answering.take_up(answer=came, by=alida)
    answering.let_go(answer=came, by=alida)
    answering.take_up(answer=came, by=alida)
    came.refresh_from_db()
    assert came.taken_up_by == alida


def test_a_finished_conversation_is_nobodys_turn_until_they_write_again(sent, came, alida):
    answering.close(recipient=sent[0].recipient, by=alida)
    assert turn(sent[0]) == (Who.NOBODY, "afgerond")
    take_in(answer(sent[0], "Nog iets vergeten: wanneer komt het rapport?"))
    assert turn(sent[0])[0] == Who.US


def test_what_one_of_us_wrote_from_outlook_settles_what_came_before_it(sent, came):
    raw = mail(
        "Dank voor uw antwoord.",
        sender=("Alida de Test", "alida@brug.example"),
        to=came.place.message.sender_address,
        In_Reply_To=came.place.message.message_id,
    )
    message = take_in(raw)
    assert message.kind == "own"
    assert turn(sent[0])[0] == Who.THEM


def test_taken_away_from_a_letter_it_is_no_answer_there(sent, came, alida):
    placing.take_away(message=came.place.message, recipient=sent[0].recipient, by=alida)
    assert (Answer.objects.count(), turn(sent[0])[0]) == (0, Who.THEM)


def test_a_letter_that_did_not_arrive_gives_nobody_a_turn(sent):
    OutgoingMessage.objects.filter(dispatch=sent[0]).update(state=OutgoingState.BOUNCED)
    assert turn(sent[0]) is None
    assert sent[0].recipient not in turns.theirs()


def test_the_timeline_says_how_it_was_read(sent, came, alida):
    answering.judge(answer=came, meanings={"is_real", "asks"}, by=alida)
    assert told(sent[0].letter, "letters.judged") == [
        "Alida de Test las het antwoord van Anna Bos namens De Waag: Echt antwoord, Zij vragen ons iets"
    ]


@pytest.mark.parametrize("year", [1975, 2035])
def test_a_clock_that_is_wrong_changes_no_turn(sent, alida, year):
    moment = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
    found = take_in(answer(sent[0], moment=moment)).places.get().answer
    assert abs(found.came_at - timezone.now()) < datetime.timedelta(minutes=5)
    answering.close(recipient=sent[0].recipient, by=alida)
    assert turn(sent[0]) == (Who.NOBODY, "afgerond")


def test_a_message_goes_to_no_letter_that_was_not_sent(letter, alida):
    message = take_in(mail("Wij doen mee."))
    with pytest.raises(Refused, match="nog niet verstuurd"):
        placing.place_by_hand(message=message, recipients=list(letter.recipients.all()[:1]), by=alida)


def test_a_bounce_cannot_count_as_an_answer(sent, alida):
    message = take_in(bounce(sent[0]))
    with pytest.raises(Refused, match="kan dus geen antwoord zijn"):
        answering.count_as_answer(place=message.places.get(), by=alida)


def test_who_takes_back_what_an_answer_amounts_to_is_written_down(sent, came, alida, bram, parties):
    answering.judge(answer=came, meanings={"asks"}, by=alida)
    answering.judge(answer=came, meanings=(), by=bram)
    answering.judge(answer=came, meanings=(), by=bram)
    line = "Bram de Test legde vast dat het antwoord van Anna Bos namens De Waag nog gelezen moet worden"
    assert told(parties[0], "letters.unjudged") == [line]
    assert turn(sent[0]) == (Who.US, "lees hun antwoord")
