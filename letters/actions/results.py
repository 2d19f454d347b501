"""What the outbox found out about a letter, told on the timelines."""

from __future__ import annotations

import re

from crm.actions import contact_points
from crm.actions.action import SYSTEM
from crm.models import OutgoingState
from crm.registries.outgoing import Result
from letters.models import Cause, Dispatch
from letters.queries.dispatches import says_no_such_address

from . import commitments, telling
from .thread_lines import tell

_ENHANCED = re.compile(r"\b([45])\.(\d{1,3})\.(\d{1,3})\b")

_CODES = {
    OutgoingState.ACCEPTED: "letters.sent",
    OutgoingState.REFUSED: "letters.refused",
    OutgoingState.UNCERTAIN: "letters.uncertain",
    OutgoingState.BOUNCED: "letters.bounced",
}


def is_about_the_address(code: int | None, reply: str) -> bool:
    """Whether a refusal blames the address and not our message or server.

    By the enhanced code (RFC 3463: 5.1.x the address, 5.2.1 a closed mailbox; what begins with a 4 passes); without
    one by 550, 551 and 553 (RFC 5321, 4.2.3). A letter that comes back without a reason blames the address too.
    """
    enhanced = _ENHANCED.search(reply)
    if enhanced:
        return enhanced[1] == "5" and (enhanced[2] == "1" or enhanced.group(2, 3) == ("2", "1"))
    return code in (None, 550, 551, 553)


def _reason(reply: str) -> object:
    """Why, in words where we have them; the exact answer of the server stays with the message."""
    if says_no_such_address(reply):
        return telling.cause(Cause.NO_SUCH_ADDRESS)
    return reply or telling.cause(Cause.UNSAID)


def note(result: Result) -> None:
    """Write the event on the timeline of the letter and of the recipient; a refusal marks the address."""
    code = _CODES.get(OutgoingState(result.state))
    dispatch = (
        Dispatch.objects.filter(outgoing_id=result.pk)
        .select_related("letter", "recipient__organisation", "recipient__person", "recipient__contact_point")
        .first()
    )
    if code is None or dispatch is None:
        return
    recipient = dispatch.recipient
    tell(
        code,
        recipient,
        by=result.by,
        at=result.at,
        address=dispatch.address,
        reason=_reason(result.reply),
    )
    if code == "letters.sent":
        commitments.arrived(dispatch)
    elif code in ("letters.refused", "letters.bounced"):
        commitments.came_back(dispatch)
    point = recipient.contact_point
    if (
        code in ("letters.refused", "letters.bounced")
        and point is not None
        and point.value.lower() == dispatch.address.lower()
        and is_about_the_address(result.code, result.reply)
    ):
        contact_points.mark_failing(point=point, by=SYSTEM)
