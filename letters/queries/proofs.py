"""The proof of dispatch of a letter."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import override

from crm.dutch.dates import long_date
from crm.models import Verdict
from letters.models import Letter, PostState
from letters.render.proof import Approval, Proof, ProofRow, render_proof

from . import addressing, approvals, dispatches


def proof(letter: Letter) -> Proof:
    """What went to whom, as it stands now; gaps are named too."""
    round_ = approvals.last_round(letter)
    agreed = (
        round_.approvals.filter(is_current=True, verdict=Verdict.APPROVED).select_related("user")
        if round_
        else ()
    )
    assert letter.frozen_version is not None
    assert letter.frozen_at is not None
    with override("nl"):
        rows = tuple(
            _row(letter, number, row) for number, row in enumerate(dispatches.follow_rows(letter), start=1)
        )
    return Proof(
        subject=letter.subject,
        reference=letter.reference,
        sender_name=letter.letterhead.sender_name,
        version_hash=letter.frozen_version.content_hash,
        frozen_at=letter.frozen_at,
        approvals=tuple(Approval(str(approval.user), approval.decided_at) for approval in agreed),
        rows=rows,
        made_at=timezone.now(),
    )


def _row(letter: Letter, number: int, row: dispatches.FollowRow) -> ProofRow:
    dispatch = row.dispatch
    return ProofRow(
        number=number,
        organisation=row.recipient.name,
        addressee=addressing.to_whom(row.recipient, letter),
        channel=dispatch.get_channel_display() if dispatch else "",
        address=", ".join(dispatch.address.splitlines()) if dispatch else "",
        state=_state(row),
        at=row.moment,
        sha256=dispatch.pdf.sha256 if dispatch else None,
    )


def _state(row: dispatches.FollowRow) -> str:
    """Where it is; of post with the day, as nobody noted an hour."""
    if row.dispatch and row.dispatch.post_state == PostState.POSTED and row.dispatch.posted_on:
        return f"{row.state}, {long_date(row.dispatch.posted_on)}"
    return row.state


def pdf(letter: Letter) -> bytes:
    """The proof as PDF. Raises ValueError for a letter that was never frozen."""
    if letter.frozen_version is None:
        raise ValueError("Only a letter that was made ready has a proof of dispatch.")
    return render_proof(proof(letter))
