"""Where a letter is, in words."""

import pytest

from crm.actions import consents
from crm.models import ContactStatus, OutgoingMessage, OutgoingState
from letters.actions import dispatching, letters, recipients
from letters.models import LetterState
from letters.queries import states
from letters.queries.recipients import rows, summary
from tests.letters.stories import agree, make_ready, propose, send

pytestmark = pytest.mark.django_db


def line(letter):
    return states.line(letter, rows(letter), states.reach_of(letter, rows(letter)))


def done(letter):
    reach = states.reach_of(letter, rows(letter))
    return [step.code for step in states.steps(letter, summary(rows(letter)), reach=reach) if step.done]


def test_the_line_follows_the_letter_from_draft_to_sent(letter, alida, bram, cor):
    after = "4 ontvangers, 1 zonder adres"
    assert line(letter) == f"Concept · {after}"
    propose(letter, alida)
    assert line(letter) == f"Akkoord gevraagd · 0 van 2 akkoord · {after}"
    agree(letter, bram)
    assert line(letter) == f"Akkoord gevraagd · 1 van 2 akkoord · {after}"
    agree(letter, cor)
    assert line(letter).startswith("Akkoord ·")
    assert line(letter).endswith(after)


def test_one_recipient_and_none(letterhead, alida, parties):
    letter = letters.start(by=alida)
    assert line(letter) == "Concept · 0 ontvangers"
    recipients.add(letter=letter, organisations_=parties[:1], by=alida)
    assert line(letter) == "Concept · 1 ontvanger"


def test_gaps_and_those_we_may_not_write_to_are_counted_apart(letter, alida, parties):
    parties[0].contact_points.update(status=ContactStatus.FAILING)
    consents.object_to(
        address="post@stadslijst.example", purpose="letter", channel="email", source="telefoon", by=alida
    )
    assert line(letter) == "Concept · 4 ontvangers, 2 zonder adres, 1 mag niet"


def test_the_six_steps_have_dutch_names(letter):
    made = states.steps(letter, summary(rows(letter)))
    assert [(step.number, step.label) for step in made] == [
        (1, "Tekst"),
        (2, "Ontvangers"),
        (3, "Laatste blik"),
        (4, "Akkoord"),
        (5, "Verzenden"),
        (6, "Volgen"),
    ]


def test_steps_are_done_one_after_another(letter, alida, bram, cor):
    assert done(letter) == ["text", "recipients"]
    propose(letter, alida)
    assert done(letter) == ["text", "recipients", "last_look"]
    agree(letter, bram, cor)
    assert done(letter) == ["text", "recipients", "last_look", "approval"]


def test_a_letter_that_left_has_only_to_be_followed(letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    assert done(letter) == ["text", "recipients", "last_look", "approval", "dispatch"]


def test_what_left_counts_by_what_was_made_whatever_becomes_of_the_addresses(
    letter, alida, bram, cor, parties
):
    send(letter, alida, bram, cor)
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    said = "Verstuurd · 4 ontvangers, 1 zonder brief · 1 nog te posten"
    assert line(letter) == said
    parties[0].contact_points.update(status=ContactStatus.FAILING)
    assert line(letter) == said
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    assert line(letter) == "Verstuurd · 4 ontvangers, 1 zonder brief"


def test_as_long_as_part_of_it_is_here_it_is_not_said_to_be_sent(letter, alida, bram, cor):
    send(letter, alida, bram, cor)
    after = "4 ontvangers, 1 zonder brief · 1 nog te posten"
    assert (line(letter), "dispatch" in done(letter)) == (f"Onderweg · 0 van 3 verstuurd · {after}", False)
    dispatching.pause(letter=letter, by=alida)
    assert (line(letter), "dispatch" in done(letter)) == (f"Gepauzeerd · 0 van 3 verstuurd · {after}", False)
    OutgoingMessage.objects.update(state=OutgoingState.DROPPED)
    assert line(letter) == f"Er is nog niets verstuurd · {after}"
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    assert (line(letter), "dispatch" in done(letter)) == (f"Verstuurd · {after}", False)
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    assert "dispatch" in done(letter)


def test_a_letter_of_the_past_has_no_steps_that_were_never_taken(letter):
    letter.state = LetterState.RECORDED
    assert line(letter) == "Achteraf vastgelegd · 4 ontvangers"
    made = states.steps(letter, summary(rows(letter)))
    assert [(step.number, step.code, step.done) for step in made] == [
        (1, "recipients", True),
        (2, "follow", False),
    ]


def test_what_lies_ready_still_has_to_be_sent(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    assert done(letter) == ["text", "recipients", "last_look", "approval"]


def test_an_empty_letter_has_nothing_done(letterhead, alida):
    assert done(letters.start(by=alida)) == []


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (LetterState.DRAFT, "text"),
        (LetterState.PROPOSED, "approval"),
        (LetterState.APPROVED, "dispatch"),
        (LetterState.FROZEN, "dispatch"),
        (LetterState.DISPATCHED, "follow"),
        (LetterState.RECORDED, "follow"),
        (LetterState.DROPPED, "text"),
    ],
)
def test_where_the_work_goes_on(letter, state, step):
    letter.state = state
    assert states.current_step(letter) == step


def test_a_draft_on_which_the_last_look_has_nothing_has_done_that_step(letter):
    counts = summary(rows(letter))
    ready = [step.code for step in states.steps(letter, counts, ready=True) if step.done]
    assert (done(letter), ready) == (["text", "recipients"], ["text", "recipients", "last_look"])
