"""Why something is thought of a message: a code, with what is needed to say it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. ``wording`` says which codes there are, and how they read."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
