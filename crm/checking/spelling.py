"""Spelling that can be told for certain: words typed apart, points in large figures, e-mail words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from crm.checking import compounds
from crm.checking.findings import Finding, Fix, Severity
from crm.checking.passages import Passage, Span
from crm.dutch import numbers

_MOST_FINDINGS: Final = 40


def find(passages: Sequence[Passage], own_words: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Warnings ``split_compound``, ``thousands_separator`` and ``spelling``, in that order, one for each wording."""
    kinds = (
        ("split_compound", compounds.find(passages, own_words)),
        ("thousands_separator", _thousands(passages)),
        ("spelling", _mail_words(passages)),
    )
    return tuple(finding for code, found in kinds for finding in _findings(code, found))


def _findings(code: str, found: Iterable[tuple[Span, str, str]]) -> list[Finding]:
    """The findings for ``(where, right, advice)``; the same words again only raise the count."""
    first: dict[str, tuple[Span, str, str]] = {}
    counts: dict[str, int] = {}
    for span, right, advice in found:
        wording = " ".join(span.text.split())
        counts[wording] = counts.get(wording, 0) + 1
        first.setdefault(wording, (span, right, advice))
    return [
        Finding(
            code,
            Severity.WARN,
            (wording,),
            advice,
            span.spot,
            span.line,
            (Fix(wording, right, counts[wording]),),
        )
        for wording, (span, right, advice) in list(first.items())[:_MOST_FINDINGS]
    ]


# --- Large figures ---

_BARE: Final = re.compile(r"(?<![0-9.,])[0-9]{5,}(?![0-9.])")


def _thousands(passages: Sequence[Passage]) -> Iterator[tuple[Span, str, str]]:
    for passage in passages:
        for figure in passage.quantities:
            for bare in _BARE.finditer(figure.quantity.text):
                start = figure.span.start + bare.start()
                right = numbers.grouped(int(bare[0]))
                yield Span(passage, start, start + len(bare[0])), right, right


# --- E-mail and its like (Woordenlijst Nederlandse Taal: a single letter takes a hyphen) ---

_MAIL: Final = re.compile(
    r"(?<![\w@.-])(?:(?P<e>e)(?P<rest>mail(?!l[ei])(?:s|en|tje|tjes|adres|adressen|bericht|berichten|verkeer|box)?"
    r"|books?|bikes?|learning|health)|(?P<apart>e-mail)\s+(?P<noun>adres(?:sen)?|bericht(?:en)?))(?![\w@-])",
    re.IGNORECASE,
)


def _mail_words(passages: Sequence[Passage]) -> Iterator[tuple[Span, str, str]]:
    for passage in passages:
        for found in _MAIL.finditer(passage.readable):
            right = f"{found['e']}-{found['rest']}" if found["e"] else f"{found['apart']}{found['noun']}"
            yield Span(passage, *found.span()), right, right
