"""How a letter was answered, in numbers with their date: by how many, and after how many days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.dutch.dates import long_date
from letters.models import Answer, Letter, LetterState
from letters.models.answers import MEANINGS

from .dispatches import FollowRow


@dataclass(frozen=True, slots=True)
class Responses:
    """Of the ``reached`` recipients of a letter ``answered`` said something to it, ``acknowledged`` only that it came
    in, ``unread`` wrote what nobody of us read yet, and the others said nothing. ``days``: after how many days half of
    those who answered had, None when nobody did. As it was ``on`` that day."""

    reached: int
    answered: int
    acknowledged: int
    unread: int
    days: int | None
    on: datetime.date

    @property
    def silent(self) -> int:
        """How many said nothing."""
        return self.reached - self.answered - self.acknowledged - self.unread


def of(letter: Letter, rows: Sequence[FollowRow]) -> Responses:
    """How a letter that left was answered; ``rows`` are its recipients (``dispatches.follow_rows``). One query."""
    left = {row.recipient.pk: moment for row in rows if (moment := _left_at(letter, row)) is not None}
    answers: dict[int, list[Answer]] = {}
    for one in Answer.objects.filter(recipient__letter=letter).order_by("came_at", "pk"):
        answers.setdefault(one.recipient_id, []).append(one)
    # Who answers has it, whatever became of the sending.
    reached = left.keys() | answers.keys()
    first = {pk: answer for pk in reached if (answer := _first(answers.get(pk, ())))}
    others = [said for pk, said in answers.items() if pk not in first]
    return Responses(
        reached=len(reached),
        answered=len(first),
        acknowledged=sum(all(answer.acknowledges for answer in said) for said in others),
        unread=sum(not all(answer.acknowledges for answer in said) for said in others),
        days=_days(left, first),
        on=timezone.localdate(),
    )


def in_words(found: Responses) -> str:
    """The numbers as a sentence; empty when the letter reached nobody."""
    if not found.reached:
        return ""
    words = _("On %(day)s: %(answered)d of %(reached)d answered") % {
        "day": long_date(found.on), "answered": found.answered, "reached": found.reached,
    }  # fmt: skip
    if found.days is not None and found.answered > 1:
        words += ", " + ngettext(
            "half of them within a day", "half of them within %(count)d days", found.days
        ) % {"count": found.days}
    parts = [
        ngettext("one only confirmed receipt", "%(count)d only confirmed receipt", found.acknowledged)
        % {"count": found.acknowledged}
        if found.acknowledged
        else "",
        ngettext("one answer is not read yet", "%(count)d answers are not read yet", found.unread)
        % {"count": found.unread}
        if found.unread
        else "",
        ngettext("one said nothing", "%(count)d said nothing", found.silent) % {"count": found.silent}
        if found.silent
        else "",
    ]
    return "; ".join([words, *filter(None, parts)]) + "."


def _left_at(letter: Letter, row: FollowRow) -> datetime.datetime | None:
    """When a letter left for somebody whom it reached, as far as we know."""
    if letter.state == LetterState.RECORDED:
        return _noon(letter.dated_on)
    if row.did_leave_by_mail:
        return row.moment
    posted = row.dispatch.posted_on if row.dispatch and not row.dispatch.returned_on else None
    return _noon(posted) if posted else None


def _noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def _first(said: Iterable[Answer]) -> Answer | None:
    """The first that says more than that the letter came in; what nobody read yet may be anything."""
    more = MEANINGS.keys() - {"acknowledges"}
    return next((answer for answer in said if more & set(answer.meanings)), None)


def _days(left: Mapping[int, datetime.datetime], first: Mapping[int, Answer]) -> int | None:
    waited = [max(0, (answer.came_at - left[pk]).days + 1) for pk, answer in first.items() if pk in left]
    return round(median(waited)) if waited else None
