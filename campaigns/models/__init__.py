"""Nouns of what we ask for, what was said about it, what we can show, and who reads our newsletter."""

from .asks import Ask
from .campaigns import Campaign
from .claims import Claim, Position, Voice
from .facts import Fact
from .publications import Publication
from .sign_up_lists import SignUpList
from .subscribers import NewsletterGroup, SignUp, Subscriber, SubscriberState

__all__ = [
    "Ask",
    "Campaign",
    "Claim",
    "Fact",
    "NewsletterGroup",
    "Position",
    "Publication",
    "SignUp",
    "SignUpList",
    "Subscriber",
    "SubscriberState",
    "Voice",
]
