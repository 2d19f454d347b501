"""The search of Wagtail's own lists, which takes whatever people type for words.

SQLite reads a quotation mark as a part of its query language, and answers with an error where the software below forgot
to tell it otherwise; the rest of what has a meaning there (*, AND, brackets) is words already.
"""

from __future__ import annotations

from typing import Any, Final

from modelsearch.backends.base import BaseSearchBackend, BaseSearchResults
from modelsearch.query import MATCH_ALL, And, Not, Or, Phrase, PlainText, SearchQuery
from wagtail.search.backends import database

MATCH_NONE: Final = Not(MATCH_ALL)


def words(query: str) -> str:
    """What can be looked for in what was typed: the words with a letter or a digit in them."""
    plain = "".join(letter if letter.isprintable() and letter != '"' else " " for letter in query)
    return " ".join(word for word in plain.split() if any(map(str.isalnum, word)))


def plain(query: SearchQuery) -> SearchQuery:
    """The same question with words alone; one without any word asks for nothing."""
    if isinstance(query, PlainText):
        text = words(query.query_string)
        return PlainText(text, operator=query.operator, boost=query.boost) if text else MATCH_NONE
    if isinstance(query, Phrase):
        text = words(query.query_string)
        return Phrase(text) if text else MATCH_NONE
    if isinstance(query, And | Or):
        parts = [part for part in map(plain, query.subqueries) if part is not MATCH_NONE]
        return type(query)(parts) if parts else MATCH_NONE
    return query


class PlainWords:
    """Mixed into a backend of Wagtail: looks for the words of a query, and finds nothing where there are none."""

    def _search(self, compiler: type, query: Any, *args: Any, **options: Any) -> BaseSearchResults:
        asked = words(query) if isinstance(query, str) else plain(query)
        if asked is MATCH_NONE:
            asked = ""
        return super()._search(compiler, asked, *args, **options)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """The backend that fits the database; Wagtail looks for it by this name."""
    fitting = type(database.SearchBackend(params))
    return type(fitting.__name__, (PlainWords, fitting), {})(params)
