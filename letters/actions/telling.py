"""What a line of letters on the timeline keeps beside names and numbers: codes, as ``crm.actions.telling`` does.

``letters.timeline`` gives them their words when the line is shown.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import models

from crm.actions.telling import Told
from letters.models import ApprovalRule, Cause, IncomingMessage
from letters.queries import causes


def cause(why: Cause, parts: Collection[str] = ()) -> Told:
    """Why something ended by itself; ``parts`` as in ``causes.kept``."""
    return {"cause": causes.kept(why, parts)}


def named(supply: models.Model) -> Told | str:
    """What letters are made with, by its name; a rule by the kind of letter and how many must agree."""
    return {"rule": [supply.kind, supply.quorum]} if isinstance(supply, ApprovalRule) else str(supply)


def subject(message: IncomingMessage) -> Told:
    """What a message is about, by its own words; also for one that says nothing."""
    return {"subject": message.subject}
