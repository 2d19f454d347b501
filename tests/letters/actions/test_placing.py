"""Where what came in is put: by itself when it is certain, else by a person; and what follows from it."""

import pytest

from crm.actions.action import Refused
from crm.models import ContactPoint, OutgoingMessage, OutgoingState
from letters.actions import intake, placing, replying
from letters.models import IncomingKind, IncomingState
from letters.queries import dispatches, incoming, replies, threads
from tests.letters.mails import OURS, answer, bounce, mail
from tests.letters.stories import send, told

pytestmark = pytest.mark.django_db

S, K = IncomingState, IncomingKind


@pytest.fixture
def sent(letter, alida, bram, cor):
    made = send(letter, alida, bram, cor)
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    return made


def take_in(raw, uid=None, source="imap:INBOX"):
    return intake.take_in(raw=raw, source=source, uid=uid or str(hash(raw)))[0]


def names(message):
    return [recipient.name for recipient in message.recipients.all()]


def guesses(message):
    return [words for _guess, words in incoming.guesses_in_words(message.guesses.all())]


def test_an_answer_stands_with_the_letter_and_with_who_wrote_it_on_its_own_day(sent, parties):
    message = take_in(answer(sent[0]))
    assert (message.kind, names(message)) == (K.ANSWER, ["De Waag"])
    line = "Anna Bos antwoordde namens De Waag op de brief “Ontmoeten in de buurt”"
    assert [told(x, "letters.answered") for x in (sent[0].letter, *parties)] == [[line], [line], [], [], []]
    assert told(parties[0], "letters.placed_by_hand") == []


def test_a_known_sender_without_a_reference_is_parked_with_a_guess_and_its_reason(sent):
    message = take_in(mail(sender=("Anna Bos", sent[0].address), subject="Uw schrijven"))
    assert (message.state, names(message), guesses(message)) == (
        S.PARKED,
        [],
        ["waarschijnlijk De Waag: afzender en onze laatste brief aan hen"],
    )


def test_a_reference_with_one_slip_is_a_guess_that_says_so(sent):
    reference = sent[0].letter.reference
    slip = reference.replace("001", "010") if "001" in reference else reference[:-1] + "Z"
    message = take_in(mail(sender=("Anna Bos", sent[0].address), subject=f"Kenmerk {slip}"))
    assert (message.state, "De Waag: afzender" in guesses(message)[0]) == (S.PARKED, True)


def test_an_unknown_sender_without_a_reference_is_parked_without_a_guess(sent):
    message = take_in(mail("Kunnen we kennismaken?", subject="Vraag"))
    assert (message.state, guesses(message)) == (S.PARKED, [])


def test_one_click_takes_up_a_guess(sent, alida, parties):
    message = take_in(mail(sender=("Anna Bos", sent[0].address), subject="Uw schrijven"))
    placing.place_by_hand(message=message, recipients=[sent[0].recipient], by=alida)
    message.refresh_from_db()
    assert (message.state, names(message), message.places.get().placed_by) == (S.PLACED, ["De Waag"], alida)
    assert len(told(parties[0], "letters.answered")) == 1
    line = (
        "Alida de Test plaatste het bericht “Uw schrijven” bij de brief “Ontmoeten in de buurt” aan De Waag"
    )
    assert [told(x, "letters.placed_by_hand") for x in (sent[0].letter, *parties[:2])] == [[line], [line], []]


def test_one_message_may_belong_to_several_letters_and_stands_with_each_once(sent, alida):
    message = take_in(answer(sent[0]))
    placing.place_by_hand(message=message, recipients=[sent[0].recipient, sent[1].recipient], by=alida)
    assert names(message) == ["De Waag", "Stadslijst"]
    with pytest.raises(Refused, match="staat daar al"):
        placing.place_by_hand(message=message, recipients=[sent[1].recipient], by=alida)
    with pytest.raises(Refused, match="Kies bij welke brief"):
        placing.place_by_hand(message=message, recipients=[], by=alida)


def test_what_was_put_in_the_wrong_place_is_taken_away_and_parked(sent, alida, parties):
    message = take_in(answer(sent[0]))
    placing.take_away(message=message, recipient=sent[0].recipient, by=alida)
    message.refresh_from_db()
    assert (message.state, names(message)) == (S.PARKED, [])
    assert told(parties[0], "letters.taken_away") == [
        "Alida de Test haalde het bericht “Re: Ontmoeten in de buurt” weg bij de brief “Ontmoeten in de buurt” "
        "aan De Waag"
    ]
    with pytest.raises(Refused, match="staat daar niet"):
        placing.take_away(message=message, recipient=sent[0].recipient, by=alida)


def test_spam_is_set_aside_and_can_be_brought_back(sent, alida):
    message = take_in(answer(sent[0], X_Spam_Flag="YES"))
    assert (message.state, message.kind, names(message)) == (S.SET_ASIDE, K.SPAM, [])
    placing.bring_back(message=message, by=alida)
    message.refresh_from_db()
    assert message.state == S.PARKED
    placing.set_aside(message=message, by=alida)
    message.refresh_from_db()
    assert message.state == S.SET_ASIDE


def test_what_belongs_to_a_letter_is_not_set_aside(sent, alida):
    message = take_in(answer(sent[0]))
    with pytest.raises(Refused, match="hoort bij een brief"):
        placing.set_aside(message=message, by=alida)


def test_a_bounce_marks_the_letter_and_the_address_and_is_no_answer(letter, sent, parties):
    message = take_in(bounce(sent[0]))
    sent[0].outgoing.refresh_from_db()
    assert (message.kind, message.state, sent[0].outgoing.state) == (
        K.BOUNCE,
        S.PLACED,
        OutgoingState.BOUNCED,
    )
    assert ContactPoint.objects.get(organisation=parties[0]).status == "failing"
    assert [row.recipient.name for row in dispatches.follow_rows(letter) if row.needs_address] == [
        "De Waag",
        "Zonder Adres",
    ]
    assert told(parties[0], "letters.answered") == []
    assert told(parties[0], "letters.bounced") == [
        "Spreekbuis noteerde dat de brief “Ontmoeten in de buurt” niet aankwam bij De Waag "
        "(programma@waag.example): dat adres bestaat niet (meer)"
    ]


def test_a_full_mailbox_passes_and_leaves_the_address(sent, parties):
    take_in(bounce(sent[0], status="4.2.2", said="Mailbox full"))
    assert ContactPoint.objects.get(organisation=parties[0]).status == "unchecked"


@pytest.mark.parametrize(
    ("text", "fields", "kind", "line"),
    [
        (
            "Wij hebben uw bericht ontvangen en nemen het in behandeling.",
            {},
            K.ACKNOWLEDGEMENT,
            "letters.acknowledged",
        ),
        (
            "Ik ben met vakantie tot 25 augustus.",
            {"Auto_Submitted": "auto-replied"},
            K.AUTO_REPLY,
            "letters.auto_replied",
        ),
    ],
)
def test_a_confirmation_and_an_absence_are_no_answers(sent, parties, text, fields, kind, line):
    message = take_in(answer(sent[0], text, **fields))
    assert (message.kind, message.state) == (kind, S.PLACED)
    assert (len(told(parties[0], line)), told(parties[0], "letters.answered")) == (1, [])


def test_an_absence_that_leads_nowhere_bothers_nobody(sent):
    message = take_in(mail("Ik ben afwezig.", subject="Afwezig: iets", Auto_Submitted="auto-replied"))
    assert message.state == S.SET_ASIDE


def test_what_we_wrote_from_a_mail_program_stands_in_the_thread_and_is_no_answer(sent, alida, parties):
    message = take_in(
        mail(
            "Dank voor uw vraag.",
            sender=("Alida", alida.email),
            to=sent[0].address,
            In_Reply_To=sent[0].outgoing.message_id,
        ),
        source="imap-sent",
    )
    assert (message.kind, names(message)) == (K.OWN, ["De Waag"])
    assert len(told(parties[0], "letters.we_wrote")) == 1


def test_an_answer_shows_that_an_uncertain_letter_arrived(sent):
    OutgoingMessage.objects.filter(pk=sent[0].outgoing_id).update(state=OutgoingState.UNCERTAIN)
    take_in(answer(sent[0]))
    sent[0].outgoing.refresh_from_db()
    assert sent[0].outgoing.state == OutgoingState.ACCEPTED


def test_the_copy_in_our_own_archive_shows_that_an_uncertain_letter_left(sent, settings):
    OutgoingMessage.objects.filter(pk=sent[0].outgoing_id).update(state=OutgoingState.UNCERTAIN)
    message = take_in(sent[0].outgoing.raw.read(), source="imap-sent")
    sent[0].outgoing.refresh_from_db()
    assert (sent[0].outgoing.state, message.state) == (OutgoingState.ACCEPTED, S.SET_ASIDE)
    assert told(sent[0].letter, "letters.we_wrote") == []


def test_a_mail_loop_ends_here(sent):
    message = take_in(mail("Automatisch antwoord", sender=("Netwerk", OURS), Auto_Submitted="auto-replied"))
    assert message.state == S.SET_ASIDE


def test_no_contact_is_made_of_a_sender(sent, django_assert_max_num_queries):
    before = ContactPoint.objects.count()
    take_in(mail("Vraag", sender=("Nieuw", "nieuw@nergens.example")))
    assert ContactPoint.objects.count() == before


FORWARD = """Ter info.

---------- Doorgestuurd bericht ----------
Van: Anna Bos <{address}>
Aan: Bram de Test <bram@brug.example>
Onderwerp: Re: Ontmoeten in de buurt

{said}
"""


def passed_on(dispatch, said, to=OURS):
    text = FORWARD.format(address=dispatch.address, said=said)
    return mail(
        text, sender=("Bram de Test", "bram@brug.example"), to=to, subject="FW: Re: Ontmoeten in de buurt"
    )


def test_what_a_member_passes_on_says_what_they_wrote_and_settles_nothing(sent, alida):
    first = take_in(answer(sent[0], "Kunnen jullie langskomen?")).places.get().answer
    said = f"Wij nemen dit over (kenmerk {sent[0].letter.reference})."
    message = take_in(passed_on(sent[0], said))
    assert (message.kind, message.sender_address) == (K.ANSWER, sent[0].address)
    if message.state == S.PARKED:
        placing.place_by_hand(message=message, recipients=[sent[0].recipient], by=alida)
    came = message.places.get().answer
    assert came.is_waiting
    first.refresh_from_db()
    assert first.settled_at is None
    # Their words, wherever they are read or quoted, and not those of who passed them on.
    [shown] = [entry.words for entry in threads.entries(sent[0].recipient) if entry.answer == came]
    draft = replying.start(recipient=sent[0].recipient, answer=came, by=alida)
    for words in (message.excerpt, shown, replies.quotation(draft).text):
        assert (said in words, "Ter info" in words) == (True, False)
    assert replies.quotation(draft).message_id == sent[0].outgoing.message_id
    assert draft.address == sent[0].address


def test_what_a_member_passes_on_to_somebody_else_is_ours(sent):
    assert take_in(passed_on(sent[0], "Zo.", to="piet@elders.example")).kind == K.OWN


def test_a_bounce_that_is_placed_by_hand_marks_the_letter_and_the_address(sent, parties, alida):
    raw = bounce(sent[0]).replace(sent[0].outgoing.message_id.encode(), b"<weg@elders.example>")
    token = sent[0].outgoing.reply_token.encode()
    message = take_in(raw.replace(b"+" + token, b""))
    assert message.state == S.PARKED
    placing.place_by_hand(message=message, recipients=[sent[0].recipient], by=alida)
    sent[0].outgoing.refresh_from_db()
    assert sent[0].outgoing.state == OutgoingState.BOUNCED
    assert ContactPoint.objects.get(organisation=parties[0]).status == "failing"


def test_spam_that_a_person_places_is_an_answer(sent, alida):
    message = take_in(answer(sent[0], X_Spam_Flag="YES"))
    assert (message.kind, message.state) == (K.SPAM, S.SET_ASIDE)
    placing.bring_back(message=message, by=alida)
    message.places.all().delete()
    placing.place_by_hand(message=message, recipients=[sent[0].recipient], by=alida)
    message.refresh_from_db()
    assert (message.kind, message.places.get().answer.is_waiting) == (K.ANSWER, True)
