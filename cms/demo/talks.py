"""What does not come by e-mail in the demo: a call that answered, a planned talk, a letter that came on paper."""

from __future__ import annotations

import datetime

from django.utils import timezone

from crm.document import richtext
from crm.models import InteractionKind
from letters.actions import meetings, papers, talks
from letters.models import Letter, Meeting, Paper, Recipient, Talk
from letters.render.letters import LetterheadValues, LetterPage, render

from .fixtures import Row, read
from .world import World


def load(world: World, letter: Letter) -> None:
    """The three of ``talks.toml``, once: what is there stays as it is."""
    rows = read("talks")
    if not Talk.objects.exists():
        row = rows["call"]
        talks.log(
            recipient=_recipient(letter, row),
            kind=InteractionKind.CALL,
            summary=row["said"],
            is_answer=True,
            by=world.users[row["by"]],
        )
    if not Meeting.objects.exists():
        _plan(world, letter, rows["meeting"])
    if not Paper.objects.exists():
        row = rows["paper"]
        papers.put_away(
            recipient=_recipient(letter, row), files=[_paper(letter, row)], by=world.users[row["by"]]
        )


def _recipient(letter: Letter, row: Row) -> Recipient:
    return next(one for one in letter.recipients.all() if str(one.organisation) == row["to"])


def _plan(world: World, letter: Letter, row: Row) -> None:
    recipient = _recipient(letter, row)
    hours, minutes = row["clock"].split(".")
    day = timezone.localdate() + datetime.timedelta(days=row["in_days"])
    moment = datetime.datetime.combine(day, datetime.time(int(hours), int(minutes)))
    meetings.plan(
        about=row["about"],
        starts_at=timezone.make_aware(moment),
        goers=[world.users[name] for name in row["goers"]],
        organisation=recipient.organisation,
        recipient=recipient,
        place=row["place"],
        questions="\n".join(row["questions"]),
        by=world.users[row["by"]],
    )


def _paper(letter: Letter, row: Row) -> bytes:
    """Their letter, as a scanner would give it."""
    lines = tuple(row["sender_lines"])
    head = LetterheadValues(
        sender_name=row["sender"],
        sender_lines=lines,
        return_line=" · ".join((row["sender"], *lines)),
        reply_address="",
    )
    return render(
        LetterPage(
            subject=row["subject"],
            reference="",
            dated_on=timezone.localdate(),
            place="Amsterdam",
            letterhead=head,
            address_lines=(letter.letterhead.sender_name,),
            salutation="Geachte commissie",
            body=richtext.parse(row["body"], fields=()),
            closing="Met vriendelijke groet",
            signatories=(tuple(row["signatory"]),),
        )
    )
