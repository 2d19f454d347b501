"""Starting, writing, keeping and putting away letters; two people at one letter."""

import datetime

import pytest
from django.utils import timezone

from crm.actions.action import SYSTEM, Refused
from crm.dutch import references
from crm.models import RoundState, Theme
from letters.actions import enclosures, letters
from letters.actions.letters import Overtaken
from letters.models import Letter, LetterState
from letters.queries import approvals, contents
from tests.letters.stories import agree, make_ready, propose, send, told

pytestmark = pytest.mark.django_db


def save(letter, by, number=None, **values):
    number = letter.draft_number if number is None else number
    return letters.save_draft(letter=letter, draft_number=number, values=values, by=by)


# Starting.


def test_a_new_letter_has_a_reference_and_takes_its_ending_from_the_letterhead(letterhead, alida):
    letter = letters.start(by=alida, subject="Ontmoeten", dated_on=datetime.date(2025, 7, 29))
    assert references.parse(letter.reference) == references.Reference(2025, 1)
    assert (letter.state, letter.closing, letter.sign_off) == (
        LetterState.DRAFT,
        "Met vriendelijke groet",
        "De commissie van het Netwerk De Brug",
    )
    assert (letter.started_by, letter.changed_by, list(letter.authors.all())) == (alida, alida, [alida])
    assert told(letter) == [f"Alida de Test begon de brief “Ontmoeten” ({letter.reference})"]


def test_references_count_on_within_a_year_also_after_one_that_was_given_by_hand(letterhead, alida):
    def numbered(year, **values):
        made = letters.start(by=alida, dated_on=datetime.date(year, 3, 1), **values)
        return references.parse(made.reference)

    assert numbered(2025) == references.Reference(2025, 1)
    assert numbered(2025, reference=references.issue(2025, 14)) == references.Reference(2025, 14)
    assert [numbered(2025), numbered(2026)] == [references.Reference(2025, 15), references.Reference(2026, 1)]


def test_without_a_letterhead_nothing_is_started_and_the_way_is_said(alida):
    with pytest.raises(Refused, match="Er is nog geen briefpapier"):
        letters.start(by=alida)
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    "body", ["<p>Dag<script>alert(1)</script></p>", "<table><tr><td>x</td></tr></table>"]
)
def test_a_text_that_no_letter_can_hold_starts_none(letterhead, alida, body):
    with pytest.raises(Refused):
        letters.start(by=alida, body=body)
    assert Letter.objects.count() == 0


def test_a_letter_from_an_earlier_one_takes_everything_but_the_recipients(letter, alida, bram):
    theme = Theme.objects.create(name="wonen")
    letter.themes.add(theme)
    letter.level, letter.purpose = "city", "board"
    letter.save()
    letters.set_signatories(letter=letter, names=[("Anna", "voorzitter"), ("Bo", "")], by=alida)
    enclosures.promise(letter=letter, title="Rapport", minded_by=alida, by=alida)
    made = letters.start_from(earlier=letter, by=bram)
    before, now = contents.content(letter).data, contents.content(made).data
    assert [name for name in now if now[name] != before[name]] == ["dated_on", "reference", "recipients"]
    assert (made.recipients.count(), list(made.themes.all()), made.level) == (0, [theme], "city")
    assert [e.minded_by for e in made.enclosures.all()] == [alida]
    assert (made.started_from, made.started_by, list(made.authors.all())) == (letter, bram, [bram])


def test_a_letter_from_plain_text_knows_its_subject_and_salutation(letterhead, alida):
    text = "Betreft: Ontmoeten in de buurt\n\nGeacht bestuur,\n\nWij schrijven u.\n\nMet vriendelijke groet,\nAnna"
    letter, dropped = letters.start_from_text(name="brief.txt", data=text.encode(), by=alida)
    assert (letter.subject, letter.salutation, dropped) == ("Ontmoeten in de buurt", "Geacht bestuur", ())
    assert letter.body == "<p>Wij schrijven u.</p>"


def test_the_date_and_the_ending_of_the_file_are_kept(letterhead, alida):
    text = (
        "Amsterdam, 29 juli 2025\n\nGeacht bestuur,\n\nWij schrijven u.\n\nHoogachtend,\n\n"
        "Netwerk De Brug\n\nAlida de Vries\nvoorzitter\n"
    )
    letter, dropped = letters.start_from_text(name="brief.txt", data=text.encode(), by=alida)
    assert (letter.dated_on, letter.closing, letter.sign_off, dropped) == (
        datetime.date(2025, 7, 29),
        "Hoogachtend",
        "Netwerk De Brug",
        (),
    )
    assert [(s.name, s.role) for s in letter.signatories.all()] == [("Alida de Vries", "voorzitter")]


def test_without_an_ending_of_its_own_a_file_gets_that_of_the_letterhead_and_today(letterhead, alida):
    letter, _dropped = letters.start_from_text(name="brief.txt", data=b"Wij schrijven u.", by=alida)
    assert (letter.dated_on, letter.closing, letter.sign_off) == (
        timezone.localdate(),
        letterhead.closing,
        letterhead.sign_off,
    )


def test_of_a_subject_that_is_too_long_nothing_is_lost(letterhead, alida):
    subject = "Ontmoeten in de buurt en wat daar allemaal bij hoort " * 5
    letter, dropped = letters.start_from_text(
        name="x.txt", data=f"Betreft: {subject}\n\nDag.".encode(), by=alida
    )
    assert letter.subject == subject[:200]
    assert dropped == (f"het eind van het onderwerp, dat te lang is: “{subject.strip()[200:]}”",)


@pytest.mark.parametrize("data", [b"PK\x03\x04 geen Word", b"%PDF-1.7 een pdf", b"\x00\x01\x02"])
def test_a_file_that_is_not_what_it_claims_is_refused_by_name(letterhead, alida, data):
    with pytest.raises(Refused, match=r"brief\.docx"):
        letters.start_from_text(name="brief.docx", data=data, by=alida)
    assert Letter.objects.count() == 0


# Writing, alone and with others.


def test_saving_counts_on_and_notes_the_writer(letter, bram):
    before = letter.draft_number
    saved = save(letter, bram, subject="Ontmoeten in de wijk")
    assert (saved.subject, saved.draft_number, saved.changed_by) == ("Ontmoeten in de wijk", before + 1, bram)
    assert set(saved.authors.all()) == {letter.started_by, bram}


def test_saving_the_same_again_is_no_change_and_makes_nobody_an_author(letter, alida, bram):
    saved = save(letter, bram, subject=letter.subject, body=letter.body)
    assert (saved.draft_number, saved.changed_by, list(saved.authors.all())) == (0, alida, [alida])


def test_only_fields_of_a_draft_are_saved(letter, alida):
    with pytest.raises(ValueError, match="state"):
        save(letter, alida, state=LetterState.APPROVED)


def test_who_was_overtaken_is_told_by_whom_and_nothing_is_touched(letter, alida, bram):
    started_from = letter.draft_number
    save(letter, alida, started_from, subject="Van Alida")
    with pytest.raises(Overtaken, match="Alida de Test bewaarde deze brief ondertussen ook") as caught:
        save(letter, bram, started_from, subject="Van Bram")
    letter.refresh_from_db()
    assert (letter.subject, caught.value.letter, caught.value.letter.subject) == (
        "Van Alida",
        letter,
        "Van Alida",
    )
    assert list(letter.authors.all()) == [alida]


def test_names_under_the_letter_count_as_a_save_for_who_writes_at_the_same_time(letter, alida, bram):
    started_from = letter.draft_number
    letters.set_signatories(letter=letter, names=[("Alida", "voorzitter")], by=alida)
    with pytest.raises(Overtaken, match="Alida de Test"):
        save(letter, bram, started_from, subject="Van Bram")


def test_keeping_mine_keeps_theirs_as_a_version(letter, alida, bram):
    started_from = letter.draft_number
    save(letter, alida, started_from, subject="Van Alida")
    mine = letters.keep_mine(letter=letter, values={"subject": "Van Bram"}, by=bram)
    assert (mine.subject, mine.changed_by) == ("Van Bram", bram)
    assert [version.content["subject"] for version in letter.versions.all()] == ["Van Alida"]


def test_keeping_mine_in_a_letter_that_was_made_ready_meanwhile_is_refused(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    versions = letter.versions.count()
    with pytest.raises(Refused, match="klaar om te versturen"):
        letters.keep_mine(letter=letter, values={"subject": "Van Bram"}, by=bram)
    assert letter.versions.count() == versions


def test_a_version_is_kept_once_for_the_same_content(letter, alida, bram):
    first = letters.make_version(letter=letter, by=alida)
    assert letters.make_version(letter=letter, by=bram) == first
    changed = save(letter, alida, subject="Anders")
    second = letters.make_version(letter=changed, by=SYSTEM)
    assert [(v.number, v.made_by) for v in (first, second)] == [(1, alida), (2, None)]
    assert told(letter, "letters.version_made") == [
        "Alida de Test bewaarde versie 1",
        "Spreekbuis bewaarde versie 2",
    ]


def test_signatories_stand_in_order_without_empty_names(letter, alida):
    names = [(" Anna ", "voorzitter "), ("", "niemand"), ("Bo", "")]
    letters.set_signatories(letter=letter, names=names, by=alida)
    assert [(s.name, s.role) for s in letter.signatories.all()] == [("Anna", "voorzitter"), ("Bo", "")]
    number = letter.draft_number
    letters.set_signatories(letter=letter, names=names, by=alida)
    letter.refresh_from_db()
    assert letter.draft_number == number == 1


# Putting away, and the public site.


def test_a_letter_is_put_away_and_taken_up_again(letter, alida):
    letters.put_away(letter=letter, by=alida)
    with pytest.raises(Refused, match="weggelegd"):
        save(letter, alida, subject="Toch")
    letters.take_up(letter=letter, by=alida)
    assert save(letter, alida, subject="Toch").state == LetterState.DRAFT
    assert told(letter, "letters.put_away", "letters.taken_up") == [
        "Alida de Test legde de brief weg",
        "Alida de Test pakte de brief weer op",
    ]


@pytest.mark.parametrize("approvers", [[], ["bram", "cor"]])
def test_approval_lapses_for_a_letter_that_is_put_away_and_can_be_asked_anew(
    letter, request, alida, bram, cor, approvers
):
    round_ = propose(letter, alida)
    agree(letter, *map(request.getfixturevalue, approvers))
    letters.put_away(letter=letter, by=alida)
    round_.refresh_from_db()
    assert (round_.state, round_.void_reason) == (RoundState.VOIDED, "put_away")
    letters.take_up(letter=letter, by=alida)
    again = propose(letter, alida)
    assert (letter.state, again.state, approvals.standing(again).approved) == (
        LetterState.PROPOSED,
        RoundState.OPEN,
        0,
    )


def test_what_is_ready_or_sent_is_not_put_away(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    with pytest.raises(Refused, match="klaar om te versturen"):
        letters.put_away(letter=letter, by=alida)


def test_only_a_letter_that_was_sent_is_made_public(letter, alida, bram, cor):
    with pytest.raises(Refused, match="Alleen een verstuurde brief"):
        letters.set_public(letter=letter, public=True, by=alida)
    send(letter, alida, bram, cor)
    letters.set_public(letter=letter, public=True, by=alida)
    assert (letter.is_public, letter.public_at.date()) == (True, timezone.now().date())
    letters.set_public(letter=letter, public=False, by=alida)
    assert (letter.is_public, letter.public_at) == (False, None)
    assert told(letter, "letters.made_public", "letters.made_private") == [
        "Alida de Test zette de brief op de site",
        "Alida de Test haalde de brief van de site",
    ]
