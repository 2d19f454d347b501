"""What of letters goes along when somebody hands over all that she minds."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import portfolios
from crm.actions.changing import Invalid
from crm.queries import portfolios as queries
from letters.actions import absence, answering, enclosures, intake, letters, meetings, replying
from letters.models import Answer, Commitment, Letter
from tests.letters.conftest import DAY, person
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def came(letter, alida, bram, cor):
    """An answer that Alida took up, to which she began to write back."""
    sent = arrive(letter, alida, bram, cor, at=MOMENT)
    message, _new = intake.take_in(raw=answer(sent[0], "Kunnen jullie langskomen?"), source="local", uid="1")
    found = message.places.get().answer
    answering.take_up(answer=found, by=alida)
    replying.start(recipient=found.recipient, answer=found, by=alida)
    return found


@pytest.fixture
def draft(alida, letterhead):
    """A letter that Alida is writing alone, with a promise that she minds."""
    made = letters.start(by=alida, subject="Ruimte in de buurt", letterhead=letterhead)
    enclosures.promise(letter=made, title="Rapport", minded_by=alida, by=alida)
    return made


def hand_over(giver, to):
    return portfolios.hand_over(giver=giver, to=to, seen=queries.of(giver).seen, by=giver)


def test_everything_goes_along_and_stands_on_the_timelines(alida, bram, came, draft):
    assert [held.words for held in queries.of(alida).held] == [
        "1 opgepakt antwoord",
        "1 brief in de maak",
        "1 begonnen bericht",
        "1 beloofde bijlage",
    ]
    hand_over(alida, bram)
    came.refresh_from_db()
    assert came.taken_up_by == bram
    assert came.recipient.replies.get().started_by == bram
    assert draft.enclosures.get().minded_by == bram
    line = (
        "Alida de Test droeg over aan Bram de Test: 1 opgepakt antwoord, 1 brief in de maak, 1 "
        "begonnen bericht en 1 beloofde bijlage"
    )
    for subject in (alida, bram, draft, came.recipient.letter, came.recipient.organisation):
        assert told(subject, "crm.portfolio_left") == [line]
    assert queries.of(alida).held == ()


def test_who_wrote_so_far_stays_a_writer(alida, bram, draft):
    hand_over(alida, bram)
    assert set(draft.authors.all()) == {alida, bram}
    draft.refresh_from_db()
    assert draft.started_by == bram


def test_what_she_does_not_write_alone_or_what_is_settled_stays(alida, bram, came, draft):
    draft.authors.add(bram)
    Answer.objects.update(settled_at=timezone.now(), judged_at=timezone.now())
    parts = [held.part.name for held in queries.of(alida).held]
    assert parts == ["letters.replies", "letters.enclosures"]


def test_who_decides_for_a_colleague_who_is_away_hands_that_over_as_well(alida, bram, cor):
    back = timezone.localdate() + datetime.timedelta(days=9)
    absence.go_away(user=cor, back_on=back, stand_in=alida, by=cor)
    hand_over(alida, bram)
    cor.refresh_from_db()
    assert (cor.stand_in, cor.absent_until_on) == (bram, back)
    assert told(cor, "crm.portfolio_left") == [
        "Alida de Test droeg over aan Bram de Test: beslissen voor 1 collega die weg is"
    ]


def test_it_does_not_go_to_the_colleague_who_is_away_herself(alida, bram, cor, draft):
    back = timezone.localdate() + datetime.timedelta(days=9)
    absence.go_away(user=cor, back_on=back, stand_in=alida, by=cor)
    with pytest.raises(Invalid, match="Cor de Test is weg tot"):
        hand_over(alida, cor)


def test_an_editor_takes_over_no_letters(alida, draft):
    with pytest.raises(Invalid, match="kan niet verder met 1 brief in de maak en 1 beloofde bijlage"):
        hand_over(alida, person("gerda", "Redactie"))
    draft.refresh_from_db()
    assert draft.started_by == alida


def test_a_letter_that_the_committee_is_asked_about_is_no_draft_any_more(letter, alida):
    assert [held.part.name for held in queries.of(alida).held] == ["letters.drafts"]
    Letter.objects.filter(pk=letter.pk).update(state="proposed")
    assert queries.of(alida).held == ()


def test_the_promises_that_are_still_to_be_kept_go_along(alida, bram, came):
    made = [
        Commitment.objects.create(
            side="ours", words=words, quote=words, source="gesprek", made_on=DAY, minded_by=alida
        )
        for words in ("Het rapport sturen", "Al gedaan")
    ]
    for one, state in zip(made, ("open", "kept"), strict=True):
        one.parties.create(organisation=came.recipient.organisation, state=state)
    assert "1 belofte om te bewaken" in [held.words for held in queries.of(alida).held]
    hand_over(alida, bram)
    assert [one.minded_by for one in Commitment.objects.order_by("pk")] == [bram, alida]
    assert len(told(made[0], "crm.portfolio_left")) == 1


def test_her_places_at_planned_talks_go_along(alida, bram, parties):
    def plan(about, *goers):
        return meetings.plan(
            organisation=parties[0],
            about=about,
            starts_at=timezone.now() + datetime.timedelta(days=7),
            minutes=30,
            goers=goers,
            by=alida,
        )

    alone, both = plan("Ontmoeten", alida), plan("Groen", alida, bram)
    off = plan("Gaat niet door", alida)
    meetings.call_off(meeting=off, by=alida)
    assert [held.words for held in queries.of(alida).held] == ["2 geplande gesprekken"]
    hand_over(alida, bram)
    assert [list(one.goers.all()) for one in (alone, both, off)] == [[bram], [bram], [alida]]
    alone.refresh_from_db()
    assert alone.revision == 1
    assert queries.of(alida).held == ()
