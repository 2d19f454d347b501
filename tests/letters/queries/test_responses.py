"""How a letter was answered, in numbers: an acknowledgement is no answer, and what came back reached nobody."""

import datetime

import pytest
from django.utils import timezone, translation

from crm.models import OutgoingMessage, OutgoingState
from letters.actions import answering, dispatching, intake
from letters.models import Answer
from letters.queries import dispatches, responses
from letters.queries.responses import Responses
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 5, 4)


def found(letter):
    return responses.of(letter, dispatches.follow_rows(letter))


@pytest.fixture
def sent(letter, alida, bram, cor):
    """Two by e-mail that arrived ten days ago, and one by post."""
    made = arrive(letter, alida, bram, cor, at=MOMENT - datetime.timedelta(days=10))
    letter.refresh_from_db()
    return made


def came(dispatch, alida, *meanings, days=4):
    raw = answer(dispatch, moment=MOMENT - datetime.timedelta(days=10 - days, hours=1))
    intake.take_in(raw=raw, source="imap:INBOX", uid=str(hash(raw)))
    one = Answer.objects.latest("pk")
    if meanings:
        answering.judge(answer=one, meanings=set(meanings), by=alida)


def test_who_said_nothing_and_who_did_are_counted_of_those_it_reached(letter, sent, alida):
    assert (found(letter).reached, found(letter).silent) == (2, 2)
    dispatching.confirm_posted(letter=letter, posted_on=timezone.localdate(), by=alida)
    came(sent[0], alida, "is_real")
    came(sent[1], alida, "acknowledges")
    assert found(letter) == Responses(3, 1, 1, 0, 4, timezone.localdate())
    assert found(letter).silent == 1


def test_what_nobody_read_yet_is_said_apart_until_it_is_read(letter, sent, alida):
    came(sent[0], alida)
    assert (found(letter).answered, found(letter).unread) == (0, 1)
    answering.judge(answer=Answer.objects.get(), meanings={"declines"}, by=alida)
    assert (found(letter).answered, found(letter).unread) == (1, 0)


def test_the_first_answer_counts_and_who_answers_was_reached(letter, sent, alida):
    came(sent[0], alida, "asks", days=2)
    came(sent[0], alida, "is_real", days=8)
    came(sent[1], alida, "is_real", days=6)
    assert (found(letter).answered, found(letter).days) == (2, 4)
    OutgoingMessage.objects.filter(dispatch=sent[1]).update(state=OutgoingState.BOUNCED)
    assert (found(letter).reached, found(letter).answered, found(letter).days) == (2, 2, 2)


SENTENCES = {
    "nobody reached": (Responses(0, 0, 0, 0, None, TODAY), ""),
    "silence": (Responses(3, 0, 0, 0, None, TODAY), "Op 4 mei 2026: 0 van 3 antwoordden; 3 zeiden niets."),
    "all": (
        Responses(9, 4, 1, 2, 3, TODAY),
        "Op 4 mei 2026: 4 van 9 antwoordden, de helft binnen 3 dagen; één bevestigde alleen de ontvangst; "
        "2 antwoorden zijn nog niet gelezen; 2 zeiden niets.",
    ),
}


@pytest.mark.parametrize(("numbers", "words"), SENTENCES.values(), ids=SENTENCES)
def test_the_numbers_are_a_sentence_with_their_day(numbers, words):
    with translation.override("nl"):
        assert responses.in_words(numbers) == words
