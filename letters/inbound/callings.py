"""What the organisation behind a message may be called: by its last lines, the name of its sender, and its domain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from crm.dutch.folding import fold

_LAST_LINES: Final = 4
# Longer lines are sentences; a name inside one says little about who wrote it.
_MOST_WORDS: Final = 8
_LONGEST_NAME: Final = 5
_BEFORE: Final = frozenset({
    "bestuur", "bestuurslid", "de", "fractie", "fractievoorzitter", "het", "namens", "partij", "penningmeester",
    "raadslid", "secretaris", "voorzitter", "woordvoerder",
})  # fmt: skip
_SEPARATORS: Final = re.compile(r"[,;|/()•·]| [-–—] ")


def under(text: str) -> frozenset[str]:
    """What the last lines of a text may call an organisation, folded and without spaces."""
    lines = [line for line in text.splitlines() if fold(line)][-_LAST_LINES:]
    return frozenset(one for line in lines for piece in _SEPARATORS.split(line) for one in _names(piece))


def of_names(names: Iterable[str]) -> frozenset[str]:
    """The same of the names that senders go by: an organisation writes under its own name too."""
    return frozenset(filter(None, (_joined(fold(name).split()) for name in names)))


def of_domain(domain: str) -> frozenset[str]:
    """The same of a domain: what stands before the last dot, whole and each part of it."""
    labels = [_joined(fold(label).split()) for label in domain.split(".")[:-1]]
    return frozenset(one for one in (*labels, "".join(labels)) if len(one) > 1)


def _names(piece: str) -> Iterator[str]:
    words = fold(piece).split()
    if not words or len(words) > _MOST_WORDS:
        return
    yield _joined(words)
    # "Voorzitter Grachten en Wijken": a name of one word counts only when nothing else stands beside it.
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
        yield _joined(words)
    for start in range(len(words)):
        for end in range(start + 2, min(start + _LONGEST_NAME, len(words)) + 1):
            yield _joined(words[start:end])


def _joined(words: Iterable[str]) -> str:
    return "".join(words)
