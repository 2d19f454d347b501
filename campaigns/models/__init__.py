"""Nouns of what we ask for, what was said about it, what we can show, and who reads our newsletter."""

from .asks import Ask
from .audience import (
    AudienceLink,
    AudienceMember,
    AudienceProblem,
    HeardEvent,
    MemberStatus,
    Refusal,
    Step,
    SyncKind,
    SyncRun,
    SyncState,
)
from .campaigns import Campaign
from .claims import Claim, Position, Voice
from .facts import Fact
from .publications import Publication
from .subscribers import NewsletterGroup, SignUp, Subscriber, SubscriberState

__all__ = [
    "Ask",
    "AudienceLink",
    "AudienceMember",
    "AudienceProblem",
    "Campaign",
    "Claim",
    "Fact",
    "HeardEvent",
    "MemberStatus",
    "NewsletterGroup",
    "Position",
    "Publication",
    "Refusal",
    "SignUp",
    "Step",
    "Subscriber",
    "SubscriberState",
    "SyncKind",
    "SyncRun",
    "SyncState",
    "Voice",
]
