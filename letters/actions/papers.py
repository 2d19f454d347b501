"""Letters on paper that came back: filed in the thread they belong to, from photos or scans."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import telling
from crm.actions.action import Actor, Refused, action
from crm.actions.changing import AlreadyThere, Invalid, day, take_turns
from crm.actions.uploads import check_size
from crm.models import FrozenFile, User
from crm.typesetting import scans
from letters.models import Paper, Recipient
from letters.models.letters import OUT

from . import answering
from .thread_lines import tell

PERMISSION = answering.PERMISSION


@action(permission=PERMISSION, atomic=False)
def put_away(
    *, recipient: Recipient, files: Sequence[bytes], came_on: datetime.date | None = None, by: Actor
) -> Paper:
    """File photos (JPEG, PNG, HEIC) or PDF files as one letter on paper from this recipient: frozen, and an answer
    that somebody still has to read. Without a day it came in today.

    What is kept is the PDF that is made of them, not the photos: those say where they were taken. The paper itself is
    the original.

    Raises Invalid for a day that cannot be, Refused for a file that cannot be read or is too large, for a letter that
    did not leave, AlreadyThere when the same pages stand there.
    """
    letter = recipient.letter
    if letter.state not in OUT:
        raise Refused(_("This letter has not left yet, so no answer can have come."))
    today = timezone.localdate()
    came_on = came_on or today
    if came_on > today:
        raise Invalid({"came_on": _("That day is still to come. On which day did it come in?")})
    if came_on < letter.dated_on:
        raise Invalid(
            {"came_on": _("That is before the day of our letter, %(day)s.") % {"day": day(letter.dated_on)}}
        )
    if not files:
        raise Invalid({"files": _("Take a photo, or choose a file.")})
    for data in files:
        check_size(len(data))
    try:
        made = scans.to_pdf(files, title=f"Antwoord op papier, brief {letter.reference}")
    except scans.Unreadable as error:
        raise Refused(str(error)) from error
    check_size(len(made.pdf))
    with transaction.atomic():
        take_turns(Paper, recipient.pk)
        file = FrozenFile.objects.keep(made.pdf, media_type="application/pdf")
        if there := Paper.objects.filter(recipient=recipient, file=file).first():
            raise AlreadyThere(there, _("These pages stand there already."))
        paper = Paper.objects.create(
            recipient=recipient,
            file=file,
            pages=made.pages,
            came_on=came_on,
            filed_by=by if isinstance(by, User) else None,
        )
        tell("letters.paper_came_in", recipient, by=by, at=paper.moment)
        answering.keep_paper(paper)
    return paper


@action(permission=PERMISSION)
def take_away(*, paper: Paper, by: Actor) -> None:
    """It does not belong here: the pages go, and the answer that they were."""
    tell("letters.paper_taken_away", paper.recipient, by=by, day=telling.day(paper.came_on))
    paper.delete()
