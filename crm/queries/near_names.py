"""Names that are nearly what was typed: Lindenhof for "lindehof"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from rapidfuzz.distance import OSA

from crm.dutch.folding import query_terms
from crm.models import Organisation, Person
from crm.registries.search import Hit

from . import containing, organisations, search

SHOWN: Final = 3
# Shorter words resemble too many others.
_SHORTEST: Final = 4
_LONG: Final = 8
# A typed text has few words; the bounds keep hostile ones cheap.
_MOST_WORDS: Final = 6
_MOST_NAMES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Near:
    """The names that come nearest, and what to search for to see all that have ``words`` spelled as in the first."""

    hits: tuple[Hit, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, order=True)
class _Errors:
    """How many typing errors there are in all words together, and the words without them."""

    number: int
    words: str


def suggestions(text: str, *, user: Any) -> Near:
    """The names that come nearest, for who may see them; at most six queries, however many names there are."""
    words = [term.strip() for term in query_terms(text)]
    if not 0 < len(words) <= _MOST_WORDS:
        return Near()
    hits: list[tuple[_Errors, Hit]] = []
    if user.has_perm("crm.view_organisation"):
        near = _nearest(Organisation.objects.all(), words)
        found = [search.Found(one) for one in organisations.listing().filter(pk__in=near)]
        hits += [(near[hit.pk], hit) for hit in search.organisation_hits(found)]
    if user.has_perm("crm.view_person"):
        near = _nearest(Person.objects.all(), words)
        people = [search.Found(one) for one in Person.objects.filter(pk__in=near)]
        hits += [(near[hit.pk], hit) for hit in search.person_hits(people)]
    nearest = sorted(hits, key=lambda pair: (pair[0].number, pair[1].title))[:SHOWN]
    return Near(tuple(hit for _errors, hit in nearest), nearest[0][0].words) if nearest else Near()


def _nearest(queryset: QuerySet[Any, Any], words: list[str]) -> dict[int, _Errors]:
    """The typing errors between what was typed and each of the nearest names, by id.

    An error leaves one half of a word as it was, so only names with such a half at the right end are looked at.
    """
    halves = [
        half
        for word in words
        if len(word) >= _SHORTEST
        for half in (f" {word[: len(word) // 2]}", f"{word[len(word) // 2 :]} ")
    ]
    keys = containing.any_of(queryset, halves).order_by("pk").values_list("pk", "search_key")[:_MOST_NAMES]
    measured = {pk: _errors(words, key) for pk, key in keys}
    near = sorted((errors, pk) for pk, errors in measured.items() if errors is not None)
    return {pk: errors for errors, pk in near[:SHOWN]}


def _errors(words: list[str], key: str) -> _Errors | None:
    """The typing errors in the words of a name; None when one of them is not nearly there."""
    there, total, meant = key.split(), 0, []
    for word in words:
        if f" {word}" in key:
            meant.append(word)
            continue
        most = 0 if len(word) < _SHORTEST else 1 if len(word) < _LONG else 2
        errors, nearest = min(
            ((OSA.distance(word, other, score_cutoff=most), other) for other in there), default=(most + 1, "")
        )
        if errors > most:
            return None
        total += errors
        meant.append(nearest)
    return _Errors(total, " ".join(meant))
