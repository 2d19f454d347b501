"""Who must agree, who has, and what is still missing."""

import datetime

import pytest
from django.utils import timezone

from letters.actions import approvals as actions
from letters.actions import letters, recipients
from letters.models import ApprovalRule
from letters.queries import approvals, contents
from tests.letters.conftest import person
from tests.letters.stories import agree, propose

pytestmark = pytest.mark.django_db


def away(user, *, stand_in=None, until=None):
    user.absent_until_on = until or timezone.localdate() + datetime.timedelta(days=7)
    user.stand_in = stand_in
    user.save()


def counts(round_):
    standing = approvals.standing(round_)
    return standing.approved, standing.missing, standing.by_others, standing.reached


def test_the_committee_is_everybody_who_may_approve_by_name(alida, bram, cor, loes, otto):
    chair = person("wim", "Beheer")
    gone = person("ria", "Commissie")
    gone.is_active = False
    gone.save()
    assert approvals.committee() == [alida, bram, cor, chair]


def test_the_rule_of_the_kind_says_how_many(letter):
    assert approvals.quorum_for(letter) == 2
    ApprovalRule.objects.filter(kind="position").delete()
    assert approvals.quorum_for(letter) == 0


def test_a_note_to_more_than_its_rule_allows_falls_under_the_strictest(letterhead, alida, parties):
    note = letters.start(by=alida, kind="note")
    recipients.add(letter=note, organisations_=parties[:1], by=alida)
    assert approvals.quorum_for(note) == 0
    recipients.add(letter=note, organisations_=parties[1:2], by=alida)
    assert approvals.quorum_for(note) == 2


def test_nobody_has_agreed_yet(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    standing = approvals.standing(round_)
    assert counts(round_) == (0, 2, 0, False)
    assert [(s.user, s.is_author, s.waiting) for s in standing.seats] == [
        (alida, True, True),
        (bram, False, True),
        (cor, False, True),
    ]


def test_two_authors_are_not_enough_and_one_other_is(letter, alida, bram, cor):
    letter.authors.add(bram)
    round_ = propose(letter, alida)
    agree(letter, alida, bram)
    assert counts(round_) == (2, 0, 0, False)
    agree(letter, cor)
    assert counts(round_) == (3, 0, 1, True)


def test_a_remark_stands_open_until_who_made_it_agrees(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    words = {"content_hash": contents.content(letter).hash, "text": "Noem de huur.", "paragraph": 1}
    remark = actions.remark(round_=round_, **words, by=bram)
    agree(letter, cor, alida)
    assert (approvals.standing(round_).remarks, counts(round_)) == ((remark,), (2, 0, 1, False))
    agree(letter, bram)
    assert (approvals.standing(round_).remarks, counts(round_)) == ((), (3, 0, 2, True))


def test_what_is_missing_names_who_has_an_open_remark_and_how_many_must_agree(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    said = [approvals.what_is_missing(round_)]
    words = {"content_hash": contents.content(letter).hash, "text": "Noem de huur.", "paragraph": 1}
    actions.remark(round_=round_, **words, by=bram)
    agree(letter, cor)
    said.append(approvals.what_is_missing(round_))
    agree(letter, alida)
    said.append(approvals.what_is_missing(round_))
    assert said == [
        "Verzenden kan nog niet: er moeten nog 2 mensen akkoord geven.",
        "Verzenden kan nog niet: er staat nog een opmerking open van Bram de Test "
        "en er moet nog 1 persoon akkoord geven.",
        "Verzenden kan nog niet: er staat nog een opmerking open van Bram de Test.",
    ]
    assert approvals.in_short(approvals.standing(round_)) == "2 van 2 akkoord, 1 opmerking open"
    round_ = agree(letter, bram)
    round_.refresh_from_db()
    assert approvals.what_is_missing(round_) == ""


def test_when_only_authors_agreed_another_is_missing(letter, alida, bram, cor):
    letter.authors.add(bram)
    round_ = propose(letter, alida)
    agree(letter, alida, bram)
    assert (
        approvals.what_is_missing(round_)
        == "Verzenden kan nog niet: iemand die niet meeschreef moet nog akkoord geven."
    )


def test_who_decided_keeps_a_seat_after_leaving_the_committee(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    agree(letter, bram)
    bram.groups.clear()
    assert [seat.user for seat in approvals.standing(round_).seats] == [alida, cor, bram]
    assert counts(round_) == (1, 1, 1, False)


def test_who_is_away_is_not_waited_for_until_the_day_she_is_back(letter, alida, bram, cor):
    away(bram)
    away(cor, until=timezone.localdate())
    seats = {s.user: (s.absent, s.waiting) for s in approvals.standing(propose(letter, alida)).seats}
    assert seats == {alida: (False, True), bram: (True, False), cor: (False, True)}


def test_a_stand_in_counts_once_and_says_for_whom(letter, alida, bram, cor):
    away(bram, stand_in=cor)
    round_ = propose(letter, alida)
    agree(letter, cor)
    assert counts(round_) == (1, 1, 1, False)
    assert {s.user: s.represents for s in approvals.standing(round_).seats} == {
        alida: (),
        bram: (),
        cor: (bram,),
    }


def test_an_author_who_stands_in_for_another_is_still_an_author(letter, alida, bram, cor):
    ApprovalRule.objects.filter(kind="position").update(quorum=1)
    away(bram, stand_in=alida)
    round_ = propose(letter, alida)
    agree(letter, alida)
    assert counts(round_) == (1, 0, 0, False)


def test_who_is_away_may_still_decide_herself(letter, alida, bram, cor):
    away(bram, stand_in=cor)
    round_ = propose(letter, alida)
    agree(letter, bram)
    assert round_.approvals.get(user=bram).in_place_of is None
    assert counts(round_) == (1, 1, 1, False)


def test_a_round_that_lapsed_is_the_last_and_no_longer_stands(letter, alida, bram):
    round_ = propose(letter, alida)
    assert (approvals.standing_round(letter), approvals.last_round(letter)) == (round_, round_)
    actions.take_back(letter=letter, by=alida)
    assert (approvals.standing_round(letter), approvals.last_round(letter)) == (None, round_)
    again = propose(letter, alida)
    assert (approvals.standing_round(letter), approvals.last_round(letter)) == (again, again)


def test_a_letter_that_nobody_was_asked_about_has_no_round(letter):
    assert (approvals.standing_round(letter), approvals.last_round(letter)) == (None, None)


def shortage(round_):
    return approvals.shortage(approvals.standing(round_))


def test_a_committee_that_became_too_small_is_said_with_who_is_away(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    assert (shortage(round_), approvals.stuck()) == ("", [])
    away(bram)
    assert shortage(round_) == ""
    cor.groups.clear()
    assert shortage(round_) == (
        "Er moeten 2 mensen akkoord geven, maar er is nog maar 1 die dat kan. Bram de Test is afwezig."
    )
    assert approvals.stuck() == [(letter, shortage(round_))]


def test_who_agreed_before_leaving_still_counts(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    agree(letter, bram)
    bram.groups.clear()
    away(cor)
    assert shortage(round_) == ""


def test_only_authors_are_left(letter, alida, bram, cor):
    letter.authors.add(bram)
    round_ = propose(letter, alida)
    away(cor)
    assert shortage(round_) == (
        "Iedereen die nog akkoord kan geven schreef mee, dus er blijft niemand over voor een frisse blik."
    )


def test_a_round_that_is_over_lacks_nobody(letter, alida, bram, cor):
    round_ = propose(letter, alida)
    agree(letter, bram, cor)
    away(bram)
    cor.groups.clear()
    round_.refresh_from_db()
    assert (shortage(round_), approvals.stuck()) == ("", [])
