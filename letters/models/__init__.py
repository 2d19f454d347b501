"""Nouns of what we write and send."""

from .agendas import Agenda, AgendaItem, AgendaSection
from .answers import Answer
from .approval_rules import ApprovalRule
from .causes import Cause
from .commitments import Commitment, CommitmentChange, CommitmentParty, CommitmentState, Side
from .dispatches import Dispatch, PostState, PrintBatch
from .incoming import (
    IncomingGuess,
    IncomingKind,
    IncomingMessage,
    IncomingPlace,
    IncomingState,
    Sighting,
)
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
from .mailboxes import MailboxFolder, MailboxProblem
from .meetings import Meeting
from .papers import Paper
from .public_copies import PublicCopy
from .recipients import Recipient
from .replies import Reply, ReplyFile
from .standard_texts import StandardText
from .talks import Talk

__all__ = [
    "AcceptedFinding",
    "Agenda",
    "AgendaItem",
    "AgendaSection",
    "Answer",
    "ApprovalRule",
    "Cause",
    "Commitment",
    "CommitmentChange",
    "CommitmentParty",
    "CommitmentState",
    "Dispatch",
    "Enclosure",
    "IncomingGuess",
    "IncomingKind",
    "IncomingMessage",
    "IncomingPlace",
    "IncomingState",
    "Letter",
    "LetterKind",
    "LetterState",
    "LetterVersion",
    "Letterhead",
    "MailboxFolder",
    "MailboxProblem",
    "Meeting",
    "Paper",
    "PostState",
    "PrintBatch",
    "PublicCopy",
    "Recipient",
    "Reply",
    "ReplyFile",
    "Side",
    "Sighting",
    "Signatory",
    "StandardText",
    "Talk",
    "Window",
]
