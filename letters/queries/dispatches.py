"""What left and where it is: the progress of sending, and the table that makes people come back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from crm.models import Channel, ContactPoint, OutgoingState
from crm.models.outgoing import SENT
from crm.queries import contact_points, outgoing
from crm.queries.outgoing import WAITING, Health, Progress
from letters.models import (
    Dispatch,
    IncomingMessage,
    IncomingPlace,
    Letter,
    LetterState,
    PostState,
    Recipient,
)  # fmt: skip
from letters.models.dispatches import LEFT, TO_POST

from .recipients import usable

S = OutgoingState
PROBLEM = {S.REFUSED, S.UNCERTAIN, S.BOUNCED}
# Of dispatches: what waits for its turn, for somebody, for the letterbox; and what left us, also when it came back.
IS_WAITING = Q(outgoing__state__in=WAITING)
IS_HELD = Q(outgoing__state=S.FROZEN)
IS_TO_POST = Q(post_state__in=TO_POST)
LEFT_US = Q(outgoing__state__in=SENT) | Q(post_state__in=LEFT)


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


def newest() -> QuerySet[Dispatch]:
    """The last dispatch of each recipient: what counts, however often a letter was sent again."""
    return Dispatch.objects.filter(
        ~Exists(Dispatch.objects.filter(recipient=OuterRef("recipient"), number__gt=OuterRef("number")))
    )


# RFC 3463, 3.2: 5.1.1 says so; Exchange answers with 5.1.10.
_NO_SUCH_ADDRESS = re.compile(r"\b5\.1\.10?\b")


def says_no_such_address(reply: str) -> bool:
    """Whether an answer of a mail server says that there is no such mailbox."""
    return bool(_NO_SUCH_ADDRESS.search(reply))


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
    came_in: tuple[IncomingMessage, ...]

    @property
    def address_is_gone(self) -> bool:
        """Whether the mail server said that this address does not exist."""
        outgoing = self.dispatch.outgoing if self.dispatch else None
        return outgoing is not None and says_no_such_address(outgoing.smtp_reply)

    @property
    def did_leave_by_mail(self) -> bool:
        """Whether it was handed over by e-mail, and as far as we know arrived."""
        return bool(
            self.dispatch
            and self.dispatch.outgoing
            and self.dispatch.outgoing.state in (S.ACCEPTED, S.DELIVERED)
        )

    @property
    def is_to_post(self) -> bool:
        """Whether it still lies here to be printed or posted."""
        return bool(self.dispatch and self.dispatch.post_state in TO_POST)


def state_in_words(dispatch: Dispatch) -> str:
    """Where one dispatch is."""
    if dispatch.outgoing is not None:
        return str(dispatch.outgoing.get_state_display())
    return str(dispatch.get_post_state_display())


def follow_rows(letter: Letter) -> list[FollowRow]:
    """Every recipient with what became of its letter, and what came in on it; gaps included. Three queries."""
    by_recipient: dict[int, list[Dispatch]] = {}
    for dispatch in of(letter):
        by_recipient.setdefault(dispatch.recipient_id, []).append(dispatch)
    came_in: dict[int, list[IncomingMessage]] = {}
    for place in IncomingPlace.objects.filter(recipient__letter=letter).select_related("message"):
        came_in.setdefault(place.recipient_id, []).append(place.message)
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
                needs_address=not recipient.given_up_because and _needs_address(letter, last),
                uncertain=bool(last and last.outgoing and last.outgoing.state == S.UNCERTAIN),
                came_in=tuple(came_in.get(recipient.pk, ())),
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


def other_addresses(rows: Sequence[FollowRow]) -> dict[int, ContactPoint]:
    """The e-mail address that we would use now for those whom the letter did not reach, when that is another one; by
    the id of the recipient. Two queries."""
    recipients = [row.recipient for row in rows]
    of_people = contact_points.for_people([r.person for r in recipients if r.person], channel=Channel.EMAIL)
    of_organisations = contact_points.for_many(
        [r.organisation for r in recipients if r.organisation and not r.person],
        purpose=None,
        channel=Channel.EMAIL,
    )
    found = {}
    for row in rows:
        recipient, tried = row.recipient, row.dispatch.address.lower() if row.dispatch else ""
        point = (
            of_people.get(recipient.person_id)
            if recipient.person_id
            else of_organisations.get(recipient.organisation_id or 0)
        )
        if point is not None and point.value.lower() != tried:
            found[recipient.pk] = point
    return found


def needs_address(recipient: Recipient) -> bool:
    """Whether the letter did not reach this recipient, and it was not left at that."""
    last = recipient.dispatches.select_related("outgoing").order_by("number").last()
    return not recipient.given_up_because and _needs_address(recipient.letter, last)


def _needs_address(letter: Letter, dispatch: Dispatch | None) -> bool:
    if dispatch is None:
        return letter.state == LetterState.DISPATCHED
    if dispatch.outgoing is not None:
        return dispatch.outgoing.state in (S.REFUSED, S.BOUNCED)
    return dispatch.post_state == PostState.RETURNED


@dataclass(frozen=True, slots=True)
class Sending:
    """How far the sending is, by e-mail and by post. Each recipient counts once, by its newest dispatch."""

    mail: Progress
    post_total: int
    posted: int
    health: Health

    @property
    def to_post(self) -> int:
        """How many letters by post are not in the letterbox yet."""
        return self.post_total - self.posted

    @property
    def percentage(self) -> int:
        """How much of the e-mail reached an end."""
        ended = self.mail.accepted + self.mail.refused + self.mail.uncertain + self.mail.dropped
        return round(100 * ended / self.mail.total) if self.mail.total else 100

    @property
    def problem(self) -> str:
        """Why what waits does not leave, in a sentence with its remedy; empty when it does, or nothing waits."""
        return self.health.problem if self.mail.waiting else ""

    @property
    def paused(self) -> bool:
        """Whether messages are held though the sending started."""
        return self.mail.held > 0


def sending(letter: Letter) -> Sending:
    """Count what left, and what did not."""
    is_mail = Q(channel=Channel.EMAIL)

    def mail(*states: OutgoingState) -> Count:
        return Count("pk", filter=is_mail & Q(outgoing__state__in=states))

    counts = (
        newest()
        .filter(letter=letter)
        .aggregate(
            total=Count("pk", filter=is_mail),
            accepted=mail(*SENT),
            waiting=mail(*WAITING),
            refused=mail(S.REFUSED),
            uncertain=mail(S.UNCERTAIN),
            held=mail(S.FROZEN),
            dropped=mail(S.DROPPED),
            post_total=Count("pk", filter=~is_mail),
            posted=Count("pk", filter=Q(post_state__in=LEFT)),
        )
    )
    post_total, posted = counts.pop("post_total"), counts.pop("posted")
    return Sending(
        mail=replace(outgoing.progress(f"letter:{letter.pk}"), **counts),
        post_total=post_total,
        posted=posted,
        health=outgoing.health(),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a letter is that is made ready or left, in recipients: by their newest dispatch, whatever became of the
    addresses since. ``missed`` got none; ``waiting`` and ``held`` is e-mail; ``left`` counts what came back too."""

    total: int
    missed: int
    left: int
    waiting: int
    held: int
    to_post: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing lies here any more that should leave."""
        return not (self.waiting or self.held or self.to_post)


def reach(letter: Letter, total: int) -> Reach:
    """Count the recipients, ``total`` in all, by their newest dispatch. One query."""
    counts = (
        newest()
        .filter(letter=letter)
        .aggregate(
            made=Count("pk"),
            left=Count("pk", filter=LEFT_US),
            waiting=Count("pk", filter=IS_WAITING),
            held=Count("pk", filter=IS_HELD),
            to_post=Count("pk", filter=IS_TO_POST),
        )
    )
    return Reach(total=total, missed=total - counts.pop("made"), **counts)


def sent_count(dispatches: Sequence[Dispatch]) -> int:
    """How many of these left."""
    return sum(left_us(dispatch) for dispatch in dispatches)


def left_us(dispatch: Dispatch) -> bool:
    """Whether this one left, also when it came back."""
    if dispatch.outgoing is not None:
        return dispatch.outgoing.state in SENT
    return dispatch.post_state in LEFT


def came_back(dispatch: Dispatch) -> bool:
    """Whether this one left and did not arrive."""
    if dispatch.outgoing is not None:
        return dispatch.outgoing.state == S.BOUNCED
    return dispatch.post_state == PostState.RETURNED
