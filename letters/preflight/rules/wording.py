"""How it is written: our own words, spelling, language."""

from __future__ import annotations

from collections.abc import Iterator

from crm.checking import language, near_misses, spelling
from crm.checking.findings import Finding
from letters.preflight.draft import Draft


def check(draft: Draft) -> Iterator[Finding]:
    """``near_miss``, ``split_compound``, ``thousands_separator``, ``spelling`` and ``language_tip``; each word once."""
    found = (
        *near_misses.find(draft.written, draft.own_words),
        *spelling.find(draft.written, draft.own_words),
    )
    yield from found
    spared = [fix.old for finding in found for fix in finding.fixes]
    yield from language.find(draft.for_all, draft.own_words, spared)
    for _, salutation, paragraphs in draft.own_words_of:
        yield from language.find((salutation, *paragraphs), draft.own_words, spared)
