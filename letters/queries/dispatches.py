"""What left and where it is: the progress of sending, and the table that makes people come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from crm.models import Channel, OutgoingState
from crm.models.outgoing import SENT
from crm.queries import outgoing
from crm.queries.outgoing import Health, Progress
from letters.models import Dispatch, Letter, LetterState, PostState, Recipient
from letters.models.dispatches import LEFT

from .recipients import usable

PROBLEM = {OutgoingState.REFUSED, OutgoingState.UNCERTAIN, OutgoingState.BOUNCED}


def of(letter: Letter) -> QuerySet[Dispatch]:
    """The dispatches with what their rows need, in envelope order."""
    return letter.dispatches.select_related(
        "outgoing__raw",
        "pdf",
        "posted_by",
        "recipient__organisation",
        "recipient__person",
        "recipient__contact_point",
    ).order_by("number")


@dataclass(frozen=True, slots=True)
class FollowRow:
    """One recipient after sending: its newest dispatch, in words, and whether somebody must act."""

    recipient: Recipient
    dispatch: Dispatch | None
    earlier: tuple[Dispatch, ...]
    state: str
    moment: datetime | None
    needs_address: bool
    uncertain: bool


def state_in_words(dispatch: Dispatch) -> str:
    """Where one dispatch is."""
    if dispatch.outgoing is not None:
        return str(dispatch.outgoing.get_state_display())
    return str(dispatch.get_post_state_display())


def follow_rows(letter: Letter) -> list[FollowRow]:
    """Every recipient with what became of its letter; gaps included. Two queries."""
    by_recipient: dict[int, list[Dispatch]] = {}
    for dispatch in of(letter):
        by_recipient.setdefault(dispatch.recipient_id, []).append(dispatch)
    rows = []
    for recipient in letter.recipients.select_related("organisation", "person", "contact_point").order_by(
        "position", "pk"
    ):
        dispatches = by_recipient.get(recipient.pk, [])
        last = dispatches[-1] if dispatches else None
        rows.append(
            FollowRow(
                recipient=recipient,
                dispatch=last,
                earlier=tuple(dispatches[:-1]),
                state=_words(letter, recipient, last),
                moment=_moment(last),
                needs_address=_needs_address(letter, last),
                uncertain=bool(last and last.outgoing and last.outgoing.state == OutgoingState.UNCERTAIN),
            )
        )
    return rows


def _words(letter: Letter, recipient: Recipient, dispatch: Dispatch | None) -> str:
    if dispatch is not None:
        return state_in_words(dispatch)
    if letter.state == LetterState.RECORDED:
        return _("sent, recorded afterwards")
    if not usable(recipient):
        return _("not sent: no address")
    return _("not sent") if letter.state == LetterState.DISPATCHED else _("not sent yet")


def _moment(dispatch: Dispatch | None) -> datetime | None:
    if dispatch is None or dispatch.outgoing is None:
        return None
    return dispatch.outgoing.accepted_at


def _needs_address(letter: Letter, dispatch: Dispatch | None) -> bool:
    if dispatch is None:
        return letter.state == LetterState.DISPATCHED
    if dispatch.outgoing is not None:
        return dispatch.outgoing.state in (OutgoingState.REFUSED, OutgoingState.BOUNCED)
    return dispatch.post_state == PostState.RETURNED


@dataclass(frozen=True, slots=True)
class Sending:
    """How far the sending is, by e-mail and by post."""

    mail: Progress
    post_total: int
    posted: int
    health: Health

    @property
    def percentage(self) -> int:
        """How much of the e-mail reached an end."""
        ended = self.mail.accepted + self.mail.refused + self.mail.uncertain + self.mail.dropped
        return round(100 * ended / self.mail.total) if self.mail.total else 100

    @property
    def paused(self) -> bool:
        """Whether messages are held though the sending started."""
        return self.mail.held > 0


def sending(letter: Letter) -> Sending:
    """Count what left."""
    post = letter.dispatches.filter(channel=Channel.POST).aggregate(
        total=Count("pk"), posted=Count("pk", filter=Q(post_state__in=LEFT))
    )
    return Sending(
        mail=outgoing.progress(f"letter:{letter.pk}"),
        post_total=post["total"],
        posted=post["posted"],
        health=outgoing.health(),
    )


def sent_count(dispatches: Sequence[Dispatch]) -> int:
    """How many of these left."""
    return sum(
        (d.outgoing is not None and d.outgoing.state in SENT) or d.post_state in LEFT for d in dispatches
    )
