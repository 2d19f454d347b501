"""What stands on the card for a talk: what we know of them, in our words and in theirs."""

import datetime

import pytest
from django.utils import timezone

from crm.models import Mandate, Person
from letters.actions import answering, commitments, intake, meetings, talks
from letters.models import Letter, Recipient
from letters.queries import cards
from letters.render.cards import Quoted
from tests.letters.actions.pieces import tomorrow
from tests.letters.conftest import party
from tests.letters.mails import answer
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db
SENTENCE = "Elke buurt krijgt een huis waar bewoners elkaar kunnen ontmoeten."


@pytest.fixture
def sent(letter, alida, bram, cor):
    Letter.objects.filter(pk=letter.pk).update(body=f"<p>Deze zin kunt u overnemen:</p><p>“{SENTENCE}”</p>")
    letter.refresh_from_db()
    return arrive(letter, alida, bram, cor, at=timezone.now())[0]


def card(dispatch, user, **more):
    return cards.values(dispatch.recipient.organisation, user=user, **more)


def test_our_sentence_is_the_one_they_can_take_over(sent, alida):
    found = card(sent, alida)
    assert (found.name, found.our_sentence) == ("De Waag", SENTENCE)
    assert found.our_letter == f"Ontmoeten in de buurt ({sent.letter.reference}, 29 juli 2025)"
    assert found.their_answer is None


def test_their_words_are_the_first_sentences_of_the_newest_answer(sent, alida):
    text = "Beste Alida,\n\nWij nemen het over. De huur is de vraag. Wij laten nog horen hoe.\n\nGroet,\nAnna"
    came = intake.take_in(raw=answer(sent, text), source="local", uid="1")[0].places.get().answer
    assert card(sent, alida).their_answer.words == "Wij nemen het over. De huur is de vraag."
    answering.judge(answer=came, meanings={"acknowledges"}, by=alida)
    assert card(sent, alida).their_answer is None


def test_what_was_said_by_telephone_counts_as_their_words(sent, alida):
    recipient = Recipient.objects.get(pk=sent.recipient_id)
    talks.log(recipient=recipient, kind="call", summary="Wij doen het.", is_answer=True, by=alida)
    today = timezone.localdate()
    found = card(sent, alida)
    assert found.their_answer.words == "Wij doen het."
    assert found.their_answer.source.startswith("zo noteerde Alida de Test het gesprek van ")
    assert str(today.year) in found.their_answer.source
    assert found.last_contact.endswith("De Waag (telefoongesprek): Wij doen het.")


def test_promises_both_ways_that_are_still_to_be_kept(sent, alida):
    waag = sent.recipient.organisation
    for side, words in (("ours", "Het rapport"), ("theirs", "Een antwoord"), ("theirs", "Koffie")):
        made = commitments.note(
            side=side, holder=waag, quote=f"{words} komt.", words=words, source="telefoon", by=alida
        )
    commitments.settle(parties=list(made.parties.all()), state="kept", source="gedronken", by=alida)
    found = card(sent, alida)
    assert found.we_promised == ["Het rapport (zonder datum)"]
    assert found.they_promised == ["Een antwoord (zonder datum)"]


def test_whom_we_meet_stands_on_top(sent, alida):
    waag = sent.recipient.organisation
    people = [Person.objects.create(given_name=name, family_name="Bos") for name in ("Anna", "Bea")]
    for one in people:
        Mandate.objects.create(person=one, organisation=waag, post="chair", source="site")
    meeting = meetings.plan(
        about="Koffie", starts_at=tomorrow(), organisation=waag, person=people[1], questions="Een?\nTwee?",
        by=alida,
    )  # fmt: skip
    found = card(sent, alida, meeting=meeting)
    assert [line.partition(",")[0] for line in found.people] == ["Bea Bos", "Anna Bos"]
    assert list(found.questions) == ["Een?", "Twee?"]


def test_about_whom_nothing_is_known_the_card_is_empty(alida, letterhead):
    found = cards.values(party("Nieuwe Lijst"), user=alida)
    assert (found.our_letter, found.their_answer, found.last_contact, list(found.people)) == (
        "",
        None,
        "",
        [],
    )
    assert cards.pdf(party("Nog Een"), user=alida).startswith(b"%PDF")


def test_who_may_not_see_promises_does_not_find_them_on_the_card(sent, alida, otto):
    commitments.note(
        side="theirs", holder=sent.recipient.organisation, quote="Wij bellen.", source="telefoon", by=alida
    )
    assert card(sent, alida).they_promised != []
    assert card(sent, otto).they_promised == []


def test_the_newest_answer_is_the_one_that_came_last(sent, alida):
    recipient = Recipient.objects.get(pk=sent.recipient_id)
    for days, words in ((1, "Later."), (3, "Eerder.")):
        moment = timezone.now() - datetime.timedelta(days=days)
        talks.log(
            recipient=recipient, kind="call", summary=words, happened_at=moment, is_answer=True, by=alida
        )
    assert isinstance(card(sent, alida).their_answer, Quoted)
    assert card(sent, alida).their_answer.words == "Later."
