"""Questions about people: lists, and who has the same name."""

from __future__ import annotations

from django.db.models import QuerySet

from crm.dutch.names import PersonName
from crm.models import Person


def listing() -> QuerySet[Person]:
    """All people."""
    return Person.objects.all()


def same_name(name: PersonName, *, apart_from: Person | None = None) -> QuerySet[Person]:
    """People with the same family name and the same first name or initials, whatever the capitals."""
    same = Person.objects.filter(family_name__iexact=name.family, name_prefix__iexact=name.prefix)
    if name.given:
        same = same.filter(given_name__iexact=name.given)
    elif name.initials:
        same = same.filter(initials__iexact=name.initials)
    return same.exclude(pk=apart_from.pk) if apart_from else same
