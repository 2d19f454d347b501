"""The proof of dispatch (verzendbewijs): what went to whom, when, and which bytes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from crm.dutch.dates import HERE
from letters.render.house import PRESS, cell, counted, line, moment_in_words

_SHORT = 12


@dataclass(frozen=True, slots=True)
class Approval:
    """Who agreed to the letter, and when (aware)."""

    name: str
    at: datetime


class Outcome(Enum):
    """What became of one attempt. What came back did leave; ``NO_ADDRESS`` is an addressee to whom nothing could go."""

    LEFT = auto()
    CAME_BACK = auto()
    TO_POST = auto()
    NOT_SENT = auto()
    NO_ADDRESS = auto()


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One attempt for one addressee. Without ``address`` nothing was sent at all.

    ``channel`` ("e-mail", "post") and ``state`` ("bezorgd") are in words; ``at`` (aware) is when that state
    was reached; ``sha256`` is that of the frozen PDF and ``message_sha256`` that of the e-mail message, 64 hexadecimal
    digits. ``number`` is that of the envelope, None when there is none. ``sent_again``: a later row has the same
    addressee, and that one counts.
    """

    number: int | None
    organisation: str
    addressee: str
    channel: str
    address: str
    state: str
    outcome: Outcome
    sent_again: bool = False
    at: datetime | None = None
    sha256: str | None = None
    message_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The dispatch of one letter, as it stood at ``made_at`` (aware); ``version_hash`` names the approved text."""

    subject: str
    reference: str
    sender_name: str
    version_hash: str
    frozen_at: datetime
    approvals: tuple[Approval, ...]
    rows: tuple[ProofRow, ...]
    made_at: datetime


def render_proof(proof: Proof) -> bytes:
    """The proof as PDF/UA-1, the same bytes for the same values; raises ``TypesettingError``."""
    return PRESS.pdf(
        "proof.typ", _values(proof), dated_on=proof.made_at.astimezone(HERE).date(), mark_missing=True
    )


def _values(proof: Proof) -> dict[str, object]:
    title = f"Verzendbewijs {line(proof.reference)}".strip()
    return {
        "title": title,
        "footer": f"{title}, opgemaakt op {moment_in_words(proof.made_at)}",
        "facts": [
            ["Brief", line(proof.subject)],
            ["Kenmerk", line(proof.reference)],
            ["Afzender", line(proof.sender_name)],
            ["Vastgelegd", moment_in_words(proof.frozen_at)],
            ["Akkoord", "; ".join(_approval(approval) for approval in proof.approvals) or "niet nodig"],
            ["Versie", proof.version_hash],
            ["Verzonden", _summary(proof.rows)],
            *_apart(proof.rows),
        ],
        "rows": [_row(row) for row in proof.rows],
        "hashes": [line for row in proof.rows for line in _hashes(row)],
    }


def _approval(approval: Approval) -> str:
    return f"{line(approval.name)} op {moment_in_words(approval.at)}"


def _row(row: ProofRow) -> dict[str, object]:
    return {
        "cells": [
            str(row.number or ""),
            cell(row.organisation),
            cell(row.addressee),
            cell(row.channel),
            "geen adres" if row.outcome is Outcome.NO_ADDRESS else cell(row.address),
            cell(row.state),
            moment_in_words(row.at) if row.at else "",
            (row.sha256 or "")[:_SHORT],
        ],
        "gap": not row.address,
    }


def _hashes(row: ProofRow) -> list[list[str]]:
    """A line for the PDF, and one for the e-mail message that carried it."""
    files = [("brief (pdf)", row.sha256), ("e-mailbericht", row.message_sha256)]
    return [[str(row.number or ""), cell(row.organisation), what, sha256] for what, sha256 in files if sha256]


def _summary(rows: tuple[ProofRow, ...]) -> str:
    """``15 van 17 geadresseerden: 14 per e-mail, 1 per post``: each addressee once, by the last attempt."""
    last = [row for row in rows if not row.sent_again]
    left = [row for row in last if row.outcome in (Outcome.LEFT, Outcome.CAME_BACK)]
    channels = Counter(line(row.channel) for row in left)
    total = f"{len(left)} van {counted(len(last), 'geadresseerde', 'geadresseerden')}"
    parts = [f"{number} per {channel}" for channel, number in channels.items()]
    return f"{total}: {', '.join(parts)}" if parts else total


def _apart(rows: tuple[ProofRow, ...]) -> list[list[str]]:
    """Whoever the letter did not reach, each kind on a line of its own."""
    last = [row for row in rows if not row.sent_again]
    names = {
        "Nog te posten": [row.organisation for row in last if row.outcome is Outcome.TO_POST],
        "Niet verzonden": [f"{r.organisation} ({r.state})" for r in last if r.outcome is Outcome.NOT_SENT],
        "Kwam terug": [
            f"{row.organisation} ({row.channel}{', daarna een ander adres' if row.sent_again else ''})"
            for row in rows
            if row.outcome is Outcome.CAME_BACK
        ],
        "Geen adres": [row.organisation for row in last if row.outcome is Outcome.NO_ADDRESS],
    }
    return [[label, line(", ".join(found))] for label, found in names.items() if found]
