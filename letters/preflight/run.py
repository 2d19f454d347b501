"""The last look as a whole: all rules, in the order in which one would mend things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from crm.checking.findings import Finding, Severity
from letters.preflight.draft import OWN_SPOT, Draft
from letters.preflight.rules import (
    asks,
    contact,
    counts,
    enclosures,
    figures,
    promises,
    recipients,
    salutation,
    subject,
    technical,
    wording,
)
from letters.preflight.wording import listed

_RULES: Final[tuple[Callable[[Draft], Iterable[Finding]], ...]] = (
    enclosures.check,
    contact.check,
    subject.check,
    technical.check,
    recipients.check,
    salutation.check,
    wording.check,
    promises.check,
    figures.check,
    counts.check,
    asks.check,
)
# In which order findings of equal weight are shown: what is missing, what the reader sees first, then the wording.
CODES: Final = (
    "enclosure_missing",
    "contact_line_empty",
    "subject_missing",
    "reply_address_missing",
    "sender_missing",
    "unknown_field",
    "unknown_glyph",
    "recipients_missing",
    "may_not_write",
    "address_shared",
    "text_too_long",
    "salutation_impersonal",
    "salutation_for_one",
    "near_miss",
    "promise_without_date",
    "figure_without_source",
    "figure_differs",
    "count_differs",
    "mandate_ended",
    "party_without_letter",
    "address_missing",
    "address_outside_window",
    "split_compound",
    "thousands_separator",
    "spelling",
    "language_tip",
    "ask_without_sentence",
)
_WEIGHT: Final = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.TIP: 2}


def examine(draft: Draft) -> tuple[Finding, ...]:
    """All that can be said about a letter: what blocks first, then warnings, then tips; the same each time."""
    found = [
        _naming(draft, finding) for finding in _once(finding for check in _RULES for finding in check(draft))
    ]
    return tuple(sorted(found, key=lambda finding: (_WEIGHT[finding.severity], CODES.index(finding.code))))


def _once(found: Iterable[Finding]) -> Iterator[Finding]:
    """What one recipient's own words have in common with the text or with another's is told once."""
    told: set[tuple[str, tuple[str, ...]]] = set()
    for finding in found:
        key = (finding.code, finding.quotes)
        if not (finding.spot.startswith(OWN_SPOT) and key in told):
            yield finding
        told.add(key)


def _naming(draft: Draft, finding: Finding) -> Finding:
    """The finding with the names of those in whose own words it stands, when it is about these."""
    own = [
        (note.name, " ".join(" ".join(passage.text for passage in (salutation, *paragraphs)).split()))
        for note, salutation, paragraphs in draft.own_words_of
        if finding.spot.startswith(OWN_SPOT)
    ]
    names = [name for name, text in own if any(quote in text for quote in finding.quotes)]
    return replace(finding, advice=f"Bij {listed(names)}: {finding.advice}") if names else finding
