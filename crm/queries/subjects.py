"""Organisations, people and actions as what something can be about, and the names of what many things are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse

from crm.models import FollowUp, Organisation, Person
from crm.registries import subjects
from crm.registries.subjects import Kind, Named

# A record by the id of its content type and its own.
Key = tuple[int | None, int | None]


def names(keys: Iterable[Key]) -> dict[Key, Named]:
    """What records are called and where they stand, by key; what is gone, or of no kind that is known, is left out.
    The queries grow with the kinds of records, not with the records."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for type_id, pk in keys:
        if type_id is not None and pk is not None:
            wanted[type_id].add(pk)
    found: dict[Key, Named] = {}
    for type_id, pks in wanted.items():
        model = ContentType.objects.get_for_id(type_id)
        kind = subjects.KINDS.get(f"{model.app_label}.{model.model}")
        if kind is not None:
            found |= {(type_id, pk): name for pk, name in kind.name(pks).items()}
    return found


def _organisations(pks: Collection[int]) -> dict[int, Named]:
    found = Organisation.objects.in_bulk(pks)
    return {pk: Named(str(one), one.get_absolute_url()) for pk, one in found.items()}


def _people(pks: Collection[int]) -> dict[int, Named]:
    found = Person.objects.in_bulk(pks)
    return {pk: Named(str(one), reverse("crm:person", args=[pk])) for pk, one in found.items()}


def _follow_ups(pks: Collection[int]) -> dict[int, Named]:
    found = FollowUp.objects.in_bulk(pks)
    return {pk: Named(str(one), reverse("crm:follow_up", args=[pk])) for pk, one in found.items()}


def _itself(record: Model) -> list[Model]:
    return [record]


KINDS = (
    Kind("crm.organisation", "crm.view_organisation", _organisations, _itself),
    Kind("crm.person", "crm.view_person", _people, _itself),
    Kind("crm.followup", "crm.view_followup", _follow_ups, _itself),
)
