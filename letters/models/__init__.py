"""Nouns of what we write and send."""

from .approval_rules import ApprovalRule
from .dispatches import Dispatch, PostState, PrintBatch
from .letterheads import Letterhead, Window
from .letters import (
    AcceptedFinding,
    Enclosure,
    Letter,
    LetterKind,
    LetterState,
    LetterVersion,
    Signatory,
)
from .recipients import Recipient
from .standard_texts import StandardText

__all__ = [
    "AcceptedFinding",
    "ApprovalRule",
    "Dispatch",
    "Enclosure",
    "Letter",
    "LetterKind",
    "LetterState",
    "LetterVersion",
    "Letterhead",
    "PostState",
    "PrintBatch",
    "Recipient",
    "Signatory",
    "StandardText",
    "Window",
]
