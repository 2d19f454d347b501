"""Nouns of the address book, of outgoing mail and of what every room shares."""

from .approvals import Approval, ApprovalRound, RoundState, Verdict
from .consents import ConsentEntry, Decision, WritingPurpose
from .contact_points import Channel, ContactPoint, ContactStatus, Purpose
from .due_lines import DueLine, Settled
from .elections import Election, SeatCount, Term
from .follow_ups import FollowUp
from .frozen_files import FrozenFile
from .interactions import Interaction, InteractionKind
from .mail_workers import MailWorker
from .mandates import Mandate, Post
from .network import Network
from .organisations import (
    Article,
    InitiativeStage,
    Lineage,
    LineageKind,
    Organisation,
    OrganisationKind,
    OrganisationName,
)
from .outgoing import MailStoppage, OutgoingMessage, OutgoingState
from .people import Person
from .periodic import PeriodicRun
from .recesses import Recess
from .segments import AddressState, Segment, SegmentSubject
from .signed_links import SignedLink
from .themes import Level, Tag, Theme
from .timeline import TimelineEntry
from .users import User

__all__ = [
    "AddressState",
    "Approval",
    "ApprovalRound",
    "Article",
    "Channel",
    "ConsentEntry",
    "ContactPoint",
    "ContactStatus",
    "Decision",
    "DueLine",
    "Election",
    "FollowUp",
    "FrozenFile",
    "InitiativeStage",
    "Interaction",
    "InteractionKind",
    "Level",
    "Lineage",
    "LineageKind",
    "MailStoppage",
    "MailWorker",
    "Mandate",
    "Network",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "OutgoingMessage",
    "OutgoingState",
    "PeriodicRun",
    "Person",
    "Post",
    "Purpose",
    "Recess",
    "RoundState",
    "SeatCount",
    "Segment",
    "SegmentSubject",
    "Settled",
    "SignedLink",
    "Tag",
    "Term",
    "Theme",
    "TimelineEntry",
    "User",
    "Verdict",
    "WritingPurpose",
]
