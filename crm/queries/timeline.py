"""What happened with a record, newest first: what passed between us, and what was changed."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Model

from crm.models import Interaction, Organisation, TimelineEntry
from crm.registries import timeline as registry

from . import paging

Only = Literal["", "contact", "changes"]
SIZE = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it reads. ``about`` names the record when a page shows several; ``interaction`` is the contact
    moment behind it, as it reads now."""

    pk: int
    code: str
    sentence: str
    happened_at: datetime.datetime
    by: str
    is_contact: bool
    icon: str
    about: str
    interaction: Interaction | None


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The entries of one page; ``older`` and ``newer`` are the cursors beside it, empty at the ends."""

    entries: tuple[Entry, ...]
    older: str
    newer: str
    only: Only


def page(
    record: Model,
    *,
    only: Only = "",
    also: Collection[int] = (),
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> TimelinePage:
    """A page of the timeline of a record, in at most four queries at any depth, and one for each line about a group
    per name in it.

    ``only`` "contact" is what passed between us, "changes" who changed what. ``also`` are ids of other records of the
    same kind whose events count along, such as the predecessors of a party.
    """
    entries = TimelineEntry.objects.filter(
        subject_type=ContentType.objects.get_for_model(record), subject_id__in={record.pk, *also}
    ).select_related("by")
    if only == "contact":
        entries = entries.filter(code__in=registry.contact_codes())
    elif only == "changes":
        entries = entries.exclude(code__in=registry.contact_codes())
    found = paging.page(
        entries,
        order=("happened_at", "id"),
        descending=True,
        after=after,
        before=before,
        size=size,
        count=False,
    )
    once = list({row.event: row for row in found.rows}.values())
    interactions = _interactions(once)
    names = _names(record, {row.subject_id for row in once})
    worded = tuple(
        _worded(row, about=names.get(row.subject_id, ""), interaction=interactions.get(_interaction_of(row)))
        for row in once
    )
    return TimelinePage(worded, older=found.after, newer=found.before, only=only)


def last_contact(records: Collection[Model]) -> dict[int, datetime.datetime]:
    """When something last passed between us and each record, by id, in one query. All of one model."""
    if not records:
        return {}
    model = type(next(iter(records)))
    return dict(
        TimelineEntry.objects.filter(
            subject_type=ContentType.objects.get_for_model(model),
            subject_id__in=[record.pk for record in records],
            code__in=registry.contact_codes(),
        )
        .order_by()
        .values_list("subject_id")
        .annotate(Max("happened_at"))
    )


def last_change(record: Model) -> TimelineEntry | None:
    """The newest entry about a record, with who did it."""
    return TimelineEntry.objects.about(record).select_related("by").first()


def _worded(row: TimelineEntry, *, about: str, interaction: Interaction | None) -> Entry:
    event = registry.EVENTS.get(row.code)
    return Entry(
        pk=row.pk,
        code=row.code,
        sentence=str(row),
        happened_at=row.happened_at,
        by=str(row.by) if row.by else "",
        is_contact=bool(event and event.is_contact),
        icon=event.icon if event else "history",
        about=about,
        interaction=interaction,
    )


def _interaction_of(row: TimelineEntry) -> int:
    value = row.parameters.get("interaction")
    return value if isinstance(value, int) else 0


def _interactions(rows: list[TimelineEntry]) -> dict[int, Interaction]:
    wanted = {_interaction_of(row) for row in rows} - {0}
    if not wanted:
        return {}
    return Interaction.objects.select_related("organisation", "person", "by").in_bulk(wanted)


def _names(record: Model, ids: set[int]) -> dict[int, str]:
    others = ids - {record.pk}
    if not others or not isinstance(record, Organisation):
        return {}
    return {pk: str(organisation) for pk, organisation in Organisation.objects.in_bulk(others).items()}
