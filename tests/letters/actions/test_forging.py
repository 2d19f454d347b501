"""What anybody can send of what is public changes nothing here by itself: no answer, no bounce, nothing dealt with."""

import datetime

import pytest

from crm.models import ContactPoint, OutgoingMessage, OutgoingState, TimelineEntry
from letters.actions import answering, intake, placing
from letters.models import Answer, IncomingState, Letter
from letters.queries import threads
from tests.letters.mails import MOMENT, OURS, answer, bounce, mail, reply_address
from tests.letters.stories import send

pytestmark = pytest.mark.django_db

EVE = ("Eve", "eve@kwaad.example")
OURSELVES = ("Netwerk", OURS)


@pytest.fixture
def sent(letter, alida, bram, cor):
    made = send(letter, alida, bram, cor)
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    return made


@pytest.fixture
def reference(sent):
    return sent[0].letter.reference


def take_in(raw, source="imap:INBOX"):
    return intake.take_in(raw=raw, source=source, uid=str(hash(raw)))[0]


def state_of(dispatch):
    return OutgoingMessage.objects.get(pk=dispatch.outgoing_id).state


def forged_bounce(dispatch, reference):
    """A report with the reference and the address, and nothing of the message itself."""
    raw = bounce(dispatch).replace(dispatch.outgoing.message_id.encode(), b"<weg@kwaad.example>")
    raw = raw.replace(b"+" + dispatch.outgoing.reply_token.encode(), b"")
    return raw.replace(b"Returned to Sender", f"Returned {reference}".encode())


def test_what_a_stranger_says_that_a_party_wrote_is_no_answer(sent, reference):
    text = (
        f"Zie onder.\n\n---------- Doorgestuurd bericht ----------\nVan: Anna Bos <{sent[0].address}>\n"
        f"Aan: {OURS}\nOnderwerp: Re: {reference}\n\nWij zijn tegen.\n"
    )
    message = take_in(mail(text, sender=EVE, subject=f"FW: {reference}"))
    assert (message.state, Answer.objects.count()) == (IncomingState.PARKED, 0)
    assert message.guesses.get(rank=1).recipient == sent[0].recipient


def test_a_message_in_our_name_from_elsewhere_waits_for_a_person_and_settles_nothing(sent, reference, alida):
    asked = take_in(answer(sent[0], "Kunnen jullie langskomen?")).places.get().answer
    answering.judge(answer=asked, meanings={"asks"}, by=alida)
    raw = mail("Dat is beantwoord.", sender=OURSELVES, to=sent[0].address, subject=reference)
    message = take_in(raw)
    asked.refresh_from_db()
    assert (message.state, asked.settled_at) == (IncomingState.PARKED, None)
    # Who knows that one of us wrote it says so.
    placing.place_by_hand(message=message, recipients=[sent[0].recipient], by=alida)
    asked.refresh_from_db()
    assert asked.settled_at is not None


def test_what_we_sent_from_a_mail_program_settles_what_somebody_read_and_not_what_nobody_did(
    sent, reference, alida
):
    before = MOMENT - datetime.timedelta(hours=1)
    read, unread = (
        take_in(answer(sent[0], text, moment=before)).places.get().answer for text in ("Mag dit?", "En dit?")
    )
    answering.judge(answer=read, meanings={"asks"}, by=alida)
    raw = mail("Ja hoor.", sender=("Alida", alida.email), to=sent[0].address, subject=f"Over {reference}")
    message = take_in(raw, source="imap-sent")
    assert message.state == IncomingState.PLACED
    read.refresh_from_db()
    unread.refresh_from_db()
    assert (read.settled_at is None, unread.settled_at is None) == (False, True)
    # What she replied to she read.
    take_in(
        mail(
            "En dat ook.",
            sender=("Alida", alida.email),
            to=sent[0].address,
            In_Reply_To=unread.place.message.message_id,
        ),
        source="imap-sent",
    )
    unread.refresh_from_db()
    assert unread.settled_at is not None


def test_a_report_that_returns_nothing_of_ours_marks_no_address_until_a_person_places_it(
    sent, reference, parties, alida
):
    message = take_in(forged_bounce(sent[0], reference))
    point = ContactPoint.objects.get(organisation=parties[0])
    assert (message.state, state_of(sent[0]), point.status) == (
        IncomingState.PARKED,
        OutgoingState.ACCEPTED,
        "unchecked",
    )
    placing.place_by_hand(message=message, recipients=[sent[0].recipient], by=alida)
    point.refresh_from_db()
    assert (state_of(sent[0]), point.status) == (OutgoingState.BOUNCED, "failing")


def test_a_report_that_names_our_envelope_alone_concludes(sent, reference):
    envelope = f"Original-Envelope-Id: {sent[0].outgoing.reply_token}\r\nReporting-MTA".encode()
    take_in(forged_bounce(sent[0], "").replace(b"Reporting-MTA", envelope))
    assert state_of(sent[0]) == OutgoingState.BOUNCED


@pytest.mark.parametrize("source", ["imap:INBOX", "imap-sent"])
def test_our_own_question_does_not_show_that_the_letter_arrived(sent, reference, source):
    OutgoingMessage.objects.update(state=OutgoingState.UNCERTAIN)
    take_in(
        mail("Kwam onze brief aan?", sender=OURSELVES, to=sent[0].address, subject=reference), source=source
    )
    assert state_of(sent[0]) == OutgoingState.UNCERTAIN


def test_only_who_got_the_letter_shows_that_it_arrived(sent, reference, alida, letterhead):
    OutgoingMessage.objects.update(state=OutgoingState.UNCERTAIN)
    ContactPoint.objects.filter(value=sent[0].address).update(value="programma@dewaag.example")
    ContactPoint.objects.filter(lookup=sent[0].address).update(lookup="programma@dewaag.example")
    colleague = take_in(
        mail("Wij zijn voor.", sender=("Jan", "jan@dewaag.example"), subject=f"Over {reference}")
    )
    # Anybody at their domain can have read the reference on our site.
    assert (colleague.state, state_of(sent[0])) == (IncomingState.PLACED, OutgoingState.UNCERTAIN)
    take_in(mail("Wij zijn voor.", sender=("Anna", sent[0].address), subject=f"Over {reference}"))
    assert state_of(sent[0]) == OutgoingState.ACCEPTED


def test_a_message_of_the_year_9000_stands_on_the_day_it_came(sent, reference):
    far = MOMENT.replace(year=9000)
    message = take_in(answer(sent[0], moment=far))
    (entry,) = {one.happened_at for one in TimelineEntry.objects.filter(code="letters.answered")}
    assert entry == message.arrived_at


def test_an_answer_from_somebody_else_with_our_token_is_placed_and_both_pages_say_so(client, sent, alida):
    message = take_in(answer(sent[0], sender=EVE))
    assert message.state == IncomingState.PLACED
    words = "Dit is door een ander verstuurd dan aan wie wij schreven."
    (entry,) = [one for one in threads.entries(sent[0].recipient) if one.message]
    assert entry.warnings == [words]
    client.force_login(alida)
    letter = Letter.objects.get(pk=sent[0].letter_id)
    pages = [message.get_absolute_url(), f"/beheer/brieven/{letter.pk}/volgen/{sent[0].recipient_id}/"]
    assert [words in client.get(page).text for page in pages] == [True, True]


def test_what_our_server_does_not_believe_waits_and_the_page_says_why(client, sent, alida):
    raw = answer(sent[0], to=reply_address(sent[0]))
    message = take_in(b"Authentication-Results: mx.brug.example; dmarc=fail\r\n" + raw)
    assert (message.state, Answer.objects.count()) == (IncomingState.PARKED, 0)
    client.force_login(alida)
    assert (
        f"De mailserver meldt dat dit waarschijnlijk niet echt van {sent[0].address} komt. Kijk goed of het klopt."
        in client.get(message.get_absolute_url()).text
    )
