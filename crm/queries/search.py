"""Finding organisations and people by a piece of their name, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.folding import fold, matches, query_terms, search_key
from crm.models import (
    Channel,
    ContactPoint,
    Mandate,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Person,
)
from crm.models.contact_points import USABLE
from crm.models.organisations import POLITICAL
from crm.registries.search import Hit, sources

from . import containing, holders, organisations, ranking

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Group:
    """The results of one source, under its ``name``. ``is_all`` when there are no more; ``more`` is the address of a
    list with all of them, if there is one."""

    name: str
    label: str
    hits: tuple[Hit, ...]
    is_all: bool
    more: str


@dataclass(frozen=True, slots=True)
class Found(Generic[M]):
    """A record; by which address or number it was found, in words; whether it is called just what was typed."""

    record: M
    by: str = ""
    exact: bool = False


def matching(queryset: QuerySet[M], text: str) -> QuerySet[M]:
    """Those with every term of what was typed in their search key, or with that address or number; all of them when
    there is no letter or digit. ``queryset`` is of Organisation or Person.
    """
    typed = holders.read(text)
    if typed is None:
        return containing.all_of(queryset, query_terms(text))
    held = holders.who(typed, queryset.model)
    if "@" not in text:
        named = containing.all_of(queryset.model._default_manager.order_by(), query_terms(text))
        held = held.union(named.values("pk"))
    return queryset.filter(pk__in=held)


def in_words(text: str) -> str:
    """What ``matching`` asks for, behind the noun: "with “groen” in the name"; "" when it asks for nothing."""
    typed = holders.read(text)
    if typed is None:
        words = _("with “%(text)s” in the name") if query_terms(text) else ""
    elif typed.kind == Channel.POST:
        words = _("with “%(text)s” in the name or the postcode")
    elif typed.kind == Channel.PHONE:
        words = _("with “%(text)s” in the name or the telephone number")
    elif "@" in text:
        words = _("with “%(text)s” in the e-mail address")
    else:
        words = _("with “%(text)s” in the name or the e-mail address")
    return words and words % {"text": text.strip()}


def found_by(records: Sequence[Model], text: str) -> dict[int, str]:
    """By which address or number those on a page were found, in words, by id. At most one query."""
    typed = holders.read(text)
    if typed is None or not records:
        return {}
    among = type(records[0])._default_manager.filter(pk__in=[record.pk for record in records])
    return holders.found_by(typed, among, len(records))


def find(text: str, *, limit: int = 20) -> list[Hit]:
    """Organisations and people, at most ``limit`` of each; first who is called just that, then organisations."""
    hits = [*find_organisations(text, limit), *find_people(text, limit)]
    return sorted(hits, key=lambda hit: not hit.exact)


def grouped(text: str, *, user: Any, limit: int = 10) -> list[Group]:
    """What every registered source finds, without the sources that find nothing.

    A group with something that is called just what was typed goes before the others. When nothing is found at all,
    who has the word in an e-mail address.
    """
    if not text.strip():
        return []
    groups = []
    for source in sources():
        hits = source.find(text, limit + 1, user)
        more = f"{source.more}?{urlencode({'q': text})}" if source.more else ""
        groups.append(_group(source.name, str(source.label), hits, limit, more))
    if not any(group.hits for group in groups):
        groups.append(_group("addresses", _("E-mail addresses"), _with_address(text, limit + 1, user), limit))
    wanted = fold(text)
    return sorted(
        (group for group in groups if group.hits),
        key=lambda group: not any(hit.exact or fold(hit.title) == wanted for hit in group.hits),
    )


def _group(name: str, label: str, hits: list[Hit], limit: int, more: str = "") -> Group:
    is_all = len(hits) <= limit
    return Group(name, label, tuple(hits[:limit]), is_all, "" if is_all else more)


def _with_address(text: str, limit: int, user: Any) -> list[Hit]:
    """Who has this word in an e-mail address, as far as the user may see them."""
    typed = holders.read_word(text)
    hits: list[Hit] = []
    if typed and user.has_perm("crm.view_organisation"):
        hits += organisation_hits(_held(organisations.listing(), typed, limit), text)
    if typed and user.has_perm("crm.view_person"):
        hits += person_hits(_held(Person.objects.all(), typed, limit), text)
    return hits[:limit]


def visible_organisations(text: str, limit: int, user: Any) -> list[Hit]:
    """Organisations, for who may see them."""
    return find_organisations(text, limit) if user.has_perm("crm.view_organisation") else []


def visible_people(text: str, limit: int, user: Any) -> list[Hit]:
    """People, for who may see them."""
    return find_people(text, limit) if user.has_perm("crm.view_person") else []


def find_organisations(text: str, limit: int, *, kinds: Collection[str] = ()) -> list[Hit]:
    """Organisations by name, earlier name, address or number, with what tells them apart; ``kinds`` narrows down."""
    among = organisations.listing()
    return organisation_hits(_find(among.filter(kind__in=kinds) if kinds else among, text, limit), text)


def find_people(text: str, limit: int) -> list[Hit]:
    """People by name, address or number, with their roles."""
    return person_hits(_find(Person.objects.all(), text, limit), text)


def organisation_hits(found: list[Found[Organisation]], text: str = "") -> list[Hit]:
    """Organisations as results, with what ``text`` was of them when that is no name of today. At most two queries."""
    records = [each.record for each in found]
    towns, before = towns_of(records), _earlier(records, text)
    hits = []
    for each in found:
        one = each.record
        by = each.by or before.get(one.pk, "")
        words = describe(one, text, town=towns.get(one.pk, ""), found_by=by)
        also = one.short_name if one.short_name != one.name else ""
        hits.append(
            Hit("organisation", one.pk, one.name, words, one.get_absolute_url(), also=also, exact=each.exact)
        )
    return hits


def person_hits(found: list[Found[Person]], text: str = "") -> list[Hit]:
    """People as results, with their roles. One query."""
    roles = roles_of([each.record for each in found])
    hits = []
    for each in found:
        one = each.record
        words = ", ".join(filter(None, [*roles[one.pk], each.by]))
        # Somebody known by a first name may be found by the initials.
        also = "" if each.by or matches(search_key(str(one)), text) else one.initials
        hits.append(
            Hit("person", one.pk, str(one), words, one.get_absolute_url(), also=also, exact=each.exact)
        )
    return hits


def _find(queryset: QuerySet[M], text: str, limit: int) -> list[Found[M]]:
    """The best first: who is called just that, who has that address or number, who has it somewhere in the name."""
    named = (
        [] if "@" in text else [Found(row, exact=exact) for row, exact in ranking.best(queryset, text, limit)]
    )
    typed = holders.read(text)
    if typed is None:
        return named
    held = _held(queryset, typed, limit)
    known = {each.record.pk for each in held}
    named = [each for each in named if each.record.pk not in known]
    return [*(each for each in named if each.exact), *held, *(each for each in named if not each.exact)][
        :limit
    ]


def _held(queryset: QuerySet[M], typed: holders.Typed, limit: int) -> list[Found[M]]:
    """Who has that address or number. Two queries."""
    by = holders.found_by(typed, queryset, limit)
    return [Found(row, by[row.pk]) for row in sorted(queryset.filter(pk__in=by), key=_has_ended)]


def _earlier(records: list[Organisation], text: str) -> dict[int, str]:
    """By which earlier name those were found that have no such name now, in words, by id. At most one query."""
    renamed = [one for one in records if not matches(search_key(one.name, one.short_name), text)]
    names = OrganisationName.objects.filter(organisation__in=renamed)
    return {
        name.organisation_id: _("was called %(name)s before") % {"name": name}
        for name in names
        if matches(search_key(name.name, name.short_name), text)
    }


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
