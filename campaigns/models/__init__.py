"""Nouns of what we ask for and what we can show."""

from .facts import Fact
from .publications import Publication

__all__ = ["Fact", "Publication"]
