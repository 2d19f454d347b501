"""Saving a filter with a name, and removing it."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import (
    AddressState,
    InitiativeStage,
    Level,
    Network,
    OrganisationKind,
    Post,
    Segment,
    User,
)
from crm.queries import segments
from crm.registries import criteria as registry

from . import hanging, telling
from .action import Actor, action, record
from .changing import AlreadyThere, Invalid, check, check_unchanged, fill, take_turns

_CHOICES: dict[str, Any] = {
    "kind": OrganisationKind, "at_kind": OrganisationKind, "stage": InitiativeStage, "post": Post, "level": Level,
    "address": AddressState,
}  # fmt: skip
NOTHING_CHOSEN: Final = gettext_lazy(
    "You did not choose yet who belong to the group. Choose at least one thing under “Who belong to it?”."
)


@action(permission="crm.add_segment")
def save(
    *,
    name: str,
    subject: str,
    criteria: dict[str, Any],
    segment: Segment | None = None,
    seen: str = "",
    by: Actor,
) -> Segment:
    """Keep a filter under a name, or change the kept one ``segment``. ``criteria`` as in ``segments.filtered``.

    Raises AlreadyThere when another segment has the name, Invalid for criteria that are not known, and when there are
    none: a letter to such a group would go to the whole address book.
    """
    take_turns(Segment)
    if segment is None:
        row = Segment(made_by=by if isinstance(by, User) else None)
    else:
        row = Segment.objects.select_for_update(of=("self",)).get(pk=segment.pk)
        check_unchanged(row, seen)
    kept = {key: value for key, value in criteria.items() if value not in ("", None, [], False)}
    _check_criteria(subject, kept)
    fill(row, {"name": name, "subject": subject, "criteria": kept})
    if same := Segment.objects.filter(name__iexact=row.name).exclude(pk=row.pk).first():
        if segment is None and (same.subject, same.criteria) == (subject, kept):
            return same  # the same form was sent twice
        raise AlreadyThere(
            same, _("There is a group called %(name)s already. Choose another name.") % {"name": same}
        )
    check(row)
    row.save()
    record("crm.segment_saved", by=by, on=[row], name=row.name, words=telling.group(row))
    return row


@action(permission="crm.delete_segment")
def remove(*, segment: Segment, by: Actor) -> None:
    """Remove a filter. Letters that used it keep their own list of recipients."""
    hanging.check_loose(segment, its_own=())
    name = segment.name
    segment.delete()
    record("crm.segment_removed", by=by, on=[by if isinstance(by, User) else Network.load()], name=name)


def _check_criteria(subject: str, criteria: dict[str, Any]) -> None:
    if subject not in segments.KNOWN:
        raise Invalid({"subject": _("Choose organisations or people.")})
    if not criteria:
        raise Invalid({"criteria": str(NOTHING_CHOSEN)})
    for name, value in criteria.items():
        known = name in segments.KNOWN[subject] or (
            name in registry.CRITERIA and registry.CRITERIA[name].subject == subject
        )
        if not known or not _fits(name, value):
            raise Invalid(
                {"criteria": _("This filter has a part that we do not know: %(name)s.") % {"name": name}}
            )


def _fits(name: str, value: Any) -> bool:
    if name in _CHOICES:
        chosen = value if isinstance(value, list) else [value]
        return all(one in _CHOICES[name].values for one in chosen)
    if name in ("theme", "tag"):
        return isinstance(value, list) and all(isinstance(pk, int) for pk in value)
    if name in segments.REFERENCES:
        return isinstance(value, int)
    if name == "seated":
        return value == "any" or isinstance(value, int)
    if name == "seated_on":
        try:
            datetime.date.fromisoformat(value)
        except (TypeError, ValueError):
            return False
    return True
