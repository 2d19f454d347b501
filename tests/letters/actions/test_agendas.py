"""The paper for a meeting: everything that waits, numbered, and what is decided about each number."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import follow_ups
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid
from letters.actions import agendas, answering, commitments, intake, letters, recipients
from letters.models import Agenda, Answer
from letters.queries import agendas as queries
from tests.crm.factories import FollowUpFactory
from tests.letters.mails import answer
from tests.letters.render.reading import about, words
from tests.letters.stories import propose, send, told

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def full(letter, alida, bram, cor, parties):
    """A letter that was answered, another that waits for approval, promises both ways and an action."""
    sent = send(letter, alida, bram, cor)
    raw = answer(sent[0], "Kunt u langskomen?")
    intake.take_in(raw=raw, source="imap:INBOX", uid="1")
    answering.judge(answer=Answer.objects.get(), meanings={"asks", "invites"}, by=alida)
    answering.take_up(answer=Answer.objects.get(), by=bram)
    other = letters.start_from(earlier=letter, by=alida)
    letters.save_draft(
        letter=other, draft_number=other.draft_number, values={"subject": "Eén loket"}, by=alida
    )
    recipients.add(letter=other, organisations_=parties[:1], by=alida)
    other.refresh_from_db()
    propose(other, alida)
    said = {"quote": "Wij bellen.", "source": "telefoon", "made_on": TODAY - datetime.timedelta(days=9)}
    commitments.note(
        side="theirs", holder=parties[1], due_on=TODAY - datetime.timedelta(days=1), by=alida, **said
    )
    commitments.note(
        side="ours", holder=parties[2], due_on=TODAY + datetime.timedelta(days=90), by=alida, **said
    )
    follow_ups.add(words="Zaal huren", owner=bram, due_on=TODAY, by=alida)
    return letter


def made(by):
    return agendas.make(held_on=TODAY + datetime.timedelta(days=5), by=by)


def test_everything_that_waits_has_a_number(full, alida):
    items = [(item.number, item.section, item.words) for item in made(alida).items.all()]
    assert items == [
        (1, "decisions", "Gaan we akkoord met de brief “Eén loket”?"),
        (2, "came_in", "De Waag: zij vragen ons iets, nodigt uit tot gesprek"),
        (3, "promises", "Stadslijst: Wij bellen."),
        (4, "follow_ups", "Zaal huren"),
    ]


def test_what_came_in_before_the_last_paper_stands_under_whose_turn_it_is(full, alida):
    agendas.make(held_on=TODAY, by=alida)
    later = made(alida)
    assert later.since == Agenda.objects.get(held_on=TODAY).made_at
    (item,) = later.items.filter(section="our_turn")
    assert item.words == "De Waag: ze vragen ons iets, ze nodigen ons uit"
    assert item.note.endswith("Bram de Test pakt dit op.")
    assert not later.items.filter(section="came_in").exists()


def test_of_more_than_fits_one_evening_it_is_said_how_many(letterhead, alida):
    for number in range(queries.MOST + 3):
        FollowUpFactory(words=f"Bel nummer {number}", as_due_today=True)
    items = list(agendas.make(held_on=TODAY, by=alida).items.all())
    assert (len(items), items[-1].note.rpartition(" · ")[2]) == (60, "nog 3 staan niet op dit stuk")
    assert "niet op dit stuk" not in items[-2].note


def test_the_paper_is_in_large_type_with_what_was_decided(full, alida, letterhead):
    agenda = made(alida)
    agendas.note_results(agenda=agenda, results={2: ("", "Alida gaat langs.")}, by=alida)
    text = words(queries.pdf(agenda))
    assert "Netwerk De Brug" in text
    assert "Gaan we akkoord met de brief “Eén loket”?" in text
    assert "→ Alida gaat langs." in text
    paper = about(queries.pdf(agenda))
    assert (paper["language"], paper["ua"], paper["tagged"]) == ("nl-NL", "1", True)


def test_an_evening_without_anything_has_a_paper_that_says_so(letterhead, alida):
    assert "Er is niets dat op de vergadering wacht." in words(queries.pdf(made(alida)))


def test_a_result_stands_on_the_timeline_of_what_it_is_about(full, alida, parties):
    agenda = made(alida)
    results = {1: ("", "Ja."), 2: ("", "Alida gaat langs."), 3: ("", "Nog eens bellen."), 4: ("", "")}
    assert agendas.note_results(agenda=agenda, results=results, by=alida) == 3
    assert agendas.note_results(agenda=agenda, results={1: ("Ja.", "Ja.")}, by=alida) == 0
    day = f"{agenda.held_on.day}"
    (line,) = told(parties[0], "letters.decided")
    assert line.startswith(f"Besloten op de vergadering van {day} ")
    assert line.endswith("over “De Waag: zij vragen ons iets, nodigt uit tot gesprek”: Alida gaat langs.")
    assert len(told(parties[1], "letters.decided")) == 1


def test_two_who_note_the_same_number_are_told_and_nothing_of_the_second_is_kept(full, alida, bram):
    agenda = made(alida)
    agendas.note_results(agenda=agenda, results={1: ("", "Ja.")}, by=alida)
    with pytest.raises(Invalid) as refused:
        agendas.note_results(agenda=agenda, results={1: ("", "Nee."), 2: ("", "Bellen.")}, by=bram)
    assert refused.value.errors == {"1": "Intussen legde Alida de Test vast: “Ja.”. Voeg die twee samen."}
    assert [item.result for item in agenda.items.all()] == ["Ja.", "", "", ""]
    # What the second did not touch is no quarrel.
    assert agendas.note_results(agenda=agenda, results={1: ("", ""), 2: ("", "Bellen.")}, by=bram) == 1
    with pytest.raises(Invalid, match="te lang"):
        agendas.note_results(agenda=agenda, results={3: ("", "a" * 2001)}, by=bram)


def test_a_meeting_has_one_paper_which_is_made_anew_until_something_is_noted(full, alida):
    agenda = made(alida)
    with pytest.raises(AlreadyThere, match="heeft al een vergaderstuk"):
        made(alida)
    agendas.remove(agenda=agenda, by=alida)
    agenda = made(alida)
    agendas.note_results(agenda=agenda, results={1: ("", "Ja.")}, by=alida)
    with pytest.raises(Refused, match="blijft staan"):
        agendas.remove(agenda=agenda, by=alida)


@pytest.mark.parametrize("days", [-40, 400])
def test_a_day_far_away_is_a_slip(letterhead, alida, days):
    with pytest.raises(Invalid, match="Kijk naar de dag"):
        agendas.make(held_on=TODAY + datetime.timedelta(days=days), by=alida)


def test_what_is_gone_keeps_its_words_and_takes_a_result(full, alida):
    agenda = made(alida)
    commitments.remove(commitment=agenda.items.get(number=3).subject, by=alida)
    assert agendas.note_results(agenda=agenda, results={3: ("", "Laat maar.")}, by=alida) == 1
    (line,) = told(agenda, "letters.decided")
    assert line.endswith("over “Stadslijst: Wij bellen.”: Laat maar.")


def test_a_result_that_is_taken_away_again_is_written_down_as_well(full, alida, bram, parties):
    agenda = made(alida)
    agendas.note_results(agenda=agenda, results={2: ("", "Alida gaat langs.")}, by=alida)
    assert agendas.note_results(agenda=agenda, results={2: ("Alida gaat langs.", " ")}, by=bram) == 1
    (line,) = told(parties[0], "letters.undecided")
    assert line.startswith("Bram de Test haalde weg wat op de vergadering van ")
    assert line.endswith(" besloten was over “De Waag: zij vragen ons iets, nodigt uit tot gesprek”")
