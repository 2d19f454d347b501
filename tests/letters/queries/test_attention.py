"""What went out and still needs somebody: counted per letter, gone once it is settled."""

import pytest

from crm.models import OutgoingMessage, OutgoingState
from letters.actions import dispatching
from letters.models import Dispatch, PostState
from letters.queries import attention
from tests.letters.stories import make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    """Two by e-mail accepted, one by post still to print, one without an address."""
    make_ready(letter, alida, bram, cor)
    dispatching.send(letter=letter, by=alida)
    OutgoingMessage.objects.filter(dispatch__letter=letter).update(state=OutgoingState.ACCEPTED)
    letter.refresh_from_db()
    return letter


def sentences():
    return [(row.letter.subject, row.sentence) for row in attention.needed()]


def test_a_letter_that_did_not_leave_asks_for_nothing(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    assert sentences() == []


def test_what_is_not_posted_and_who_has_no_address_is_counted(sent):
    assert sentences() == [("Ontmoeten in de buurt", "1 nog te posten, 1 heeft geen adres")]


def test_what_came_back_and_what_is_uncertain_is_counted(sent):
    first, second = OutgoingMessage.objects.filter(dispatch__letter=sent).order_by("pk")
    OutgoingMessage.objects.filter(pk=first.pk).update(state=OutgoingState.REFUSED)
    OutgoingMessage.objects.filter(pk=second.pk).update(state=OutgoingState.UNCERTAIN)
    assert sentences() == [
        (
            "Ontmoeten in de buurt",
            "1 kwam niet aan, 1 is onzeker, 1 nog te posten, 1 heeft geen adres",
        )
    ]


def test_nothing_is_left_when_all_is_settled(sent):
    Dispatch.objects.filter(letter=sent, channel="post").update(post_state=PostState.POSTED)
    sent.recipients.filter(dispatches=None).delete()
    assert sentences() == []


def test_only_the_newest_attempt_counts(sent, alida):
    first = Dispatch.objects.filter(letter=sent, channel="email").order_by("pk")[0]
    OutgoingMessage.objects.filter(pk=first.outgoing_id).update(state=OutgoingState.BOUNCED)
    first.pk, first.outgoing, first.channel, first.post_state = None, None, "post", PostState.POSTED
    first.address = "Nieuwe straat 1"
    first.save()
    assert sentences() == [("Ontmoeten in de buurt", "1 nog te posten, 1 heeft geen adres")]
