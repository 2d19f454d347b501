"""What every change shares: what may still change, and the approval that lapses with words for what is different."""

import datetime

import pytest

from crm.actions.action import SYSTEM, Refused
from crm.models import RoundState
from letters.actions import approvals, changing, enclosures, letters, recipients
from letters.models import Cause, Letter, Letterhead, LetterState
from letters.models.letters import TRANSITIONS
from letters.queries.approvals import last_round
from tests.letters.stories import agree, make_ready, propose, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(letter, alida, bram, cor):
    propose(letter, alida)
    agree(letter, bram, cor)
    return letter


def copy_of(letter):
    """The letter as somebody else has it in hand."""
    return Letter.objects.get(pk=letter.pk)


@pytest.mark.parametrize("to", LetterState)
@pytest.mark.parametrize("state", LetterState)
def test_a_letter_goes_only_along_the_lines_of_the_table(letter, state, to):
    Letter.objects.filter(pk=letter.pk).update(state=state)
    letter.refresh_from_db()
    if to in TRANSITIONS[state]:
        changing.move(letter, to)
    else:
        with pytest.raises(Refused, match=str(state.label)):
            changing.move(letter, to)
    assert copy_of(letter).state == letter.state == (to if to in TRANSITIONS[state] else state)


def test_of_two_who_move_a_letter_at_once_one_is_told(letter):
    slower = copy_of(letter)
    changing.move(letter, LetterState.PROPOSED)
    with pytest.raises(Refused, match="Laad de pagina opnieuw"):
        changing.move(slower, LetterState.DROPPED)
    assert copy_of(letter).state == LetterState.PROPOSED


def test_who_has_an_old_letter_in_hand_changes_nothing_of_what_is_ready(letter, alida, bram, cor, parties):
    old = copy_of(letter)
    make_ready(letter, alida, bram, cor)
    for change in (
        lambda: enclosures.promise(letter=old, title="Rapport", by=alida),
        lambda: recipients.remove(recipient=old.recipients.get(organisation=parties[0]), by=alida),
        lambda: letters.set_signatories(letter=old, names=[("Alida", "")], by=alida),
        lambda: recipients.lock(letter=old, by=alida),
    ):
        with pytest.raises(Refused, match="klaar om te versturen"):
            change()
    assert (letter.enclosures.count(), letter.recipients.count(), letter.signatories.count()) == (0, 4, 0)


def test_who_has_an_old_letter_in_hand_still_voids_what_was_agreed_since(letter, alida, bram, cor):
    old = copy_of(letter)
    propose(letter, alida)
    agree(letter, bram, cor)
    enclosures.promise(letter=old, title="Rapport", by=alida)
    assert copy_of(letter).state == LetterState.DRAFT


CHANGES = {
    "onderwerp": {"subject": "Ontmoeten in de wijk"},
    "dezelfde aanhef voor iedereen": {"salutation": "Beste mensen"},
    "tekst": {"body": "<p>Iets anders.</p>"},
    "slotformule": {"closing": "Groet"},
    "namens wie": {"sign_off": "Namens ons allen"},
    "datum van de brief": {"dated_on": datetime.date(2025, 7, 30)},
    "soort": {"kind": "note"},
    "aan wie bij de organisatie": {"purpose": "board"},
    "onderwerp, tekst": {"subject": "Anders", "body": "<p>Iets anders.</p>"},
}


@pytest.mark.parametrize(("what", "values"), CHANGES.items(), ids=CHANGES)
def test_the_approval_lapses_and_says_what_is_different(approved, alida, what, values):
    letters.save_draft(letter=approved, draft_number=approved.draft_number, values=values, by=alida)
    assert copy_of(approved).state == LetterState.DRAFT
    assert told(approved, "letters.approval_voided") == [
        f"Het akkoord verviel: de brief is veranderd ({what})"
    ]


def test_what_stands_around_the_text_is_named_too(approved, alida, bram):
    recipients.set_words(
        recipient=approved.recipients.first(), salutation="Beste Anna", own_paragraph="", by=alida
    )
    changed = copy_of(approved)
    propose(changed, alida)
    enclosures.promise(letter=changed, title="Rapport", by=alida)
    propose(changed, alida)
    letters.set_signatories(letter=changed, names=[("Anna", "")], by=alida)
    propose(changed, alida)
    other = Letterhead.objects.create(name="Ander", sender_name="Netwerk", reply_address="a@brug.example")
    letters.save_draft(
        letter=changed, draft_number=changed.draft_number, values={"letterhead": other}, by=alida
    )
    assert told(approved, "letters.approval_voided") == [
        f"Het akkoord verviel: de brief is veranderd ({what})"
        for what in ("ontvangers", "bijlagen", "ondertekenaars", "briefpapier")
    ]


def test_what_is_not_printed_leaves_the_approval(approved, alida):
    saved = letters.save_draft(
        letter=approved, draft_number=approved.draft_number, values={"level": "city"}, by=alida
    )
    assert saved.state == LetterState.APPROVED


def test_whoever_changes_it_wrote_along_and_the_system_does_not(letter, bram):
    changing.settle(letter, by=bram)
    changing.settle(letter, by=SYSTEM)
    assert set(letter.authors.all()) == {letter.started_by, bram}


def test_voiding_ends_the_round_with_its_reason(approved, alida):
    changing.void(approved, cause=Cause.TAKEN_BACK, by=alida)
    with pytest.raises(Refused):
        changing.void(approved, cause=Cause.TAKEN_BACK, by=alida)
    (entry,) = told(approved, "letters.approval_voided")
    assert (entry, approved.state) == ("Het akkoord verviel: de brief werd teruggenomen", LetterState.DRAFT)


def test_a_round_that_was_taken_back_is_over(approved, alida):
    approvals.take_back(letter=approved, by=alida)
    assert (approved.state, last_round(approved).state) == (LetterState.DRAFT, RoundState.VOIDED)
    with pytest.raises(Refused, match="akkoord"):
        approvals.take_back(letter=approved, by=alida)
