"""Nouns of what we ask for, what was said about it, and what we can show."""

from .asks import Ask
from .campaigns import Campaign
from .claims import Claim, Position, Voice
from .facts import Fact
from .publications import Publication

__all__ = ["Ask", "Campaign", "Claim", "Fact", "Position", "Publication", "Voice"]
