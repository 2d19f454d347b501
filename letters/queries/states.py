"""Where a letter is, in words: one line for the top of every screen, and how far each step is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.models import Letter, LetterState
from letters.models.letters import OUT

from . import approvals, dispatches
from .dispatches import Reach
from .recipients import RecipientRow, Summary, summary

STEPS = ("text", "recipients", "last_look", "approval", "dispatch", "follow")


_CURRENT = {
    LetterState.DRAFT: "text",
    LetterState.PROPOSED: "approval",
    LetterState.APPROVED: "dispatch",
    LetterState.FROZEN: "dispatch",
    LetterState.DISPATCHED: "follow",
    LetterState.RECORDED: "follow",
    LetterState.DROPPED: "text",
}


def current_step(letter: Letter) -> str:
    """The step where the work on a letter goes on."""
    return _CURRENT[LetterState(letter.state)]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the sequence: its code, its name on screen, and whether it is done."""

    code: str
    label: str
    number: int
    done: bool


def steps(
    letter: Letter, counts: Summary, *, ready: bool = False, reach: Reach | None = None
) -> tuple[Step, ...]:
    """The six steps; done means that nothing in it holds the letter up. A letter of the past has but two of them.

    ``ready``: the last look over a draft finds nothing that must be mended first. ``reach``: how far the sending is.
    """
    approved = letter.state in (LetterState.APPROVED, LetterState.FROZEN, *OUT)
    proposed = approved or letter.state == LetterState.PROPOSED
    done = {
        "text": bool(letter.subject and letter.body),
        "recipients": letter.is_final or counts.sendable > 0,
        "last_look": proposed or ready,
        "approval": approved,
        "dispatch": letter.state in OUT and (reach is None or reach.is_complete),
        "follow": False,
    }
    labels = {
        "text": _("Text"),
        "recipients": _("Recipients"),
        "last_look": _("Last look"),
        "approval": _("Approval"),
        "dispatch": _("Send"),
        "follow": _("Follow"),
    }
    taken = ("recipients", "follow") if letter.state == LetterState.RECORDED else STEPS
    return tuple(Step(code, labels[code], number, done[code]) for number, code in enumerate(taken, start=1))


def line(letter: Letter, rows: Sequence[RecipientRow], reach: Reach | None = None) -> str:
    """ "Concept · 2 van 3 akkoord · 12 ontvangers, 1 zonder adres" """
    if letter.state == LetterState.DISPATCHED and reach is not None:
        parts = _on_its_way(reach)
    else:
        parts = [str(letter.get_state_display()).capitalize()]
    if letter.state == LetterState.PROPOSED and (round_ := approvals.standing_round(letter)):
        parts.append(approvals.in_short(approvals.standing(round_)))
    people = [ngettext("%(count)d recipient", "%(count)d recipients", len(rows)) % {"count": len(rows)}]
    if reach is not None:
        # What was made counts, not what the addresses are worth today.
        if reach.missed:
            words = ngettext("%(count)d without a letter", "%(count)d without a letter", reach.missed)
            people.append(words % {"count": reach.missed})
    elif letter.state != LetterState.RECORDED:
        people += _left_out(summary(rows))
    parts.append(", ".join(people))
    if letter.state == LetterState.DISPATCHED and reach is not None and reach.to_post:
        words = ngettext("%(count)d still to be posted", "%(count)d still to be posted", reach.to_post)
        parts.append(words % {"count": reach.to_post})
    return " · ".join(parts)


def reach_of(letter: Letter, rows: Sequence[RecipientRow]) -> Reach | None:
    """How far the sending is; None before anything was made ready, and for a letter of the past."""
    if letter.state not in (LetterState.FROZEN, LetterState.DISPATCHED):
        return None
    return dispatches.reach(letter, len(rows))


def _on_its_way(reach: Reach) -> list[str]:
    """What "sent" comes to while part of it is still here."""
    if not (reach.held or reach.waiting):
        return [_("Sent") if reach.left else _("Nothing has left yet")]
    left = _("%(left)d of %(total)d sent") % {"left": reach.left, "total": reach.total - reach.missed}
    return [_("Paused") if reach.held else _("On its way"), left]


def _left_out(counts: Summary) -> list[str]:
    parts = []
    if counts.gaps:
        words = ngettext("%(count)d without address", "%(count)d without address", counts.gaps)
        parts.append(words % {"count": counts.gaps})
    if counts.refused:
        words = ngettext("%(count)d not allowed", "%(count)d not allowed", counts.refused)
        parts.append(words % {"count": counts.refused})
    return parts
