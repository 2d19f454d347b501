"""Small pieces of Dutch for the advice of the rules."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str], most: int = 4) -> str:
    """``SP, D66 en Volt``; of many names the first, and how many more."""
    if len(names) > most:
        return f"{', '.join(names[:most])} en {len(names) - most} andere"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} en {names[-1]}"
