"""What organisations came from and became."""

import datetime

import pytest

from crm.actions import lineage
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import Lineage, LineageKind, TimelineEntry
from tests.crm.factories import LineageFactory, PartyFactory

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
