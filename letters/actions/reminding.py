"""Reminding those who say nothing: in their thread, with the letter as they got it, twice at most."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from crm.actions.action import Refused, action
from crm.models import User
from letters.models import Letter, Recipient, Reply
from letters.queries import reminders

from . import replying


@action(permission="letters.send_letter", atomic=False)
def remind(*, letter: Letter, recipients: Collection[int], subject: str, text: str, by: User) -> int:
    """Send these recipients (ids) one reminder each; how many went. Safe to press twice: who was reminded is no longer
    silent.

    Raises Refused when nothing was written, or nobody of them may be reminded (any more).
    """
    if not subject.strip() or not text.strip():
        raise Refused(_("Write what the reminder says."))
    sent = 0
    for row in reminders.silent(letter, among=recipients):
        draft = None if row.not_by_mail else _draft(letter, row.recipient, subject, text, by)
        if draft is not None:
            replying.send(reply=draft, by=by)
            sent += 1
    if not sent:
        raise Refused(_("Nobody was reminded: they answered meanwhile, or were reminded already."))
    return sent


@transaction.atomic
def _draft(letter: Letter, recipient: Recipient, subject: str, text: str, by: User) -> Reply | None:
    """The reminder to one recipient, ready to send; None when somebody else was quicker."""
    Recipient.objects.select_for_update().get(pk=recipient.pk)
    now = next(iter(reminders.silent(letter, among=[recipient.pk])), None)
    if now is None or now.not_by_mail or now.dispatch is None:
        return None
    limit = Reply._meta.get_field("subject").max_length
    draft = Reply.objects.create(
        recipient=recipient,
        to_name=recipient.name,
        address=now.dispatch.address,
        subject=" ".join(subject.split())[:limit],
        text=f"{reminders.salutation(recipient)}\n\n{text.strip()}",
        started_by=by,
        is_reminder=True,
    )
    try:
        replying.check(draft)
    except Refused:
        transaction.set_rollback(True)
        return None
    draft.files.create(file=now.dispatch.pdf, name=f"Brief {letter.reference}.pdf")
    return draft
