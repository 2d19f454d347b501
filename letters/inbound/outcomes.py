"""What becomes of a message when it is taken in."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """It goes to a letter, waits for a person, or is set aside; and why."""

    PLACED = "placed"
    # A person says where it belongs, with what we think beside it or without.
    GUESSED = "guessed"
    UNKNOWN = "unknown"
    # Set aside. A message of a program that leads nowhere asks nothing of anybody.
    PASSED_OVER = "passed_over"
    SPAM = "spam"
    # It came in before by another road, or the outbox sent it.
    DOUBLED = "doubled"
    COPY = "copy"
