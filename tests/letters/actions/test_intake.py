"""Taking in what came: once, with its own bytes, and to where it belongs."""

import errno

import pytest

from crm.actions.action import Refused
from crm.models import FrozenFile
from crm.models.frozen_files import private_storage
from letters.actions import intake
from letters.models import IncomingMessage, IncomingPlace, IncomingState, Sighting
from letters.queries import incoming as queries
from tests.letters.inbound.outlook import compound, storage
from tests.letters.mails import answer, mail
from tests.letters.stories import send, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    return send(letter, alida, bram, cor)


def take_in(raw, uid="1", source="imap:INBOX", uidvalidity=7):
    return intake.take_in(raw=raw, source=source, uid=uid, uidvalidity=uidvalidity)


def test_what_came_is_kept_byte_for_byte(sent):
    raw = answer(sent[0])
    message, is_new = take_in(raw)
    assert (is_new, message.raw.read(), message.state) == (True, raw, IncomingState.PLACED)
    assert (message.sender, message.sender_address, message.subject, message.excerpt) == (
        "Anna Bos",
        sent[0].address,
        "Re: Ontmoeten in de buurt",
        "Wij nemen dit over in ons programma.",
    )


@pytest.mark.parametrize(
    "again",
    [
        {"uid": "1"},
        {"uid": "2"},
        {"uid": "1", "uidvalidity": 8},
        {"uid": "1", "source": "webhook"},
    ],
)
def test_the_same_message_comes_in_once_wherever_it_is_found(sent, again):
    raw = answer(sent[0])
    first, _ = take_in(raw)
    second, is_new = take_in(raw, **again)
    assert (second, is_new, IncomingMessage.objects.count()) == (first, False, 1)
    assert Sighting.objects.count() == (1 if again == {"uid": "1"} else 2)
    assert len(told(sent[0].letter, "letters.answered")) == 1


def test_the_same_message_by_another_road_is_put_aside(sent):
    raw = answer(sent[0])
    take_in(raw)
    other, is_new = take_in(b"Received: from mx.example\r\n" + raw, uid="2")
    assert (is_new, other.state, other.notes) == (True, IncomingState.SET_ASIDE, [{"code": "doubled"}])
    assert len(told(sent[0].letter, "letters.answered")) == 1


def test_two_messages_with_the_same_words_are_two(sent):
    take_in(answer(sent[0], "Dank u wel voor uw brief, wij komen erop terug in het najaar."))
    second, _ = take_in(
        answer(sent[0], "Dank u wel voor uw brief, wij komen erop terug in het najaar."), uid="2"
    )
    assert second.state == IncomingState.PLACED


def test_a_full_disk_keeps_nothing_and_the_next_try_succeeds(sent, monkeypatch):
    raw = answer(sent[0])

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.files.storage.FileSystemStorage._save", full)
        with pytest.raises(OSError, match="No space"):
            take_in(raw)
    assert (IncomingMessage.objects.count(), Sighting.objects.count()) == (0, 0)
    assert take_in(raw)[1] is True


def test_a_message_whose_reading_was_broken_off_is_read_later(sent):
    message, _ = intake.store(raw=answer(sent[0]), source="imap:INBOX", uid="1")
    assert message.state == IncomingState.STORED
    assert intake.finish() == 1
    message.refresh_from_db()
    assert (message.state, intake.finish()) == (IncomingState.PLACED, 0)


def test_a_message_whose_bytes_are_away_does_not_hold_up_the_others(sent):
    broken, _ = intake.store(raw=answer(sent[0]), source="imap:INBOX", uid="1")
    whole, _ = intake.store(raw=answer(sent[1]), source="imap:INBOX", uid="2")
    private_storage().delete(broken.raw.place)
    assert intake.finish() == 1
    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (broken.state, whole.state) == (IncomingState.STORED, IncomingState.PLACED)


def test_a_message_that_nobody_foresaw_is_shown_and_holds_up_nothing(sent, monkeypatch):
    odd, _ = intake.store(raw=answer(sent[0], "Vreemd."), source="imap:INBOX", uid="1")
    whole, _ = intake.store(raw=answer(sent[1]), source="imap:INBOX", uid="2")
    read = queries.parse

    def stumble(raw, own):
        if b"Vreemd." in raw:
            raise RecursionError("too deep")
        return read(raw, own)

    monkeypatch.setattr(queries, "parse", stumble)
    assert intake.finish() == 1
    odd.refresh_from_db()
    whole.refresh_from_db()
    assert (odd.state, whole.state) == (IncomingState.PARKED, IncomingState.PLACED)
    assert queries.notes_in_words(odd) == [
        "We kunnen dit bericht niet lezen. Bekijk het zoals het kwam, onder “Technisch”."
    ]


def test_an_answer_to_what_came_in_with_it_stands_beside_it(sent):
    first = answer(sent[0], Message_ID="<eerste@waag.example>")
    then = mail("En nog iets.", In_Reply_To="<eerste@waag.example>", subject="Vervolg")
    intake.store(raw=then, source="imap:INBOX", uid="1")
    intake.store(raw=first, source="imap:INBOX", uid="2")
    assert intake.finish() == 2
    assert {place.recipient_id for place in IncomingPlace.objects.all()} == {sent[0].recipient_id}
    assert IncomingPlace.objects.count() == 2


def test_a_saved_message_is_added_once(sent, alida):
    raw = answer(sent[0])
    message = intake.upload(data=raw, name="antwoord.eml", by=alida)
    assert message.state == IncomingState.PLACED
    with pytest.raises(Refused, match="staat hier al: “Re: Ontmoeten in de buurt”"):
        intake.upload(data=raw, name="nog eens.eml", by=alida)
    assert told(message, "letters.message_uploaded") == [
        "Alida de Test voegde het bericht “Re: Ontmoeten in de buurt” toe"
    ]


def test_a_message_saved_by_outlook_is_added(sent, alida):
    headers = (
        f"From: Anna <{sent[0].address}>\r\nMessage-ID: <o1@elders.example>\r\n"
        f"In-Reply-To: {sent[0].outgoing.message_id}\r\nDate: Tue, 5 Aug 2025 09:14:03 +0200\r\n"
    )
    data = compound(storage("message", {0x7D: headers, 0x37: "Antwoord", 0x1000: "Wij doen mee."}))
    message = intake.upload(data=data, name="antwoord.msg", by=alida)
    assert (message.state, message.excerpt) == (IncomingState.PLACED, "Wij doen mee.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is geen e-mailbericht"),
        (b"%PDF-1.7 jaarverslag", "is geen e-mailbericht"),
        (b"Beste mensen,\n\nSubject: iets", "is geen e-mailbericht"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "beschadigd"),
        (bytes(100), "is geen e-mailbericht"),
    ],
)
def test_what_is_no_message_is_refused_with_what_to_do(alida, data, words):
    with pytest.raises(Refused, match=words):
        intake.upload(data=data, name="bestand.eml", by=alida)
    assert (
        IncomingMessage.objects.count(),
        FrozenFile.objects.filter(media_type="message/rfc822").count(),
    ) == (
        0,
        0,
    )


def test_a_file_beyond_the_limit_is_refused(alida, settings):
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(Refused, match="groter dan 1 MB"):
        intake.upload(data=mail() + bytes(2_000_000), name="groot.eml", by=alida)
