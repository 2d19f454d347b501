"""What is due in letters for one person, the most urgent first."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Publication
from crm.models import OutgoingMessage, OutgoingState, Recess
from crm.registries import due as registry
from crm.registries.due import Urgency
from letters.actions import answering, intake, recipients, replying
from letters.models import Commitment
from letters.queries import due
from tests.letters.conftest import DAY, party, person
from tests.letters.mails import MOMENT, answer, mail
from tests.letters.stories import agree, arrive, propose

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def sent(letter, alida, bram, cor):
    return arrive(letter, alida, bram, cor, at=MOMENT)


def came(dispatch, uid="1", text="Kunnen jullie langskomen?"):
    message, _new = intake.take_in(raw=answer(dispatch, text), source="local", uid=uid)
    return message.places.get().answer


def words(found):
    return [line.words for line in found.lines]


def test_an_answer_waits_for_all_of_us_until_somebody_takes_it_up(sent, alida, bram, loes):
    found = came(sent[0])
    for user in (alida, bram):
        [line] = due.our_turn(user, TODAY, 5).lines
        assert (line.words, line.urgency) == ("De Waag: lees hun antwoord", Urgency.OF_US_ALL)
        assert line.note == "Ontmoeten in de buurt · nog niemand pakt dit op"
    answering.take_up(answer=found, by=bram)
    assert due.our_turn(alida, TODAY, 5).total == 0
    [line] = due.our_turn(bram, TODAY, 5).lines
    assert (line.urgency, line.note) == (Urgency.OUR_TURN, "Ontmoeten in de buurt")
    assert due.our_turn(loes, TODAY, 5).total == 0


def test_what_she_wrote_back_and_did_not_arrive_waits_for_her(sent, alida, bram):
    found = came(sent[0])
    answering.judge(answer=found, meanings={"asks"}, by=alida)
    draft = replying.start(recipient=found.recipient, answer=found, by=alida)
    draft.text = "In oktober."
    draft.save()
    replying.send(reply=draft, by=alida)
    assert due.our_turn(alida, TODAY, 5).total == 0
    OutgoingMessage.objects.filter(reply=draft).update(state=OutgoingState.BOUNCED)
    assert words(due.our_turn(alida, TODAY, 5)) == ["De Waag: wat we terugschreven kwam niet aan"]
    assert due.our_turn(bram, TODAY, 5).total == 0


def test_a_letter_waits_for_who_did_not_decide_and_did_not_write_it(letter, alida, bram, cor, loes):
    propose(letter, alida)
    [line] = due.approvals_asked(bram, TODAY, 5).lines
    assert (line.words, line.note, line.urgency) == (
        f"Ben je akkoord? “Ontmoeten in de buurt” ({letter.reference})",
        "gevraagd door Alida",
        Urgency.OTHERS_WAIT,
    )
    bram.absent_until_on = TODAY + datetime.timedelta(days=3)
    assert [due.approvals_asked(user, TODAY, 5).total for user in (alida, bram, cor, loes)] == [0, 0, 1, 0]
    agree(letter, cor)
    assert due.approvals_asked(cor, TODAY, 5).total == 0


def test_what_did_not_arrive_waits_for_who_wrote_it_or_for_all_when_she_left(sent, alida, bram):
    OutgoingMessage.objects.filter(pk=sent[0].outgoing_id).update(state=OutgoingState.BOUNCED)
    [line] = due.not_arrived(alida, TODAY, 5).lines
    assert line.words.startswith("“Ontmoeten in de buurt”: 1 kwam niet aan")
    assert (line.since, due.not_arrived(bram, TODAY, 5).total) == (DAY, 0)
    alida.is_active = False
    alida.save()
    assert due.not_arrived(bram, TODAY, 5).total == 1


def test_what_still_has_to_be_posted_is_nobodys_hurry(sent, alida):
    assert due.not_arrived(alida, TODAY, 5).total == 0
    in_a_week = TODAY + datetime.timedelta(days=7)
    assert words(due.not_arrived(alida, in_a_week, 5)) == [
        "“Ontmoeten in de buurt”: 1 nog te posten, 1 heeft geen adres"
    ]


def test_who_says_nothing_for_weeks_is_one_line_a_letter_and_never_in_a_recess(sent, letter, alida, bram):
    assert due.silent(alida, TODAY, 5).total == 0
    OutgoingMessage.objects.update(accepted_at=timezone.now() - datetime.timedelta(weeks=6))
    found = due.silent(alida, TODAY, 5)
    assert words(found) == ["“Ontmoeten in de buurt”: 2 laten niets horen. Herinner of bel ze."]
    assert found.lines[0].url == reverse("letters:reminders", args=[letter.pk])
    assert due.silent(bram, TODAY, 5).total == 0
    Recess.objects.create(name="Herfst", from_on=TODAY, until_on=TODAY)
    assert due.silent(alida, TODAY, 5).total == 0


def test_nobody_waits_for_an_answer_for_ever(sent, alida):
    OutgoingMessage.objects.update(accepted_at=timezone.now() - datetime.timedelta(weeks=80))
    assert due.silent(alida, TODAY, 5).total == 0


def test_mail_that_is_not_placed_is_one_line_for_all_of_us(sent, alida, loes):
    assert due.parked(alida, TODAY, 5).total == 0
    for number in range(3):
        intake.take_in(raw=mail("Wie zijn jullie?", subject="Vraag"), source="local", uid=str(number))
    found = due.parked(alida, TODAY, 5)
    assert (words(found), found.total) == (["3 binnengekomen berichten zijn nog niet geplaatst"], 1)
    assert due.parked(loes, TODAY, 5).total == 0


@pytest.mark.parametrize("name", due.CONTRIBUTORS)
def test_each_costs_the_same_for_one_and_for_many(
    name, letter, alida, bram, cor, django_assert_max_num_queries, django_assert_num_queries
):
    more = [party(f"Partij {number}", email=f"post{number}@partij.example") for number in range(8)]
    recipients.add(letter=letter, organisations_=more, on=DAY, by=alida)
    dispatches = [one for one in arrive(letter, alida, bram, cor, at=MOMENT) if one.outgoing_id]
    contribute = due.CONTRIBUTORS[name]
    came(dispatches[0])
    bram.has_perm("letters.view_letter")
    with django_assert_max_num_queries(11) as few:
        contribute(bram, TODAY, 20)
    for number, dispatch in enumerate(dispatches[1:], start=2):
        came(dispatch, uid=str(number))
    with django_assert_num_queries(len(few)):
        contribute(bram, TODAY, 20)


def test_of_many_the_first_are_shown_and_all_are_counted(sent, alida):
    for number, dispatch in enumerate(sent[:2]):
        came(dispatch, uid=str(number))
    found = due.our_turn(alida, TODAY, 1)
    assert (len(found.lines), found.total) == (1, 2)


def test_over_all_rooms_the_most_urgent_stands_first(sent, letter, letterhead, alida, bram, cor):
    came(sent[0])
    OutgoingMessage.objects.filter(pk=sent[1].outgoing_id).update(state=OutgoingState.BOUNCED)
    found = registry.of(alida, TODAY, limit=5)
    assert [line.urgency for line in found.lines] == [Urgency.OUR_TURN, Urgency.OF_US_ALL]
    assert registry.of(alida, TODAY, limit=1).total == 2
    assert registry.of(person("ida", ""), TODAY, limit=5).total == 0


def promise(words, user=None, **values):
    made = Commitment.objects.create(
        side=values.pop("side", "ours"),
        words=words,
        quote=words,
        source="gesprek",
        made_on=values.pop("made_on", DAY),
        minded_by=user,
        **values,
    )
    made.parties.create(organisation=party(f"Partij van {words}"))
    return made


def test_what_we_promised_waits_for_who_sees_to_it_or_for_all_of_us(alida, bram, loes):
    report = Publication.objects.create(title="Hier zijn wij", published_on=DAY)
    planned = Publication.objects.create(title="Later")
    promise("te laat", alida, due_on=TODAY - datetime.timedelta(days=1))
    promise("van niemand", due_on=TODAY)
    promise("verschenen", alida, publication=report)
    promise("gepland", alida, publication=planned, made_on=TODAY)
    promise("ver weg", alida, due_on=TODAY + datetime.timedelta(days=40))
    promise("van hen", alida, side="theirs", due_on=TODAY)
    promise("van hen, te laat", alida, side="theirs", due_on=TODAY - datetime.timedelta(days=2))
    promise("gedaan", alida, due_on=TODAY).parties.update(state="kept")
    promise("na het gesprek", alida, event="gesprek", event_on=TODAY)
    found = due.promises(alida, TODAY, 5)
    assert [(line.words, line.urgency) for line in found.lines] == [
        ("Zij beloofden: van hen, te laat", Urgency.OVERDUE),
        ("Wij beloofden: te laat", Urgency.OVERDUE),
        ("Wij beloofden: verschenen", Urgency.THIS_WEEK),
        ("Wij beloofden: na het gesprek", Urgency.THIS_WEEK),
        ("Wij beloofden: van niemand", Urgency.OF_US_ALL),
    ]
    assert found.total == 5
    assert words(due.promises(bram, TODAY, 5)) == ["Wij beloofden: van niemand"]
    assert due.promises(loes, TODAY, 5).total == 0


@pytest.mark.parametrize("waits_for", [{"event": "na het gesprek"}, {}, {"publication": "Later"}])
def test_what_has_no_day_is_looked_at_again_every_eight_weeks(alida, bram, waits_for):
    if title := waits_for.get("publication"):
        waits_for = {"publication": Publication.objects.create(title=title)}
    promise("rapport", alida, **waits_for)
    weeks = [datetime.timedelta(weeks=number) for number in (7, 8, 15, 16)]
    found = [due.promises(alida, DAY + after, 5).lines for after in weeks]
    assert [[line.since - DAY for line in lines] for lines in found] == [
        [],
        [weeks[1]],
        [weeks[1]],
        [weeks[3]],
    ]
    assert found[1][0].note.startswith("is het al zover? ")
    assert due.promises(bram, DAY + weeks[1], 5).total == 0
