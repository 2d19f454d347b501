"""The proof of dispatch (verzendbewijs): what went to whom, when, and which bytes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from crm.dutch.dates import HERE
from letters.render.house import PRESS, cell, counted, line, moment_in_words

_SHORT = 12


@dataclass(frozen=True, slots=True)
class Approval:
    """Who agreed to the letter, and when (aware)."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One addressee. Without ``address`` it is a gap: nothing could be sent.

    ``channel`` ("e-mail", "post") and ``state`` ("bezorgd") are in words; ``at`` (aware) is when that state
    was reached; ``sha256`` is that of the frozen PDF, 64 hexadecimal digits.
    """

    number: int
    organisation: str
    addressee: str
    channel: str
    address: str
    state: str
    at: datetime | None = None
    sha256: str | None = None


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
    return PRESS.pdf("proof.typ", _values(proof), dated_on=proof.made_at.astimezone(HERE).date())


def _values(proof: Proof) -> dict[str, object]:
    title = f"Verzendbewijs {line(proof.reference)}".strip()
    gaps = [row.organisation for row in proof.rows if not row.address]
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
            *([["Geen adres", line(", ".join(gaps))]] if gaps else []),
        ],
        "rows": [_row(row) for row in proof.rows],
        "hashes": [[str(row.number), cell(row.organisation), row.sha256] for row in proof.rows if row.sha256],
    }


def _approval(approval: Approval) -> str:
    return f"{line(approval.name)} op {moment_in_words(approval.at)}"


def _row(row: ProofRow) -> dict[str, object]:
    return {
        "cells": [
            str(row.number),
            cell(row.organisation),
            cell(row.addressee),
            cell(row.channel),
            cell(row.address) or "geen adres",
            cell(row.state),
            moment_in_words(row.at) if row.at else "",
            (row.sha256 or "")[:_SHORT],
        ],
        "gap": not row.address,
    }


def _summary(rows: tuple[ProofRow, ...]) -> str:
    """``17 geadresseerden: 14 per e-mail, 2 per post, 1 zonder adres``."""
    channels = Counter(line(row.channel) for row in rows if row.address)
    parts = [f"{number} per {channel}" for channel, number in channels.items()]
    without = sum(not row.address for row in rows)
    if without:
        parts.append(f"{without} zonder adres")
    total = counted(len(rows), "geadresseerde", "geadresseerden")
    return f"{total}: {', '.join(parts)}" if parts else total
