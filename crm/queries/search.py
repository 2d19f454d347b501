"""Finding organisations and people by a piece of their name, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.folding import fold, query_terms, search_key
from crm.models import Channel, ContactPoint, Mandate, Organisation, OrganisationKind, Person
from crm.models.contact_points import USABLE
from crm.models.organisations import POLITICAL
from crm.registries.search import Hit, sources

from . import containing, holders, organisations

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
    return containing.all_of(queryset, query_terms(text))


def find(text: str, *, limit: int = 20) -> list[Hit]:
    """Organisations, then people, at most ``limit`` of each; whole words and whole names first."""
    return [*find_organisations(text, limit), *find_people(text, limit)]


def grouped(text: str, *, user: Any, limit: int = 10) -> list[Group]:
    """What every registered source finds, without the sources that find nothing."""
    groups = []
    for source in sources() if text.strip() else ():
        hits = source.find(text, limit + 1, user)
        if hits:
            # The lists look in names alone.
            further = source.more and len(hits) > limit and holders.read(text) is None
            more = f"{source.more}?{urlencode({'q': text})}" if further else ""
            groups.append(Group(str(source.label), tuple(hits[:limit]), more))
    return groups


def visible_organisations(text: str, limit: int, user: Any) -> list[Hit]:
    """Organisations, for who may see them."""
    return find_organisations(text, limit) if user.has_perm("crm.view_organisation") else []


def visible_people(text: str, limit: int, user: Any) -> list[Hit]:
    """People, for who may see them."""
    return find_people(text, limit) if user.has_perm("crm.view_person") else []


def find_organisations(text: str, limit: int, *, kinds: Collection[str] = ()) -> list[Hit]:
    """Organisations by name, earlier name, address or number, with what tells them apart; ``kinds`` narrows down."""
    among = organisations.listing()
    found, by = _find(among.filter(kind__in=kinds) if kinds else among, text, limit)
    towns = towns_of(found)
    return [organisation_hit(o, text, town=towns.get(o.pk, ""), found_by=by.get(o.pk, "")) for o in found]


def find_people(text: str, limit: int) -> list[Hit]:
    """People by name, address or number, with their roles."""
    found, by = _find(Person.objects.all(), text, limit)
    return person_hits(found, found_by=by)


def organisation_hit(
    organisation: Organisation, text: str = "", *, town: str = "", found_by: str = ""
) -> Hit:
    """An organisation as a result, see ``describe``."""
    words = describe(organisation, text, town=town, found_by=found_by)
    return Hit("organisation", organisation.pk, organisation.name, words, organisation.get_absolute_url())


def person_hits(people: Iterable[Person], *, found_by: Mapping[int, str] = MappingProxyType({})) -> list[Hit]:
    """People as results: their roles, and by which address they were found."""
    people = list(people)
    roles = roles_of(people)
    return [
        Hit(
            "person",
            p.pk,
            str(p),
            ", ".join(filter(None, [*roles[p.pk], found_by.get(p.pk)])),
            p.get_absolute_url(),
        )
        for p in people
    ]


def _find(queryset: QuerySet[M], text: str, limit: int) -> tuple[list[M], dict[int, str]]:
    """The records, best first, and in words by which address or number some of them were found, by id."""
    found: list[M] = []
    by: dict[int, str] = {}
    typed = holders.read(text)
    if typed is not None:
        holder = str(queryset.model._meta.model_name)
        held = holders.points(typed).exclude(**{holder: None}).values(holder)
        found = sorted(queryset.filter(pk__in=held)[:limit], key=_has_ended)
        by = holders.found_by(typed, found, holder)
    terms = query_terms(text)
    if terms and "@" not in text:
        # A few more than asked for, so that the best of them come first.
        named = [row for row in matching(queryset, text)[: limit * 5] if row.pk not in by]
        found += sorted(named, key=lambda row: _rank(row, text, terms))
    return found[:limit], by


def _rank(row: Any, text: str, terms: list[str]) -> tuple[bool, int, bool, bool, int, int]:
    """What comes first: what is called exactly that; whole words; what exists; parties; the fewest other words."""
    wanted = fold(text)
    exact = isinstance(row, Organisation) and wanted in (fold(row.short_name), fold(row.name))
    unlike, words = _unlike(row.search_key, terms)
    party = isinstance(row, Organisation) and row.kind == OrganisationKind.PARTY
    return not exact, unlike, _has_ended(row), not party, words, row.pk


def _has_ended(row: Any) -> bool:
    return isinstance(row, Organisation) and row.has_ended


def towns_of(records: Iterable[Organisation]) -> dict[int, str]:
    """The towns of their postal addresses, by id, in one query; where a party has its mail says nothing of it."""
    points = ContactPoint.objects.filter(
        organisation__in=[record.pk for record in records], kind=Channel.POST, status__in=USABLE
    ).exclude(organisation__kind__in=POLITICAL)
    return {pk: town for pk, town in points.order_by("-pk").values_list("organisation_id", "town") if pk}


def _place(organisation: Organisation) -> str:
    """The council it sits in, its district or municipality, or what it is part of; an umbrella is no place."""
    if organisation.term is not None:
        return str(organisation.term.body)
    whole = organisation.parent
    if organisation.district is None and whole is not None and whole.kind == OrganisationKind.UMBRELLA:
        return ""
    return str(organisation.district or organisation.municipality or whole or "")


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


def describe(organisation: Organisation, text: str = "", *, town: str = "", found_by: str = "") -> str:
    """What tells an organisation apart in a list: "faction in Amsterdam, no longer exists".

    ``town`` is where it has its postal address, see ``towns_of``; ``found_by`` says what ``text`` was of it when that
    is no name, see ``crm.queries.holders``.
    """
    words = str(OrganisationKind(organisation.kind).label)
    place = _place(organisation) or town
    if place:
        words = _("%(kind)s in %(place)s") % {"kind": words, "place": place}
    if organisation.has_ended:
        words += ", " + _("no longer exists")
    now = search_key(organisation.name, organisation.short_name)
    if found_by:
        words += f", {found_by}"
    elif any(term not in now for term in query_terms(text)):
        words += ", " + _("found by an earlier name")
    return words
