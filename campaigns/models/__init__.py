"""Nouns of what we ask for, what was said about it, what we can show, and who reads our newsletter."""

from .asks import Ask
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
    "Campaign",
    "Claim",
    "Fact",
    "Mailing",
    "MailingState",
    "NewsletterGroup",
    "Position",
    "Problem",
    "Publication",
    "Result",
    "ResultLink",
    "SignUp",
    "SignUpList",
    "Subscriber",
    "SubscriberState",
    "TrialMail",
    "Voice",
]
