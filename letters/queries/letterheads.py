"""Which letters a change of a letterhead reaches."""

from __future__ import annotations

from dataclasses import dataclass

from letters.models import Letter, Letterhead, LetterState
from letters.models.letters import EDITABLE


@dataclass(frozen=True, slots=True)
class Reach:
    """How many letters look different once the letterhead does, and of how many approval was asked or given."""

    letters: int
    asked: int


def reach(letterhead: Letterhead) -> Reach:
    """The letters on this letterhead that are not fixed yet."""
    states = list(
        Letter.objects.filter(letterhead=letterhead, state__in=EDITABLE).values_list("state", flat=True)
    )
    return Reach(len(states), sum(state != LetterState.DRAFT for state in states))
