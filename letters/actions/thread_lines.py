"""Lines about a letter to one recipient: on the timeline of the letter, and of who got it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crm.actions.action import Actor, record
from letters.models import Recipient
from letters.queries.subjects import holders


def tell(
    code: str, recipient: Recipient, *, by: Actor, at: datetime | None = None, **parameters: Any
) -> None:
    """Write one line, with the letter and the name of the recipient beside ``parameters``."""
    record(
        code,
        by=by,
        on=holders(recipient),
        happened_at=at,
        letter=str(recipient.letter),
        recipient=recipient.name,
        **parameters,
    )
