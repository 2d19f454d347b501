"""The reference of a letter (kenmerk): ``2025-014 K``, year, number, and a letter that gives typing errors away.

The check letter is a sum of the digits, each with its own weight, modulo 17. The weights are powers of 3 counted from
the right. As 17 is prime and 3 generates all its remainders, no weight is zero and no two within sixteen places
are equal: every wrong digit changes the letter, and so does every exchange of two digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

# Seventeen letters that nobody takes for a digit or for each other: no B, D, G, I, O, Q, S, U, Z.
ALPHABET: Final = "ACEFHJKLMNPRTVWXY"
_GENERATOR: Final = 3
# Starting here, number 14 of 2025, the example of the guides, has the letter K.
_START: Final = 12

_EXACT: Final = re.compile(rf"([1-9][0-9]{{3}})-([0-9]{{3,}}) ([{ALPHABET}])")
_RUNNING: Final = re.compile(
    rf"(?<![\w-])([1-9][0-9]{{3}})\s?[-‐‑–]\s?([0-9]{{3,9}})\s?([{ALPHABET}])(?![\w-])", re.IGNORECASE
)
_MEANT: Final = re.compile(r"([1-9][0-9]{3})\s?[-‐‑–]\s?([0-9]{1,9})\s?([A-Za-z]?)")
_TOKEN: Final = re.compile(r"[^\W_]+")
_JOINT: Final = re.compile(r"\s?[-‐‑–—/]?\s?")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A reference whose check letter is right: the ``number``-th letter of ``year``."""

    year: int
    number: int

    def __str__(self) -> str:
        return issue(self.year, self.number)


def issue(year: int, number: int) -> str:
    """The reference of the ``number``-th letter of ``year`` (four digits). Raises ``ValueError`` outside that."""
    if not 1000 <= year <= 9999 or number < 1:
        raise ValueError(f"A reference needs a year of four digits and a number from 1: {year}, {number}.")
    return f"{year}-{number:03} {_check_letter(f'{year}{number:03}')}"


def parse(text: str) -> Reference | None:
    """The reference that this text is, exactly as issued; None for anything else, and for a wrong check letter."""
    found = _EXACT.fullmatch(text)
    return _verified(*found.groups()) if found else None


def complete(text: str) -> str | None:
    """The reference that is meant by ``2025-014``, ``2025-14`` or ``2025-014k``, in full; None for any other text.

    A check letter that is wrong is not mended: it gives away that something else is wrong too.
    """
    found = _MEANT.fullmatch(text.strip())
    if found is None or int(found[2]) < 1:
        return None
    right = issue(int(found[1]), int(found[2]))
    return right if (found[3] or right[-1]).upper() == right[-1] else None


def find(text: str) -> list[Reference]:
    """The references in a running text, each once, in order; also in lower case, with a dash, without the space.

    Only those whose check letter is right. Whether such a letter was ever sent is for the caller to know.
    """
    found = (_verified(*match.groups()) for match in _RUNNING.finditer(text))
    return list(dict.fromkeys(reference for reference in found if reference))


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that stands in ``text``, at most one typing error away; None for none or for several.

    An error is one character wrong, missing (also the check letter) or too many, or two neighbours exchanged. Hyphens
    and spaces do not count. What is a valid reference itself is never taken for a mistyped other one.
    """
    compacts = {_compact(reference): reference for reference in known}
    candidates = set(_candidates(text))
    if right := {compacts[candidate] for candidate in candidates if candidate in compacts}:
        return right.pop() if len(right) == 1 else None
    near = {
        reference
        for candidate in candidates
        if not _is_valid(candidate)
        for compact, reference in compacts.items()
        if OSA.distance(candidate, compact, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def _check_letter(digits: str) -> str:
    total = sum(int(digit) * pow(_GENERATOR, place, 17) for place, digit in enumerate(reversed(digits)))
    return ALPHABET[(total + _START) % 17]


def _verified(year: str, number: str, letter: str) -> Reference | None:
    if int(number) < 1 or issue(int(year), int(number)) != f"{year}-{number} {letter.upper()}":
        return None
    return Reference(int(year), int(number))


def _compact(text: str) -> str:
    return "".join(_TOKEN.findall(text)).upper()


def _is_valid(compact: str) -> bool:
    return parse(f"{compact[:4]}-{compact[4:-1]} {compact[-1:]}") is not None


def _candidates(text: str) -> Iterable[str]:
    """Runs of one to three neighbouring words that could be a reference, closed up and in capitals."""
    tokens = list(_TOKEN.finditer(text))
    for first in range(len(tokens)):
        for last in range(first, min(first + 3, len(tokens))):
            if last > first and not _JOINT.fullmatch(text[tokens[last - 1].end() : tokens[last].start()]):
                break
            run = text[tokens[first].start() : tokens[last].end()]
            compact = _compact(run)
            # A bare row of digits is a telephone number as easily.
            if len(compact) >= 7 and sum(map(str.isdigit, compact)) >= 5 and not run.isdigit():
                yield compact
