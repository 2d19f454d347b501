"""What a check says about a text: findings, and the replacements that mend them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class Severity(StrEnum):
    """BLOCK: cannot go out like this. WARN: mend it, or leave it so with a reason. TIP: worth a thought."""

    BLOCK = "block"
    WARN = "warn"
    TIP = "tip"


@dataclass(frozen=True, slots=True)
class Fix:
    """Words to be replaced wherever they stand in the text as whole words: ``count`` times."""

    old: str
    new: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    ``code`` is stable and in English, ``advice`` Dutch with the remedy included; ``quotes`` are words of the text, ()
    when something is not there at all. ``spot`` names the place on screen: "subject", "salutation", "enclosures",
    "recipients", "reply_address", "sign_off", "paragraph-3" and so on. ``line`` is that of the file, None when the
    text is no file. ``about`` has what it is about in words to fill in somewhere, where there are such.
    """

    code: str
    severity: Severity
    quotes: tuple[str, ...]
    advice: str
    spot: str
    line: int | None = None
    fixes: tuple[Fix, ...] = ()
    about: str = ""

    @property
    def times(self) -> int:
        """How often it is there, as far as fixes tell; at least 1."""
        return max(1, sum(fix.count for fix in self.fixes))

    def as_row(self) -> dict[str, Any]:
        """The finding for scripts: plain values that JSON can hold."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "quotes": list(self.quotes),
            "advice": self.advice,
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that are shown together; ``fixes`` is what "Verbeter alles" does for them."""

    title: str
    findings: tuple[Finding, ...]
    fixes: tuple[Fix, ...]


SPELLING_CODES: Final = frozenset({"split_compound", "thousands_separator", "spelling", "language_tip"})


def group_spelling(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], Group | None]:
    """The findings apart from spelling, in their order, and those about spelling as one group; None without any."""
    findings = tuple(findings)
    spelling = tuple(finding for finding in findings if finding.code in SPELLING_CODES)
    others = tuple(finding for finding in findings if finding.code not in SPELLING_CODES)
    if not spelling:
        return others, None
    fixes = dict.fromkeys(fix for finding in spelling for fix in finding.fixes)
    return others, Group("Spelling", spelling, tuple(fixes))


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """The text with the old words replaced by the new, whole words only; any white space may part the old words.

    Longer words go first, so that a fix cannot spoil the words of another. A number is whole when no digit, point or
    comma with a digit touches it.
    """
    by_words = {tuple(fix.old.split()): fix.new for fix in fixes if fix.old.strip()}
    if not by_words:
        return text
    longest_first = sorted(by_words, key=lambda words: -len(" ".join(words)))
    alternatives = "|".join(r"\s+".join(re.escape(word) for word in words) for words in longest_first)
    whole = rf"(?<![\w@/])(?<!\d[.,])(?<!\w[-’'])(?:{alternatives})(?![\w@/])(?![.,]\d)(?![-’']\w)"
    return re.sub(whole, lambda found: by_words[tuple(found[0].split())], text)
