"""Asking for approval, giving it, and what voids it."""

import datetime

import pytest
from django.utils import timezone

from crm.actions.action import NotAllowed, Refused
from crm.models import RoundState, SignedLink, TimelineEntry
from letters.actions import approvals, enclosures, letters, recipients
from letters.models import ApprovalRule, LetterState
from letters.queries import approvals as queries
from letters.queries import contents
from tests.letters.stories import agree, propose

pytestmark = pytest.mark.django_db


def test_two_others_make_the_quorum(letter, alida, bram, cor):
    propose(letter, alida)
    assert letter.state == LetterState.PROPOSED
    agree(letter, bram)
    assert letter.state == LetterState.PROPOSED
    round_ = agree(letter, cor)
    round_.refresh_from_db()
    assert (letter.state, round_.state) == (LetterState.APPROVED, RoundState.APPROVED)


def test_the_author_counts_but_never_alone(letter, alida, bram):
    ApprovalRule.objects.filter(kind="position").update(quorum=1)
    propose(letter, alida)
    agree(letter, alida)
    assert letter.state == LetterState.PROPOSED
    agree(letter, bram)
    assert letter.state == LetterState.APPROVED


def test_any_change_voids_the_approval_and_says_so(letter, alida, bram, cor):
    propose(letter, alida)
    round_ = agree(letter, bram, cor)
    letters.save_draft(
        letter=letter,
        draft_number=letter.draft_number,
        values={"body": letter.body.replace("elke buurt", "iedere buurt")},
        by=alida,
    )
    letter.refresh_from_db()
    round_.refresh_from_db()
    assert (letter.state, round_.state) == (LetterState.DRAFT, RoundState.VOIDED)
    assert TimelineEntry.objects.about(letter).filter(code="letters.approval_voided").count() == 1


def test_editor_noise_and_a_mended_address_leave_the_approval_alone(letter, alida, bram, cor, parties):
    propose(letter, alida)
    agree(letter, bram, cor)
    noisy = letter.body.replace("<p>", '<p data-block-key="x1y2z">')
    letters.save_draft(letter=letter, draft_number=letter.draft_number, values={"body": noisy}, by=alida)
    gap = letter.recipients.get(organisation=parties[3])
    recipients.mend(
        recipient=gap,
        by=alida,
        kind="email",
        purpose="programme",
        value="post@zonder.example",
        source="gebeld",
    )
    letter.refresh_from_db()
    assert letter.state == LetterState.APPROVED


@pytest.mark.parametrize("change", ["recipient", "signatory", "enclosure", "own_paragraph"])
def test_what_else_counts_as_a_change(letter, alida, bram, cor, parties, change):
    propose(letter, alida)
    agree(letter, bram, cor)
    first = letter.recipients.first()
    {
        "recipient": lambda: recipients.remove(recipient=first, by=alida),
        "signatory": lambda: letters.set_signatories(
            letter=letter, names=[("Alida", "voorzitter")], by=alida
        ),
        "enclosure": lambda: enclosures.promise(letter=letter, title="Rapport", by=alida),
        "own_paragraph": lambda: recipients.set_words(
            recipient=first, salutation="", own_paragraph="Speciaal voor jullie.", by=alida
        ),
    }[change]()
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT


def test_what_was_read_must_be_what_is_there(letter, alida, bram):
    round_ = propose(letter, alida)
    with pytest.raises(Refused, match=r"Read it once more|Lees"):
        approvals.approve(round_=round_, content_hash="0" * 64, by=bram)
    assert queries.standing(round_).approved == 0


def test_a_remark_holds_the_letter_until_its_author_agrees(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    approvals.remark(
        round_=round_,
        content_hash=contents.content(letter).hash,
        text="Noem ook de huur.",
        paragraph=2,
        by=bram,
    )
    agree(letter, cor, alida)
    assert letter.state == LetterState.PROPOSED
    agree(letter, bram)
    assert letter.state == LetterState.APPROVED


def test_a_quorum_larger_than_the_committee_is_refused(letter, alida, bram):
    ApprovalRule.objects.filter(kind="position").update(quorum=9)
    with pytest.raises(Refused):
        propose(letter, alida)
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT


def test_a_short_note_to_one_needs_nobody(letterhead, alida, parties):
    note = letters.start(by=alida, kind="note", subject="Dank", body="<p>Dank voor het gesprek.</p>")
    recipients.add(letter=note, organisations_=parties[:1], by=alida)
    propose(note, alida)
    assert note.state == LetterState.APPROVED


def test_a_short_note_to_many_needs_the_strictest_rule(letterhead, alida, bram, cor, parties):
    note = letters.start(by=alida, kind="note", subject="Dank", body="<p>Dank voor het gesprek.</p>")
    recipients.add(letter=note, organisations_=parties[:2], by=alida)
    propose(note, alida)
    assert note.state == LetterState.PROPOSED


def test_who_is_away_is_not_waited_for_and_the_stand_in_decides(letter, alida, bram, cor):
    bram.absent_until_on = timezone.localdate() + datetime.timedelta(days=7)
    bram.stand_in = cor
    bram.save()
    round_ = propose(letter, alida)
    seats = {seat.user: seat for seat in queries.standing(round_).seats}
    assert (seats[bram].waiting, seats[cor].represents) == (False, (bram,))
    agree(letter, cor)
    assert round_.approvals.get(user=cor).in_place_of == bram
    seats = {seat.user: seat for seat in queries.standing(round_).seats}
    assert (seats[bram].decided_by, seats[alida].decided_by) == (cor, None)


def test_a_personal_link_works_once(letter, alida, bram):
    round_ = propose(letter, alida)
    token = approvals.link_for(round_, bram)
    content_hash = contents.content(letter).hash
    approvals.decide_by_link(token=token, verdict="approved", content_hash=content_hash)
    assert queries.standing(round_).approved == 1
    with pytest.raises(Refused):
        approvals.decide_by_link(token=token, verdict="approved", content_hash=content_hash)


def test_links_of_earlier_mails_work_until_one_was_used(letter, alida, bram):
    round_ = propose(letter, alida)
    first, second = approvals.link_for(round_, bram), approvals.link_for(round_, bram)
    content_hash = contents.content(letter).hash
    approvals.decide_by_link(token=first, verdict="approved", content_hash=content_hash)
    with pytest.raises(Refused):
        approvals.decide_by_link(token=second, verdict="approved", content_hash=content_hash)


def test_a_personal_link_expires(letter, alida, bram):
    token = approvals.link_for(propose(letter, alida), bram)
    SignedLink.objects.update(expires_at=timezone.now())
    with pytest.raises(Refused):
        approvals.decide_by_link(token=token, verdict="approved", content_hash=contents.content(letter).hash)


def test_no_token_is_kept_in_the_database(letter, alida, bram):
    token = approvals.link_for(propose(letter, alida), bram)
    assert SignedLink.objects.filter(token_sha256__contains=token).count() == 0


@pytest.mark.parametrize(("who", "may"), [("alida", True), ("loes", False), ("otto", False)])
def test_who_may_ask_and_approve(letter, request, alida, bram, who, may):
    someone = request.getfixturevalue(who)
    if may:
        propose(letter, someone)
        return
    with pytest.raises(NotAllowed):
        approvals.ask(letter=letter, by=someone)
    round_ = propose(letter, alida)
    with pytest.raises(NotAllowed):
        approvals.approve(round_=round_, content_hash=contents.content(letter).hash, by=someone)
