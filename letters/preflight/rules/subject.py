"""The subject line: what the letter is about, and the title of its PDF."""

from __future__ import annotations

from collections.abc import Iterator

from crm.checking.findings import Finding, Severity
from letters.preflight.draft import Draft


def check(draft: Draft) -> Iterator[Finding]:
    """``subject_missing`` when there is none."""
    if not draft.subject.strip():
        advice = "Zet erboven waar de brief over gaat."
        yield Finding("subject_missing", Severity.BLOCK, (), advice, "subject")
