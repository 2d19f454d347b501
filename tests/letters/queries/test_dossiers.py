"""Letters on a dossier and in the search box."""

import pytest
from django.urls import reverse

from crm.models import OutgoingMessage, OutgoingState, Segment
from crm.queries import segments
from letters.actions import answering, dispatching, intake
from letters.models import Answer, Letter, LetterState
from letters.queries.dossiers import panel, turns_panel
from tests.crm.factories import FactionFactory, LineageFactory, PersonFactory
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive, send

pytestmark = pytest.mark.django_db


def test_a_letter_shows_on_the_dossier_of_its_recipient(client, letter, alida, parties):
    client.force_login(alida)
    html = client.get(reverse("crm:organisation", args=[parties[0].pk])).content.decode()
    assert reverse("letters:text", args=[letter.pk]) in html


def test_a_letter_to_what_it_came_from_shows_and_says_to_whom(letter, alida, parties):
    joint = FactionFactory(name="Fractie Bond")
    assert panel(joint, alida).items == ()
    LineageFactory(predecessor=parties[0], successor=joint, kind="joint_faction")
    [item] = panel(joint, alida).items
    [own] = panel(parties[0], alida).items
    assert (item.text, item.note) == (str(letter), f"aan De Waag · {own.note}")
    assert panel(PersonFactory(), alida).items == ()


def test_whose_turn_it_is_stands_on_the_dossier(letter, alida, bram, cor, parties, otto):
    assert turns_panel(parties[0], alida).items == ()
    sent = arrive(letter, alida, bram, cor, at=MOMENT)
    [theirs] = turns_panel(parties[0], alida).items
    assert (theirs.tone, theirs.text[:5]) == ("calm", "Zij: ")
    intake.take_in(raw=answer(sent[0]), source="imap:INBOX", uid="1")
    [ours] = turns_panel(parties[0], alida).items
    assert (ours.tone, ours.text) == ("attention", "Wij: lees hun antwoord")
    assert ours.url == reverse("letters:thread", args=[letter.pk, sent[0].recipient.pk])
    answering.close(recipient=sent[0].recipient, by=alida)
    closed = turns_panel(parties[0], alida)
    assert (closed.items, closed.empty) == ((), "Over onze brieven hoeft nu niemand iets te doen.")
    assert turns_panel(parties[0], otto) is None


def test_the_search_box_finds_letters(client, letter, alida, otto):
    client.force_login(alida)
    html = client.get(reverse("crm:search"), {"q": "ontmoeten buurt"}).content.decode()
    assert letter.reference in html


def who_got(letter):
    segment = Segment(name="Kregen de brief", criteria={"received_letter": str(letter.pk)})
    return sorted(organisation.name for organisation in segments.members(segment))


def test_a_segment_of_who_got_a_letter_leaves_out_to_whom_nothing_left(letter, alida, bram, cor):
    first = send(letter, alida, bram, cor)[0]
    OutgoingMessage.objects.filter(pk=first.outgoing_id).update(state=OutgoingState.ACCEPTED)
    assert who_got(letter) == ["De Waag"]
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    assert who_got(letter) == ["De Waag", "Samenspraak"]


def who_said_nothing(letter):
    segment = Segment(name="Zeiden niets", criteria={"unanswered_letter": str(letter.pk)})
    return sorted(organisation.name for organisation in segments.members(segment))


def test_a_segment_of_who_did_not_answer_counts_a_confirmation_as_no_answer(letter, alida, bram, cor):
    sent = arrive(letter, alida, bram, cor, at=MOMENT)
    assert who_said_nothing(letter) == ["De Waag", "Stadslijst"]
    for dispatch in sent[:2]:
        intake.take_in(raw=answer(dispatch), source="imap:INBOX", uid=str(dispatch.pk))
    assert who_said_nothing(letter) == []
    one = Answer.objects.get(recipient=sent[1].recipient)
    answering.judge(answer=one, meanings={"acknowledges"}, by=alida)
    assert who_said_nothing(letter) == ["Stadslijst"]
    segment = Segment(name="Zeiden niets", criteria={"unanswered_letter": str(letter.pk)})
    assert segments.in_words(segment).endswith(f"die brief {letter.reference} niet beantwoordden")


def test_a_letter_of_the_past_went_to_everybody_on_its_list(letter, parties):
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.RECORDED)
    assert who_got(letter) == sorted(party.name for party in parties)
