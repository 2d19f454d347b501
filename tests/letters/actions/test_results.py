"""What the outbox found out, told on the right timelines; what is uncertain waits for a person."""

import pytest
from django.utils import timezone

from crm.actions import contact_points, mandates, outgoing, outgoing_steps
from crm.actions.action import SYSTEM
from crm.actions.outgoing import Choice
from crm.models import ContactPoint, ContactStatus, OutgoingState, Person
from crm.registries.outgoing import Result
from letters.actions import dispatching, recipients, results
from letters.queries import dispatches as queries
from tests.letters.stories import end_attempt, send, told

pytestmark = pytest.mark.django_db(transaction=True)

CODES = ("letters.sent", "letters.refused", "letters.uncertain")


@pytest.fixture
def sent(letter, alida, bram, cor):
    return send(letter, alida, bram, cor)


def accept(dispatch):
    end_attempt(dispatch, outgoing_steps.accept, code=250, reply="OK")


def refuse(dispatch):
    end_attempt(dispatch, outgoing_steps.refuse, code=550, reply="No such user")


def doubt(dispatch):
    end_attempt(dispatch, outgoing_steps.doubt, reply="")


def needing_an_address(letter):
    return [row.recipient.name for row in queries.follow_rows(letter) if row.needs_address]


def test_what_was_sent_stands_with_the_letter_and_the_recipient_and_nowhere_else(letter, sent, parties):
    accept(sent[0])
    line = "De brief “Ontmoeten in de buurt” ging per e-mail naar De Waag (programma@waag.example)"
    assert [told(x, *CODES) for x in (letter, *parties)] == [[line], [line], [], [], []]


def test_a_refusal_says_why_and_puts_the_address_out_of_use(letter, sent, parties):
    refuse(sent[1])
    assert told(parties[1], *CODES) == [
        "De brief “Ontmoeten in de buurt” kwam niet aan bij Stadslijst (post@stadslijst.example): No such user"
    ]
    assert ContactPoint.objects.get(organisation=parties[1]).status == ContactStatus.FAILING
    assert needing_an_address(letter) == ["Stadslijst", "Zonder Adres"]


def test_a_refusal_is_settled_by_the_same_letter_at_another_address(letter, sent, alida, parties):
    refuse(sent[1])
    point = contact_points.add(
        organisation=parties[1], kind="email", purpose="board", value="bestuur@stadslijst.example", by=alida
    )
    again = dispatching.resend(dispatch=sent[1], point=point, by=alida)
    accept(again)
    assert (again.pdf, again.outgoing.state) == (sent[1].pdf, OutgoingState.ACCEPTED)
    assert needing_an_address(letter) == ["Zonder Adres"]
    (row,) = [row for row in queries.follow_rows(letter) if row.recipient.organisation == parties[1]]
    assert (row.dispatch, row.earlier) == (again, (sent[1],))


def test_a_refusal_for_an_address_that_was_mended_meanwhile_leaves_the_new_one(sent, alida, parties):
    point = ContactPoint.objects.get(organisation=parties[0])
    contact_points.change(point=point, value="nieuw@waag.example", by=alida)
    refuse(sent[0])
    point.refresh_from_db()
    assert point.status == ContactStatus.UNCHECKED


def test_what_is_uncertain_is_never_sent_again_by_itself(letter, sent, alida, parties):
    doubt(sent[0])
    assert outgoing_steps.reap() == outgoing_steps.Reaped(0, 0)
    claimed = [m.key for m in outgoing_steps.claim(worker="another") if m.batch == f"letter:{letter.pk}"]
    assert claimed == [sent[1].outgoing.key]
    assert dispatching.pause(letter=letter, by=alida) == 1
    assert dispatching.resume(letter=letter, by=alida) == 1
    sent[0].outgoing.refresh_from_db()
    assert sent[0].outgoing.state == OutgoingState.UNCERTAIN
    assert told(parties[0], *CODES) == [
        "Het was niet zeker of de brief “Ontmoeten in de buurt” aankwam bij De Waag (programma@waag.example)"
    ]
    assert needing_an_address(letter) == ["Zonder Adres"]
    assert [row.recipient.name for row in queries.follow_rows(letter) if row.uncertain] == ["De Waag"]


@pytest.mark.parametrize(
    ("choice", "state", "lines"), [(Choice.AS_ACCEPTED, "accepted", 2), (Choice.DROP, "dropped", 1)]
)
def test_a_person_settles_what_is_uncertain(sent, alida, parties, choice, state, lines):
    doubt(sent[0])
    outgoing.resolve(message=sent[0].outgoing, choice=choice, reason="Gebeld met De Waag", by=alida)
    sent[0].outgoing.refresh_from_db()
    assert (sent[0].outgoing.state, len(told(parties[0], *CODES))) == (state, lines)


def test_a_person_may_have_it_sent_again_as_the_very_same_message(sent, alida, parties):
    doubt(sent[0])
    before = sent[0].outgoing
    outgoing.resolve(message=before, choice=Choice.RESEND, reason="Niet binnen, zeggen ze", by=alida)
    accept(sent[0])
    after = sent[0].outgoing
    after.refresh_from_db()
    assert (after.message_id, after.raw_id, after.state) == (
        before.message_id,
        before.raw_id,
        OutgoingState.ACCEPTED,
    )


def test_a_letter_to_a_person_is_told_with_the_person(letter, alida, bram, cor, parties):
    anna = Person.objects.create(given_name="Anna", family_name="Bos")
    mandates.add(person=anna, organisation=parties[0], post="chair", source="eigen site", by=alida)
    contact_points.add(person=anna, kind="email", value="anna@bos.example", by=alida)
    letter.recipients.all().delete()
    recipients.add(letter=letter, people=[anna], by=alida)
    (dispatch,) = send(letter, alida, bram, cor)
    accept(dispatch)
    line = "De brief “Ontmoeten in de buurt” ging per e-mail naar Anna Bos (anna@bos.example)"
    assert [told(x, *CODES) for x in (anna, letter, parties[0])] == [[line], [line], []]


@pytest.mark.parametrize("state", ["dropped", "queued", "delivered"])
def test_what_is_no_news_for_the_reader_leaves_no_line(sent, parties, state):
    results.note(_result(sent[0].outgoing, state))
    assert told(parties[0], *CODES) == []


def test_a_message_of_no_letter_is_no_concern_of_letters(sent, parties):
    results.note(_result(None, "accepted"))
    assert [told(x, *CODES) for x in parties] == [[], [], [], []]


def test_a_bounce_that_comes_later_is_told_and_asks_for_an_address(letter, sent, parties):
    accept(sent[0])
    outgoing.note_bounce(message=sent[0].outgoing, reason="Mailbox unavailable", by=SYSTEM)
    assert told(parties[0], "letters.bounced") == [
        "Spreekbuis noteerde dat de brief “Ontmoeten in de buurt” niet aankwam bij De Waag "
        "(programma@waag.example): Mailbox unavailable"
    ]
    assert needing_an_address(letter) == ["De Waag", "Zonder Adres"]
    assert ContactPoint.objects.get(organisation=parties[0]).status == ContactStatus.FAILING


def test_what_somebody_heard_by_phone_stands_on_the_timeline_with_who_noted_it(letter, sent, alida, parties):
    accept(sent[0])
    outgoing.note_bounce(message=sent[0].outgoing, reason="Niets gekregen, zeggen ze", by=alida)
    assert told(parties[0], "letters.bounced") == [
        "Alida de Test noteerde dat de brief “Ontmoeten in de buurt” niet aankwam bij De Waag "
        "(programma@waag.example): Niets gekregen, zeggen ze"
    ]


def _result(message, state, reply="250 OK"):
    return Result(
        pk=message.pk if message else 0,
        key="letter:1:email:x",
        batch="letter:1",
        envelope_to="x@brug.example",
        state=state,
        code=None,
        reply=reply,
        at=timezone.now(),
        by=SYSTEM,
    )


@pytest.mark.parametrize(
    ("code", "reply", "blamed"),
    [
        (550, "No such user", True),
        (550, "5.1.1 <post@stadslijst.example>: Recipient address rejected", True),
        (550, "5.2.1 Mailbox disabled", True),
        (553, "sorry, no mailbox here by that name", True),
        (550, "5.7.1 Message rejected by policy", False),
        (552, "5.3.4 Message too big for system", False),
        (554, "Transaction failed", False),
    ],
)
def test_an_address_is_put_out_of_use_only_for_what_it_did_itself(letter, sent, parties, code, reply, blamed):
    end_attempt(sent[1], outgoing_steps.refuse, code=code, reply=reply)
    status = ContactPoint.objects.get(organisation=parties[1]).status
    assert (status == ContactStatus.FAILING) == blamed
    assert needing_an_address(letter) == ["Stadslijst", "Zonder Adres"]
