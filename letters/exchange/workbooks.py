"""What became of a letter, as a workbook for a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.dates import long_date
from crm.exchange.sheets import Sheet, Value, workbook
from letters.models import Answer, CommitmentParty, Letter
from letters.models.answers import MEANINGS
from letters.queries import dispatches, outcomes, responses, turns
from letters.queries.dispatches import FollowRow


def follow(letter: Letter) -> bytes:
    """One sheet: everybody on the list, by what way and when it left, what was answered, whose turn it is, what was
    promised and which positions were taken. The number of queries does not grow with the list."""
    rows = dispatches.follow_rows(letter)
    opening = [
        f"{letter} ({letter.reference})",
        responses.in_words(responses.of(letter, rows))
        or _("As of %(day)s.") % {"day": long_date(timezone.localdate())},
    ]
    columns = [
        (_("Organisation or person"), 32), (_("By what way"), 12), (_("Address"), 36), (_("State"), 24),
        (_("Left on"), 14), (_("Answered on"), 14), (_("What the answer amounts to"), 36), (_("Whose turn"), 36),
        (_("Promises"), 48), (_("Positions"), 48),
    ]  # fmt: skip
    return workbook([Sheet(_("Follow"), opening, columns, _rows(rows))])


def _rows(rows: list[FollowRow]) -> Iterator[list[Value]]:
    recipients = [row.recipient for row in rows]
    found = turns.of(recipients)
    answers: dict[int, list[Answer]] = {}
    for one in Answer.objects.filter(recipient__in=recipients).order_by("came_at", "pk"):
        answers.setdefault(one.recipient_id, []).append(one)
    came_of_it = outcomes.of(recipients)
    for row in rows:
        pk, dispatch = row.recipient.pk, row.dispatch
        said = answers.get(pk, [])
        meanings = dict.fromkeys(str(MEANINGS[name]) for one in said for name in one.meanings)
        posted = dispatch.posted_on if dispatch else None
        yield [
            row.recipient.name,
            str(dispatch.get_channel_display() if dispatch else row.recipient.get_channel_display()),
            ", ".join(dispatch.address.splitlines()) if dispatch else "",
            row.state,
            timezone.localdate(row.moment) if row.moment else posted,
            timezone.localdate(said[0].came_at) if said else None,
            ", ".join(meanings) or (_("not read yet") if said else ""),
            _turn(found.get(pk)),
            "; ".join(_promise(party) for party in came_of_it[pk].promises),
            "; ".join(f"{claim.ask}: {claim.get_position_display()}" for claim in came_of_it[pk].claims),
        ]


def _turn(turn: turns.Turn | None) -> str:
    if turn is None:
        return ""
    if turn.who == turns.Who.US:
        return _("ours: %(why)s") % {"why": turn.why}
    return _("theirs: %(why)s") % {"why": turn.why} if turn.who == turns.Who.THEM else turn.why


def _promise(party: CommitmentParty) -> str:
    commitment = party.commitment
    return f"{commitment.get_side_display()}: {commitment.words} ({party.get_state_display()})"
