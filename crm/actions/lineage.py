"""How organisations came out of each other: drawing a line between two, and taking it away."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from crm.dutch.articles import opening
from crm.models import Lineage, LineageKind, Organisation, OrganisationKind
from crm.models.organisations import POLITICAL
from crm.queries import organisations

from . import telling
from .action import Actor, action, record
from .changing import AlreadyThere, check, fill, take_turns

# What the successor must be, where the kind of line says it.
_JOINED: Final[dict[str, str]] = {
    LineageKind.JOINT_FACTION: OrganisationKind.FACTION,
    LineageKind.JOINT_LIST: OrganisationKind.CANDIDATE_LIST,
}
_CIVIL: Final[set[str]] = {OrganisationKind.UMBRELLA, OrganisationKind.INITIATIVE}


@action(permission="crm.add_lineage")
def link(
    *,
    predecessor: Organisation,
    successor: Organisation,
    kind: str,
    happened_on: datetime.date | None = None,
    source: str = "",
    by: Actor,
) -> Lineage:
    """``predecessor`` went on in, merged into, or shares a list with ``successor``; ``kind`` of ``LineageKind``.

    Raises Invalid when the line would make a circle or joins what cannot be joined so, AlreadyThere when it was drawn
    before.
    """
    take_turns(Lineage)
    line = Lineage(predecessor=predecessor, successor=successor)
    fill(line, {"kind": kind, "happened_on": happened_on, "source": source})
    errors = {}
    if predecessor.pk == successor.pk:
        errors["successor"] = _("An organisation does not come out of itself.")
    elif predecessor.pk in {step.organisation.pk for step in organisations.became(successor)}:
        words = _("%(predecessor)s came out of %(successor)s: it cannot be the other way round too.")
        names = {"predecessor": predecessor.with_article, "successor": successor.with_article}
        errors["successor"] = opening(words % names)
    elif wrong := _unlikely(predecessor, successor, kind):
        errors["successor"] = wrong
    if same := Lineage.objects.filter(predecessor=predecessor, successor=successor, kind=kind).first():
        raise AlreadyThere(same)
    check(line, errors)
    line.save()
    record(
        "crm.lineage_linked",
        by=by,
        on=[predecessor, successor],
        **_told(line),
        day=telling.day(line.happened_on),
    )
    return line


@action(permission="crm.delete_lineage")
def unlink(*, line: Lineage, by: Actor) -> None:
    """Take away a line that was drawn by mistake."""
    line.delete()
    record(
        "crm.lineage_unlinked",
        by=by,
        on=[line.predecessor, line.successor],
        **_told(line),
    )


def _unlikely(predecessor: Organisation, successor: Organisation, kind: str) -> str:
    """Why two organisations cannot be joined by a line of this kind, in a sentence; empty when they can."""
    both = {predecessor.kind, successor.kind}
    wanted = _JOINED.get(kind)
    if wanted is not None and successor.kind != wanted:
        words = _("%(name)s is not a %(kind)s. Choose one, or say differently how it went.")
        return opening(words % {"name": successor.with_article, "kind": OrganisationKind(wanted).label})
    if both <= POLITICAL or (wanted is None and both <= _CIVIL):
        return ""
    if wanted is not None:
        return _("Only parties, factions and candidate lists join one. Choose another organisation.")
    return _(
        "Only parties, factions and candidate lists come out of each other, or the umbrella and initiatives. "
        "Choose another organisation."
    )


def _told(line: Lineage) -> dict[str, Any]:
    return {
        "predecessor": telling.named(line.predecessor),
        "how": telling.choice(line, "kind"),
        "successor": telling.named(line.successor),
    }
