"""Names that are nearly what was typed: Lindenhof for "lindehof"."""

from __future__ import annotations

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


def suggestions(text: str, *, user: Any) -> list[Hit]:
    """The names that come nearest, for who may see them; at most six queries, however many names there are."""
    words = [term.strip() for term in query_terms(text)]
    if not 0 < len(words) <= _MOST_WORDS:
        return []
    hits: list[tuple[int, Hit]] = []
    if user.has_perm("crm.view_organisation"):
        near = _nearest(Organisation.objects.all(), words)
        found = list(organisations.listing().filter(pk__in=near))
        towns = search.towns_of(found)
        hits += [(near[o.pk], search.organisation_hit(o, town=towns.get(o.pk, ""))) for o in found]
    if user.has_perm("crm.view_person"):
        near = _nearest(Person.objects.all(), words)
        hits += [(near[hit.pk], hit) for hit in search.person_hits(Person.objects.filter(pk__in=near))]
    return [hit for _distance, hit in sorted(hits, key=lambda pair: (pair[0], pair[1].title))[:SHOWN]]


def _nearest(queryset: QuerySet[Any, Any], words: list[str]) -> dict[int, int]:
    """The typing errors between what was typed and each of the nearest names, by id.

    An error leaves one half of a word as it was, so only names with such a half at the right end are looked at.
    """
    halves = [
        half
        for word in words
        if len(word) >= _SHORTEST
        for half in (f" {word[: len(word) // 2]}", f"{word[len(word) // 2 :]} ")
    ]
    keys = containing.any_of(queryset, halves).values_list("pk", "search_key")[:_MOST_NAMES]
    measured = {pk: _errors(words, key) for pk, key in keys}
    near = sorted((errors, pk) for pk, errors in measured.items() if errors is not None)
    return {pk: errors for errors, pk in near[:SHOWN]}


def _errors(words: list[str], key: str) -> int | None:
    """The typing errors in all words together; None when one of them is not nearly there."""
    there, total = key.split(), 0
    for word in words:
        if f" {word}" in key:
            continue
        most = 0 if len(word) < _SHORTEST else 1 if len(word) < _LONG else 2
        fewest = min((OSA.distance(word, other, score_cutoff=most) for other in there), default=most + 1)
        if fewest > most:
            return None
        total += fewest
    return total
