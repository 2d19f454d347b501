"""Writing down what passed between us: calls, meetings, notes."""

from __future__ import annotations

import datetime
import re
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import Interaction, Organisation, Person, TimelineEntry, User

from . import telling
from .action import Actor, action, record
from .changing import AlreadyThere, check, check_unchanged, fill, take_turns

LOGGED = "crm.interaction_logged"
_LONGEST: Final = Interaction._meta.get_field("summary").max_length or 0
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


def in_short(said: str) -> dict[str, str]:
    """What was said, as ``log`` takes it: the first sentence on the timeline, all of it behind that when there is
    more."""
    text = said.strip()
    if len(text) <= _LONGEST and "\n" not in text:
        return {"summary": text, "body": ""}
    first = _SENTENCE.split(text, maxsplit=1)[0]
    return {"summary": first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…", "body": text}


@action(permission="crm.add_interaction")
def log(
    *,
    kind: str,
    summary: str,
    organisation: Organisation | None = None,
    person: Person | None = None,
    body: str = "",
    happened_at: datetime.datetime | None = None,
    by: Actor,
) -> Interaction:
    """Something passed between us and an organisation, a person, or both. ``kind`` of ``InteractionKind``.

    Raises AlreadyThere when the same was written down for that moment, Invalid for values that cannot be.
    """
    interaction = Interaction(
        organisation=organisation, person=person, by=by if isinstance(by, User) else None
    )
    take_turns(Interaction, interaction.by_id)
    values: dict[str, Any] = {"kind": kind, "summary": summary, "body": body}
    fill(interaction, values | {"happened_at": happened_at or timezone.now()})
    _check(interaction)
    same = Interaction.objects.filter(
        organisation=organisation, person=person, kind=kind, summary=interaction.summary, by=interaction.by
    )
    near = datetime.timedelta(minutes=1)
    if existing := same.filter(
        happened_at__range=(interaction.happened_at - near, interaction.happened_at + near)
    ).first():
        raise AlreadyThere(existing)
    interaction.save()
    record(
        LOGGED, by=by, on=_subjects(interaction), happened_at=interaction.happened_at, **_words(interaction)
    )
    return interaction


@action(permission="crm.change_interaction")
def change(*, interaction: Interaction, by: Actor, seen: str = "", **values: Any) -> Interaction:
    """Mend what was written down; its line on the timeline follows, and a second line says that it was mended."""
    current = Interaction.objects.select_for_update(of=("self",)).get(pk=interaction.pk)
    check_unchanged(current, seen)
    changes = fill(current, values)
    _check(current)
    if not changes:
        return current
    current.save()
    _lines_of(current).update(happened_at=current.happened_at, parameters=_words(current))
    record("crm.interaction_changed", by=by, on=_subjects(current), **_dated(current), changes=changes)
    return current


@action(permission="crm.delete_interaction")
def remove(*, interaction: Interaction, by: Actor) -> None:
    """Take away what was written down, from the timeline as well; what remains is that there was something."""
    subjects, words = _subjects(interaction), _dated(interaction)
    _lines_of(interaction).delete()
    interaction.delete()
    record("crm.interaction_removed", by=by, on=subjects, **words)


def _check(interaction: Interaction) -> None:
    errors = {}
    # Clocks differ a little between machines.
    if interaction.happened_at > timezone.now() + datetime.timedelta(minutes=5):
        errors["happened_at"] = _("That is still to come. Write it down when it has happened.")
    check(interaction, errors)


def _subjects(interaction: Interaction) -> list[Organisation | Person]:
    return [subject for subject in (interaction.organisation, interaction.person) if subject is not None]


def _lines_of(interaction: Interaction) -> QuerySet[TimelineEntry]:
    """The lines on the timelines of those it was with."""
    about = Q()
    for subject in _subjects(interaction):
        about |= Q(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)
    return TimelineEntry.objects.filter(about, code=LOGGED, parameters__interaction=interaction.pk)


def _words(interaction: Interaction) -> dict[str, Any]:
    return {
        "interaction": interaction.pk,
        "kind": telling.choice(interaction, "kind"),
        "person": str(interaction.person or interaction.organisation),
        "summary": interaction.summary,
    }


def _dated(interaction: Interaction) -> dict[str, Any]:
    moment = timezone.localtime(interaction.happened_at)
    return {"kind": telling.choice(interaction, "kind"), "day": telling.day(moment.date())}
