"""Finding organisations and people by a piece of their name, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.folding import query_terms, search_key
from crm.models import Channel, ContactPoint, Mandate, Organisation, OrganisationKind, Person
from crm.models.contact_points import USABLE
from crm.models.organisations import POLITICAL
from crm.models.search_index import SHORTEST, index_table
from crm.registries.search import Hit, sources

from . import organisations

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Group:
    """The results of one source. ``more`` is the address of the whole list, empty when all are shown."""

    label: str
    hits: tuple[Hit, ...]
    more: str


def matching(queryset: QuerySet[M], text: str) -> QuerySet[M]:
    """Those with every term of what was typed in their search key; all of them when there is no letter or digit.

    ``queryset`` is of Organisation or Person.
    """
    terms = query_terms(text)
    connection = connections[queryset.db]
    if connection.vendor == "sqlite":
        indexed = [term for term in terms if len(term) >= SHORTEST]
        if indexed:
            index = index_table(queryset.model._meta.db_table)
            wanted = " AND ".join(f'"{term}"' for term in indexed)
            # Terms hold only a-z, 0-9 and spaces, see crm/dutch/folding.py.
            queryset = queryset.filter(
                pk__in=RawSQL(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [wanted])
            )
        terms = [term for term in terms if len(term) < SHORTEST]
    for term in terms:
        queryset = queryset.filter(search_key__contains=term)
    return queryset


def find(text: str, *, limit: int = 20) -> list[Hit]:
    """Organisations, then people, at most ``limit`` of each; whole words and whole names first."""
    return [*find_organisations(text, limit), *find_people(text, limit)]


def grouped(text: str, *, user: Any, limit: int = 10) -> list[Group]:
    """What every registered source finds, without the sources that find nothing."""
    groups = []
    for source in sources() if text.strip() else ():
        hits = source.find(text, limit + 1, user)
        if hits:
            more = f"{source.more}?{urlencode({'q': text})}" if source.more and len(hits) > limit else ""
            groups.append(Group(str(source.label), tuple(hits[:limit]), more))
    return groups


def visible_organisations(text: str, limit: int, user: Any) -> list[Hit]:
    """Organisations, for who may see them."""
    return find_organisations(text, limit) if user.has_perm("crm.view_organisation") else []


def visible_people(text: str, limit: int, user: Any) -> list[Hit]:
    """People, for who may see them."""
    return find_people(text, limit) if user.has_perm("crm.view_person") else []


def find_organisations(text: str, limit: int, *, kinds: Collection[str] = ()) -> list[Hit]:
    """Organisations by name, earlier name or exact address, with what tells them apart; ``kinds`` narrows down."""
    among = organisations.listing()
    found = _find(among.filter(kind__in=kinds) if kinds else among, text, limit)
    towns = towns_of(found)
    return [
        Hit("organisation", o.pk, o.name, describe(o, text, town=towns.get(o.pk, "")), o.get_absolute_url())
        for o in found
    ]


def find_people(text: str, limit: int) -> list[Hit]:
    """People by name or exact address, with their roles."""
    found = _find(Person.objects.all(), text, limit)
    roles = roles_of(found)
    return [Hit("person", p.pk, str(p), ", ".join(roles[p.pk]), p.get_absolute_url()) for p in found]


def _find(queryset: QuerySet[M], text: str, limit: int) -> list[M]:
    if "@" in text and text.isprintable():
        holder = str(queryset.model._meta.model_name)
        address = text.strip()
        points = ContactPoint.objects.filter(value__in={address, address.lower()}).exclude(**{holder: None})
        return list(queryset.filter(pk__in=points.values(holder))[:limit])
    terms = query_terms(text)
    if not terms:
        return []
    # A few more than asked for, so that the best of them come first.
    found = list(matching(queryset, text)[: limit * 5])
    return sorted(found, key=lambda row: (_unlike(row.search_key, terms), row.pk))[:limit]  # type: ignore[attr-defined]


def towns_of(records: Iterable[Organisation]) -> dict[int, str]:
    """The towns of their postal addresses, by id, in one query; where a party has its mail says nothing of it."""
    points = ContactPoint.objects.filter(
        organisation__in=[record.pk for record in records], kind=Channel.POST, status__in=USABLE
    ).exclude(organisation__kind__in=POLITICAL)
    return {pk: town for pk, town in points.order_by("-pk").values_list("organisation_id", "town") if pk}


def _place(organisation: Organisation) -> str:
    """The council it sits in, its district, or what it is part of; an umbrella is no place."""
    if organisation.term is not None:
        return str(organisation.term.body)
    whole = organisation.parent
    if organisation.district is None and whole is not None and whole.kind == OrganisationKind.UMBRELLA:
        return ""
    return str(organisation.district or whole or "")


def _unlike(key: str, terms: list[str]) -> tuple[int, int]:
    """How far a key is from what was typed: terms that are no whole word, then words that were not asked for."""
    return sum(f" {term.strip()} " not in key for term in terms), len(key.split())


def roles_of(people: Iterable[Person]) -> defaultdict[int, list[str]]:
    """What people do today, in words, by id, in one query."""
    roles: defaultdict[int, list[str]] = defaultdict(list)
    running = Mandate.objects.held_on(timezone.localdate()).filter(person__in=list(people))
    for mandate in running.select_related("organisation"):
        roles[mandate.person_id].append(
            _("%(title)s of %(organisation)s")
            % {"title": mandate.title, "organisation": mandate.organisation}
        )
    return roles


def describe(organisation: Organisation, text: str = "", *, town: str = "") -> str:
    """What tells an organisation apart in a list: "faction in Amsterdam, no longer exists".

    ``town`` is where it has its postal address, see ``towns_of``.
    """
    words = str(OrganisationKind(organisation.kind).label)
    place = _place(organisation) or town
    if place:
        words = _("%(kind)s in %(place)s") % {"kind": words, "place": place}
    if organisation.has_ended:
        words += ", " + _("no longer exists")
    now = search_key(organisation.name, organisation.short_name)
    if any(term not in now for term in query_terms(text)):
        words += ", " + _("found by an earlier name")
    return words
