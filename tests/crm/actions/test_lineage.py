"""What organisations came from and became."""

import datetime

import pytest

from crm.actions import lineage
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import Lineage, LineageKind, TimelineEntry
from tests.crm.factories import LineageFactory, OrganisationFactory, PartyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_line_stands_on_both_timelines(alida):
    one, other = PartyFactory(name="GL"), PartyFactory(name="PRO")
    lineage.link(
        predecessor=one,
        successor=other,
        kind=LineageKind.MERGER,
        happened_on=datetime.date(2026, 5, 1),
        by=alida,
    )
    lines = [[str(entry) for entry in TimelineEntry.objects.about(party)] for party in (one, other)]
    assert lines == [["GL merged into PRO, 1 May 2026 (Alida de Test wrote it down)"]] * 2


def test_a_circle_is_refused(alida):
    first, second, third = PartyFactory(name="A"), PartyFactory(), PartyFactory(name="C")
    LineageFactory(predecessor=first, successor=second)
    LineageFactory(predecessor=second, successor=third)
    for one, other in [(third, first), (first, first)]:
        with pytest.raises(Invalid) as refusal:
            lineage.link(predecessor=one, successor=other, kind=LineageKind.SPLIT, by=alida)
        assert list(refusal.value.errors) == ["successor"]
    assert Lineage.objects.count() == 2


def test_a_line_is_drawn_once_and_can_be_taken_away(alida):
    line = LineageFactory()
    with pytest.raises(AlreadyThere):
        lineage.link(predecessor=line.predecessor, successor=line.successor, kind=line.kind, by=alida)
    lineage.unlink(line=line, by=alida)
    assert not Lineage.objects.exists()


def organisation(kind):
    return OrganisationFactory(kind=kind, name=kind.capitalize())


@pytest.mark.parametrize(
    ("predecessor", "kind", "successor", "words"),
    [
        ("faction", "joint_faction", "party",
         "Party is not a faction. Choose one, or say differently how it went."),
        ("party", "joint_list", "faction",
         "Faction is not a candidate list. Choose one, or say differently how it went."),
        ("press", "joint_faction", "faction",
         "Only parties, factions and candidate lists join one. Choose another organisation."),
        ("party", "merger", "municipality",
         "Only parties, factions and candidate lists come out of each other, or the umbrella and initiatives. "
         "Choose another organisation."),
        ("initiative", "succession", "party",
         "Only parties, factions and candidate lists come out of each other, or the umbrella and initiatives. "
         "Choose another organisation."),
    ],
)  # fmt: skip
def test_what_cannot_come_out_of_each_other_is_refused(alida, predecessor, kind, successor, words):
    with pytest.raises(Invalid) as refusal:
        lineage.link(
            predecessor=organisation(predecessor), successor=organisation(successor), kind=kind, by=alida
        )
    assert refusal.value.errors == {"successor": words}


@pytest.mark.parametrize(
    ("predecessor", "kind", "successor"),
    [
        ("party", "joint_faction", "faction"),
        ("faction", "joint_faction", "faction"),
        ("party", "joint_list", "candidate_list"),
        ("faction", "split", "party"),
        ("initiative", "merger", "umbrella"),
    ],
)
def test_what_can_come_out_of_each_other_is_kept(alida, predecessor, kind, successor):
    line = lineage.link(
        predecessor=organisation(predecessor), successor=organisation(successor), kind=kind, by=alida
    )
    assert Lineage.objects.get() == line
