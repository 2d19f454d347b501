"""What is known about a sending besides the words of the issue."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Circumstances:
    """``before`` is how many got the last issue, None without one. ``has_basis``: whether everybody in the segment
    agreed to get it. ``is_tested``: whether a test went since the last change; ``was_sent``: whether the very same
    went before. ``dead`` and ``unpublished`` are addresses in it, with what is wrong. ``scheduled_for`` is local time.
    """

    recipients: int
    before: int | None = None
    has_basis: bool = True
    is_tested: bool = True
    was_sent: bool = False
    sender: str = ""
    authenticated_domains: frozenset[str] | None = None
    dead: Mapping[str, str] = field(default_factory=dict)
    unpublished: Mapping[str, str] = field(default_factory=dict)
    scheduled_for: datetime.datetime | None = None
