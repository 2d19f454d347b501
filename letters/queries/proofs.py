"""The proof of dispatch of a letter."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import override

from crm.dutch.dates import long_date
from crm.models import Verdict
from letters.models import Dispatch, Letter, PostState, Recipient
from letters.models.dispatches import TO_POST
from letters.render.proof import Approval, Outcome, Proof, ProofRow, render_proof

from . import addressing, approvals, dispatches
from .recipients import usable


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
    content = letter.frozen_version.content
    with override("nl"):
        rows = _rows(letter)
    return Proof(
        subject=content["subject"],
        reference=content["reference"],
        sender_name=content["letterhead"]["sender_name"],
        version_hash=letter.frozen_version.content_hash,
        frozen_at=letter.frozen_at,
        approvals=tuple(Approval(str(approval.user), approval.decided_at) for approval in agreed),
        rows=rows,
        made_at=timezone.now(),
    )


def _rows(letter: Letter) -> tuple[ProofRow, ...]:
    """Every attempt in the order of the recipients, the earlier ones too, by the number on its envelope; a gap has a
    row of its own, without one."""
    rows: list[ProofRow] = []
    for row in dispatches.follow_rows(letter):
        attempts = [*row.earlier, row.dispatch] if row.dispatch else []
        for dispatch in attempts:
            # What was sent again holds the letter as it was first made: so does what it says of whom it is for.
            first = next(item for item in attempts if item.pdf_id == dispatch.pdf_id)
            rows.append(
                ProofRow(
                    number=dispatch.number,
                    organisation=row.recipient.name,
                    addressee=_addressee(row.recipient, letter, first),
                    channel=dispatch.get_channel_display(),
                    address=", ".join(dispatch.address.splitlines()),
                    state=_state(dispatch),
                    outcome=_outcome(dispatch),
                    sent_again=dispatch != row.dispatch,
                    at=dispatch.outgoing.accepted_at if dispatch.outgoing else None,
                    sha256=dispatch.pdf.sha256,
                    message_sha256=dispatch.outgoing.raw.sha256 if dispatch.outgoing else None,
                )
            )
        if not attempts:
            whom = addressing.to_whom(row.recipient, letter)
            outcome = Outcome.NOT_SENT if usable(row.recipient) else Outcome.NO_ADDRESS
            rows.append(ProofRow(None, row.recipient.name, whom, "", "", row.state, outcome))
    return tuple(rows)


def _addressee(recipient: Recipient, letter: Letter, dispatch: Dispatch) -> str:
    """Whom the letter itself names: of post the line on the envelope, of e-mail the same line as it was frozen."""
    attention = next((line for line in dispatch.address.splitlines() if line.startswith("t.a.v. ")), "")
    return attention or addressing.addressee(recipient, letter)


def _outcome(dispatch: Dispatch) -> Outcome:
    if dispatches.came_back(dispatch):
        return Outcome.CAME_BACK
    if dispatches.left_us(dispatch):
        return Outcome.LEFT
    return Outcome.TO_POST if dispatch.post_state in TO_POST else Outcome.NOT_SENT


def _state(dispatch: Dispatch) -> str:
    """Where it is; of post with the day, as nobody noted an hour."""
    state = dispatches.state_in_words(dispatch)
    if dispatch.post_state == PostState.POSTED and dispatch.posted_on:
        return f"{state}, {long_date(dispatch.posted_on)}"
    if dispatch.post_state == PostState.RETURNED and dispatch.posted_on and dispatch.returned_on:
        posted = PostState.POSTED.label
        return f"{posted}, {long_date(dispatch.posted_on)}; {state}, {long_date(dispatch.returned_on)}"
    return state


def pdf(letter: Letter) -> bytes:
    """The proof as PDF. Raises ValueError for a letter that was never frozen."""
    if letter.frozen_version is None:
        raise ValueError("Only a letter that was made ready has a proof of dispatch.")
    return render_proof(proof(letter))
