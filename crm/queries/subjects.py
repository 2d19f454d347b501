"""Organisations and people as what something can be about."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model
from django.urls import reverse

from crm.models import Organisation, Person
from crm.registries.subjects import Kind, Named


def _organisations(pks: Collection[int]) -> dict[int, Named]:
    found = Organisation.objects.in_bulk(pks)
    return {pk: Named(str(one), one.get_absolute_url()) for pk, one in found.items()}


def _people(pks: Collection[int]) -> dict[int, Named]:
    found = Person.objects.in_bulk(pks)
    return {pk: Named(str(one), reverse("crm:person", args=[pk])) for pk, one in found.items()}


def _itself(record: Model) -> list[Model]:
    return [record]


KINDS = (
    Kind("crm.organisation", "crm.view_organisation", _organisations, _itself),
    Kind("crm.person", "crm.view_person", _people, _itself),
)
