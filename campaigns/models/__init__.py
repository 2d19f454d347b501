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
from .mailings import Mailing, MailingState, Problem, TrialMail
from .publications import Publication
from .results import Result, ResultLink
from .sign_up_lists import SignUpList
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
    "Mailing",
    "MailingState",
    "MemberStatus",
    "NewsletterGroup",
    "Position",
    "Problem",
    "Publication",
    "Refusal",
    "Result",
    "ResultLink",
    "SignUp",
    "SignUpList",
    "Step",
    "Subscriber",
    "SubscriberState",
    "SyncKind",
    "SyncRun",
    "SyncState",
    "TrialMail",
    "Voice",
]
