"""Mail that means harm, taken in for real: it is stored, shown or put aside, and nothing falls over."""

import pytest

from letters.actions import intake
from letters.actions import letters as writing
from letters.models import Answer, IncomingMessage
from letters.models import IncomingState as S
from letters.queries import incoming as queries
from tests.letters.inbound.test_hostile import BOMBS
from tests.letters.mails import OURS, mail
from tests.letters.stories import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    return send(letter, alida, bram, cor)


def take_in(raw):
    return intake.take_in(raw=raw, source="imap:INBOX", uid=str(len(raw)))[0]


RAWS = {
    **{name: BOMBS[name] for name in ("nested parts", "nested messages", "many parts", "calendars", "deep html")},
    "broken MIME": b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\xff\xfe\x00",
    "unknown charset": b"From: a@b.example\r\nSubject: =?x-onzin?q?H=E9?=\r\nContent-Type: text/plain; "
    b"charset=x-onzin\r\n\r\nB\xe9ste buren\x00\r\n",
    "nothing": b"",
    "no header": b"\xff" * 100,
    "endless names": b"From: " + b"a" * 5000 + b"@" + b"b" * 5000 + b"\r\nMessage-ID: <" + b"c" * 5000 + b"@d>\r\n"
    b"Subject: " + b"e" * 5000 + b"\r\n\r\nhoi",
    "lone surrogates": b"From: =?utf-8?b?7aCA?= <a@b.example>\r\nSubject: =?utf-7?q?+2AA-?=\r\n\r\nhoi",
    "calendar bomb": b"From: a@b.example\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n"
    + b"BEGIN:VEVENT\r\nRRULE:FREQ=SECONDLY;COUNT=2000000000\r\nEND:VEVENT\r\n" * 20_000
    + b"END:VCALENDAR\r\n",
}  # fmt: skip


@pytest.mark.parametrize("name", RAWS)
def test_it_is_stored_as_it_came_and_can_be_read(sent, client, alida, name):
    message = take_in(RAWS[name])
    assert (message.state != S.STORED, message.raw.read()) == (True, RAWS[name])
    assert not message.places.exists()
    client.force_login(alida)
    assert client.get(message.get_absolute_url()).status_code == 200
    assert client.get("/beheer/brieven/binnengekomen/").status_code == 200


def test_a_mail_that_comes_from_ourselves_is_no_answer(sent):
    loop = mail("Wij zijn afwezig.", sender=("Netwerk", OURS), In_Reply_To=sent[0].outgoing.message_id)
    message = take_in(loop)
    assert (message.kind, Answer.objects.count()) == ("own", 0)


def test_an_answer_to_a_letter_that_was_put_away_waits_for_a_person_who_is_told_why(letter, alida, parties):
    writing.put_away(letter=letter, by=alida)
    message = take_in(mail(f"Over uw brief {letter.reference}.", subject="Uw brief"))
    assert (message.state, message.places.count()) == (S.PARKED, 0)
    assert queries.notes_in_words(message) == [
        f"In het bericht staat kenmerk {letter.reference}. Die brief is nooit verstuurd (weggelegd)."
    ]


def test_a_reference_that_we_never_gave_is_told_as_such(sent):
    message = take_in(mail("Over uw brief 2019-014 X.", subject="2019-020 W"))
    assert [note for note in queries.notes_in_words(message) if "nooit verstuurd" in note] == []
    assert IncomingMessage.objects.count() == 1
