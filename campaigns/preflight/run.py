"""The whole last look at an issue."""

from __future__ import annotations

from campaigns.mjml.issue import Issue
from campaigns.mjml.render import Mail
from crm.checking.findings import Finding, Severity

from . import addresses, sending, words
from .circumstances import Circumstances


def look(issue: Issue, mail: Mail, known: Circumstances) -> tuple[Finding, ...]:
    """Everything there is to say; what stops the sending first, then from top to bottom."""
    found = [
        *words.found_in(issue),
        *addresses.found_in(issue, known),
        *sending.found_in(issue, mail, known),
    ]
    return tuple(sorted(found, key=lambda one: one.severity is not Severity.BLOCK))
