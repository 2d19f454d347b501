"""What somebody will do, in the demo, and the recess of the summer: so that the action list is alive."""

from __future__ import annotations

import datetime

from django.utils import timezone

from crm.actions import follow_ups, recesses
from crm.models import FollowUp, Organisation, Recess
from letters.models import Letter, Recipient

from .fixtures import Row, read
from .world import World


def load(world: World, letter: Letter) -> None:
    """The rows of ``follow_ups.toml``, once: what is there stays as it is, whatever became of it."""
    if not Recess.objects.exists():
        for row in read("follow_ups")["recesses"]:
            recesses.add(by=world.author, **row)
    if not FollowUp.objects.exists():
        for row in read("follow_ups")["follow_ups"]:
            _follow_up(world, letter, row)


def _follow_up(world: World, letter: Letter, row: Row) -> None:
    by = world.users[row["by"]]
    subject: Organisation | Recipient | None = None
    if "about" in row:
        subject = Organisation.objects.get(name=row["about"])
    elif "thread" in row:
        subject = letter.recipients.get(name=row["thread"])
    owner = world.users[row["owner"]] if "owner" in row else None
    made = follow_ups.add(words=row["words"], owner=owner, subject=subject, by=by)
    if "in_days" in row:
        # Nobody can ask for something that is too late already; it became so while the demo lay still.
        due_on = timezone.localdate() + datetime.timedelta(days=row["in_days"])
        FollowUp.objects.filter(pk=made.pk).update(due_on=due_on)
    if row.get("done"):
        follow_ups.do(follow_up=made, by=by)
