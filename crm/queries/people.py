"""Questions about people: lists, and who has the same name."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from crm.dutch.folding import fold
from crm.dutch.names import PersonName, split
from crm.models import Person

from . import containing


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


def called(texts: Collection[str]) -> dict[str, list[Person]]:
    """The people who may write under each of these names: the same whole name, else the same initial. One query.

    Whoever has the whole name goes before who has only the initial in common; a name without a first name or
    initials is nobody's.
    """
    wanted = {text: name for text in texts if (name := _folded(split(text)))}
    if not wanted:
        return {}
    likely = Q()
    # The list is sorted by family name: this reads a few rows of its index, however long the list is.
    for first, _prefix, family in wanted.values():
        likely |= containing.beginning("sort_name", f"{family} {first[0]}")
    people = [(one, name) for one in Person.objects.filter(likely) if (name := _folded(one.parts))]
    initials = {one.pk: fold(one.initials).replace(" ", "") for one, _name in people}
    found = {}
    for text, name in wanted.items():
        near = [(one, theirs) for one, theirs in people if theirs[1:] == name[1:]]
        same = [one for one, theirs in near if theirs[0] == name[0]]
        if not same and split(text).given:
            same = [one for one, theirs in near if not one.given_name and theirs[0][0] == name[0][0]]
        elif not same:
            same = [
                one
                for one, theirs in near
                if (initials[one.pk] == name[0] if initials[one.pk] else theirs[0][0] == name[0][0])
            ]
        if same:
            found[text] = same
    return found


def _folded(name: PersonName) -> tuple[str, str, str] | None:
    """First name (else initials), prefix and family name, without what people write in more than one way."""
    first, family = fold(name.given or name.initials), fold(name.family)
    return (first, fold(name.prefix), family) if first and family else None
