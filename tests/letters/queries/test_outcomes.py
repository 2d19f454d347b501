"""What came of a letter per recipient: promises both ways, and positions that were quoted from what they wrote."""

import pytest
from django.urls import reverse

from campaigns.actions import claims
from campaigns.models import Position
from campaigns.registries import sources
from letters.actions import commitments, intake, placing
from letters.models import IncomingMessage
from letters.queries import outcomes
from tests.campaigns.factories import AskFactory
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db

SAID = "Wij steunen dit."


@pytest.fixture
def sent(letter, alida, bram, cor):
    made = arrive(letter, alida, bram, cor, at=MOMENT)
    letter.refresh_from_db()
    return made


@pytest.fixture
def message(sent):
    intake.take_in(raw=answer(sent[0], SAID), source="imap:INBOX", uid="1")
    return IncomingMessage.objects.get()


def claim(message, organisation, by):
    return claims.enter(
        ask=AskFactory(),
        organisation=organisation,
        position=Position.FOR,
        quote=SAID,
        source=sources.token(message),
        said_on=MOMENT.date(),
        by=by,
    )


def test_each_recipient_has_what_came_of_it(letter, sent, message, parties, alida, django_assert_num_queries):
    waag, other = sent[0].recipient, sent[1].recipient
    promise = commitments.note(
        side="theirs", holder=parties[0], recipient=waag, quote="Wij bellen.", source="mail", by=alida
    )
    said = claim(message, parties[0], alida)
    outcomes.of([waag])
    with django_assert_num_queries(3):
        found = outcomes.of([waag, other])
    assert [party.commitment for party in found[waag.pk].promises] == [promise]
    assert found[waag.pk].claims == [said]
    assert found[other.pk] == outcomes.Outcome()


def test_a_message_with_two_letters_says_something_only_of_whose_words_it_is(sent, message, parties, alida):
    placing.place_by_hand(message=message, recipients=[sent[1].recipient], by=alida)
    said = claim(message, parties[0], alida)
    found = outcomes.of([sent[0].recipient, sent[1].recipient])
    assert [row.claims for row in found.values()] == [[said], []]


def test_what_was_withdrawn_did_not_come_of_it(sent, message, parties, alida):
    said = claim(message, parties[0], alida)
    claims.withdraw(claim=said, because="Vergissing", by=alida)
    assert outcomes.of([sent[0].recipient])[sent[0].recipient.pk].claims == []


def test_it_stands_on_the_step_follow(client, letter, sent, message, parties, alida):
    said = claim(message, parties[0], alida)
    address = reverse("letters:follow", args=[letter.pk])
    client.force_login(alida)
    page = client.get(address).content.decode()
    assert f'<a href="{said.get_absolute_url()}">{said.ask}</a>: voor' in page
    assert "Wat eruit kwam" in page
