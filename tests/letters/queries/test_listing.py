"""The list of letters: newest first, with how many it is for and how many left."""

import datetime

import pytest
from django.utils import timezone

from crm.models import OutgoingMessage, OutgoingState
from letters.actions import dispatching, letters
from letters.models import Letter, LetterState
from letters.queries import listing
from tests.letters.stories import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(letterhead, alida):
    """A letter in every state, the newest last."""
    made = []
    for month, state in enumerate(LetterState, start=1):
        letter = letters.start(by=alida, subject=f"Brief {state}", dated_on=datetime.date(2025, month, 1))
        Letter.objects.filter(pk=letter.pk).update(state=state)
        made.append(letter)
    return made


def subjects(**narrowed):
    return [letter.subject.removeprefix("Brief ") for letter in listing.letters(**narrowed)]


@pytest.mark.parametrize(
    ("group", "states"),
    [
        ("", ["dropped", "recorded", "dispatched", "frozen", "approved", "proposed", "draft"]),
        ("working", ["frozen", "approved", "proposed", "draft"]),
        ("out", ["recorded", "dispatched"]),
        ("dropped", ["dropped"]),
        ("verzonnen", ["dropped", "recorded", "dispatched", "frozen", "approved", "proposed", "draft"]),
    ],
)
def test_each_group_has_its_states_newest_first(shelf, group, states):
    assert subjects(group=group) == states


def test_every_state_is_in_one_group_and_what_waits_for_approval_is_being_worked_on():
    grouped = [state for name, states in listing.GROUPS.items() if name != "asked" for state in states]
    assert sorted(grouped) == sorted(LetterState)
    assert listing.GROUPS["asked"] < listing.GROUPS["working"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("BRIEF draft", ["draft"]),
        ("draft brief", ["draft"]),
        ("frozen dropped", []),
        ("2025-003", ["approved"]),
        ("2025-003 brief", ["approved"]),
        ("%", []),
        ("raf", []),
        ("dra", ["draft"]),
        ("raft", ["draft"]),
        ("  ", ["dropped", "recorded", "dispatched", "frozen", "approved", "proposed", "draft"]),
    ],
)
def test_all_words_stand_in_subject_or_reference(shelf, query, found):
    assert subjects(query=query) == found


def test_recipients_are_counted_and_those_it_left_for(letter, alida, bram, cor):
    def counted():
        (found,) = listing.letters()
        return found.recipient_count, found.sent_count, found.to_post

    assert counted() == (4, 0, 0)
    first = send(letter, alida, bram, cor)[0]
    assert counted() == (4, 0, 1)
    OutgoingMessage.objects.filter(pk=first.outgoing_id).update(state=OutgoingState.ACCEPTED)
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    assert counted() == (4, 2, 0)
    by_post = letter.dispatches.get(channel="post")
    dispatching.mark_returned(dispatch=by_post, returned_on=timezone.localdate(), by=alida)
    assert counted() == (4, 2, 0)


def test_who_got_it_at_a_second_address_counts_once(letter, alida, bram, cor, parties):
    first = send(letter, alida, bram, cor)[0]
    point = parties[0].contact_points.create(
        kind="email", purpose="board", value="bestuur@waag.example", organisation=parties[0]
    )
    dispatching.resend(dispatch=first, point=point, by=alida)
    OutgoingMessage.objects.filter(dispatch__letter=letter).update(state=OutgoingState.ACCEPTED)
    (found,) = listing.letters()
    assert (found.recipient_count, found.sent_count) == (4, 2)
