"""In which order names that were found are shown: what is called exactly that first, however many mention it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Length, Lower, Replace

from crm.dutch import prefixes
from crm.dutch.folding import fold, query_terms
from crm.models import Organisation, OrganisationKind, Person
from crm.models.search_index import SHORTEST

from . import containing

# What is called exactly what was typed has a likeness up to this one.
EXACT: Final = 2
# In "De Brug" nobody looks for the article.
_ARTICLES: Final = ("de ", "het ")
_SIGNS: Final = " -.'’"
# A name has fewer words; the bound keeps hostile texts cheap.
_MOST_WORDS: Final = 8


def best(queryset: QuerySet[Any], text: str, limit: int) -> list[tuple[Any, bool]]:
    """The ``limit`` best of the organisations or people with every term of ``text`` in their search key, each with
    whether it is called exactly that.

    At most seven queries, each of which reads few rows: those that are called exactly that; those whose name begins
    with it, behind its article as well; those with it as whole words; those with it in pieces of words. Of many that
    are alike the first in the alphabet are looked at; among these what exists goes before what no longer does, and a
    party before others.
    """
    terms = query_terms(text)
    if not terms:
        return []
    # What hangs on a row is read only of those that are shown.
    wanted, alphabetical = fold(text), queryset.select_related(None).order_by("sort_name", "pk")
    whole = containing.all_of(alphabetical, [f" {term.strip()} " for term in terms])
    exact = _called(alphabetical, wanted) if queryset.model is Person else _named(whole, wanted)
    found = {row.pk: row for row in exact[: limit * 5]}
    # One letter is in no index of pieces: then the order of the table is the quick one.
    pieces = alphabetical if max(map(len, terms)) >= SHORTEST else alphabetical.order_by("pk")
    for further in (
        alphabetical.filter(containing.beginning("sort_name", f"{wanted} ")),
        alphabetical.filter(containing.beginning("sort_name", wanted)),
        alphabetical.filter(_behind_article(wanted)),
        whole,
        containing.all_of(pieces, terms),
    ):
        if len(found) < limit:
            found |= {row.pk: row for row in further[: limit * 5]}
    rank = _person if queryset.model is Person else _organisation
    likeness = {pk: rank(row, wanted, terms) for pk, row in found.items()}
    rows = sorted(found.values(), key=lambda row: (likeness[row.pk], *_behind(row), row.sort_name, row.pk))
    shown = queryset.in_bulk([row.pk for row in rows[:limit]])
    return [(shown[row.pk], likeness[row.pk] <= EXACT) for row in rows[:limit]]


def _organisation(row: Organisation, wanted: str, terms: list[str]) -> int:
    """Exactly that name; that short name; either, but it is no more; or how near it comes."""
    joined, short, name = _joined(wanted), _joined(fold(row.short_name)), row.sort_name
    for article in _ARTICLES:
        if not name.startswith(wanted):
            name = name.removeprefix(article)
    exact = [joined in (_joined(name), _joined(row.sort_name)), short == joined]
    if any(exact):
        return EXACT if row.has_ended else exact.index(True)
    return _near(row, name, wanted, terms, short.startswith(joined))


def _person(row: Person, wanted: str, terms: list[str]) -> int:
    """Exactly that family name, with or without its prefix, or that whole name; or how near it comes."""
    family, whole = f"{row.name_prefix} {row.family_name}", str(row)
    exact = {_joined(fold(name)) for name in (row.family_name, family, whole, row.sort_name)}
    return 0 if _joined(wanted) in exact else _near(row, row.sort_name, wanted, terms)


def _near(row: Any, name: str, wanted: str, terms: list[str], also_begins: bool = False) -> int:
    """Begins with it as a word; begins with it; whole words; pieces of words."""
    if name.startswith(f"{wanted} "):
        return EXACT + 1
    if name.startswith(wanted) or also_begins:
        return EXACT + 2
    return EXACT + 3 if all(f" {term.strip()} " in row.search_key for term in terms) else EXACT + 4


def _behind(row: Any) -> tuple[bool, bool]:
    if not isinstance(row, Organisation):
        return False, False
    return row.has_ended, row.kind != OrganisationKind.PARTY


def _behind_article(wanted: str) -> Q:
    """The condition that a name begins with it behind an article."""
    return reduce(or_, (containing.beginning("sort_name", article + wanted) for article in _ARTICLES))


def _named(queryset: QuerySet[Any], wanted: str) -> QuerySet[Any]:
    """Those of the organisations with exactly this name or short name."""
    joined = _joined(wanted)
    queryset = queryset.alias(
        bare=Replace("sort_name", Value(" ")),
        short_length=Length("short_name"),
        bare_short=_bare(F("short_name")),
    )
    # Measuring it is cheaper than taking it apart.
    short = Q(short_length__gte=len(joined), short_length__lte=len(joined) + _MOST_WORDS, bare_short=joined)
    names = [joined, *(article.strip() + joined for article in _ARTICLES)]
    return queryset.filter(Q(bare__in=names) | short)


def _called(queryset: QuerySet[Any], wanted: str) -> QuerySet[Any]:
    """The people with exactly this family name, with or without its prefix, or exactly this whole name.

    ``sort_name`` is the whole name, folded and turned round: "vries anna de".
    """
    words = wanted.split()
    turns = range(len(words)) if len(words) <= _MOST_WORDS else ()
    exact = Q(sort_name__in=[" ".join([*words[turn:], *words[:turn]]) for turn in turns])
    for prefix, family in _taken_apart(wanted):
        named = containing.beginning("sort_name", f"{family} ")
        if " " not in family:
            named &= ~Q(family_name__contains=" ") & ~Q(family_name__contains="-")
        exact |= named & Q(sort_name__endswith=f" {prefix}") if prefix else named
    return queryset.filter(exact)


def _taken_apart(wanted: str) -> list[tuple[str, str]]:
    """What was typed as a family name, and as every prefix with a family name that it can be: de, vries for devries."""
    parts, joined = [("", wanted)], _joined(wanted)
    for prefix in prefixes.FOLDED:
        if wanted.startswith(f"{prefix} "):
            parts.append((prefix, wanted.removeprefix(f"{prefix} ")))
        elif joined.startswith(_joined(prefix)) and joined != _joined(prefix):
            parts.append((prefix, joined.removeprefix(_joined(prefix))))
    return parts


def _joined(name: str) -> str:
    return name.replace(" ", "")


def _bare(name: Combinable) -> Combinable:
    """The expression for a name without capitals and without what stands between its letters."""
    for sign in _SIGNS:
        name = Replace(name, Value(sign))
    return Lower(name)
