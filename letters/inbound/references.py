"""The reference of a letter (kenmerk) in a message: printed as it was issued, or with one typing error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crm.dutch import references
from crm.dutch.references import ALPHABET
from letters.inbound.incoming import Incoming
from letters.inbound.quoting import Reply

MOST_CHARACTERS: Final = 100_000
MOST_CANDIDATES: Final = 60
_DIGITS: Final = "0123456789"
_TOKEN: Final = re.compile(r"[^\W_]+")
_JOINT: Final = re.compile(r"\s?[-‐‑–—/.]?\s?")
_LABELLED: Final = re.compile(
    r"(?:kenmerk|referentie|reference|\bref\b|onderwerp|betreft|subject|betreff)[^\n]{0,200}", re.IGNORECASE
)
# A letter of this century, with a number that a network can reach.
_SHAPE: Final = re.compile(rf"(20[0-9]{{2}})([0-9]{{3,5}})([{ALPHABET}])")


class Where(StrEnum):
    """Where a reference stands, the most telling place first."""

    SUBJECT = "subject"
    OWN = "own"
    # Under "Kenmerk:" or as the subject of what they quote, or in the name of a file.
    LABELLED = "labelled"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Found:
    """A reference as it was issued, with a right check letter; whether we ever sent such a letter is not known here."""

    reference: str
    where: Where


@dataclass(frozen=True, slots=True)
class Near:
    """Something written that is one error away from each of these references."""

    written: str
    possible: frozenset[str]


def find(incoming: Incoming, reply: Reply) -> tuple[Found, ...]:
    """The references in the message, each once, at the most telling place."""
    names = "\n".join(one.name for one in incoming.attachments)
    found: dict[str, Where] = {}
    for where, text in (
        (Where.SUBJECT, incoming.subject),
        (Where.OWN, f"{reply.own}\n{reply.signature}"),
        (Where.LABELLED, "\n".join([*_LABELLED.findall(reply.quoted[:MOST_CHARACTERS]), names])),
        (Where.QUOTED, reply.quoted),
    ):
        for reference in references.find(text[:MOST_CHARACTERS]):
            found.setdefault(str(reference), where)
    return tuple(Found(reference, where) for reference, where in found.items())


def near(incoming: Incoming, reply: Reply) -> tuple[Near, ...]:
    """What could be a mistyped reference: a character wrong, missing (also the check letter), too many, or exchanged.

    What is a valid reference itself is never taken for a mistyped other one.
    """
    text = "\n".join((incoming.subject, reply.own, *_LABELLED.findall(reply.quoted[:MOST_CHARACTERS])))
    written: dict[str, str] = {}
    for run, compact in _candidates(text[:MOST_CHARACTERS]):
        written.setdefault(compact, run)
        if len(written) == MOST_CANDIDATES:
            break
    possible = {
        one: frozenset(filter(None, map(_issued, _one_off(one)))) for one in written if not _issued(one)
    }
    return tuple(Near(written[one], issued) for one, issued in possible.items() if issued)


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    """Runs of one to three neighbouring words that could be a reference: as written, and closed up in capitals."""
    tokens = list(_TOKEN.finditer(text))
    skipped_to = 0
    for first, token in enumerate(tokens):
        # A reference begins with its year; one error in it leaves one of these two characters.
        if first < skipped_to or not any(character.isdigit() for character in token[0][:2]):
            continue
        runs: list[tuple[str, str]] = []
        for last in range(first, min(first + 3, len(tokens))):
            if last > first and not _JOINT.fullmatch(text[tokens[last - 1].end() : tokens[last].start()]):
                break
            run = text[token.start() : tokens[last].end()]
            compact = "".join(_TOKEN.findall(run)).upper()
            if _issued(compact):
                runs, skipped_to = [], last + 1
                break
            # A bare row of digits is a telephone number as easily.
            if 7 <= len(compact) <= 11 and sum(map(str.isdigit, compact)) >= 6 and not run.isdigit():
                runs.append((" ".join(run.split()), compact))
        yield from runs


def _issued(compact: str) -> str:
    shape = _SHAPE.fullmatch(compact)
    issued = f"{shape[1]}-{shape[2]} {shape[3]}" if shape else ""
    return issued if issued and references.parse(issued) else ""


def _one_off(text: str) -> Iterator[str]:
    """Every text that one typing error makes into this one, with digits and at the end a letter as references have."""
    for at in range(len(text) + 1):
        before, rest = text[:at], text[at:]
        for character in _DIGITS if rest else ALPHABET:
            yield before + character + rest
        if rest:
            yield before + rest[1:]
            for character in _DIGITS if len(rest) > 1 else ALPHABET:
                yield before + character + rest[1:]
        if len(rest) > 1:
            yield before + rest[1] + rest[0] + rest[2:]
