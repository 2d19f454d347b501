"""Calls and talks about a letter: written down in its thread, and perhaps what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from crm.actions import interactions
from crm.actions.action import Actor, Refused, action, record
from crm.models import Interaction, Person
from letters.models import Answer, Recipient, Talk
from letters.models.letters import OUT

from . import answering

PERMISSION: Final = "crm.add_interaction"


@action(permission=PERMISSION)
def log(
    *,
    recipient: Recipient,
    kind: str,
    summary: str,
    body: str = "",
    person: Person | None = None,
    happened_at: datetime | None = None,
    is_answer: bool = False,
    by: Actor,
) -> Talk:
    """Something was said about a letter, to or by its recipient: it stands on their dossier and in the thread. With
    ``is_answer`` it was their answer, a real one until somebody says otherwise.

    Raises Refused for a letter that has not left, and as ``crm.actions.interactions.log`` does.
    """
    if recipient.letter.state not in OUT:
        raise Refused(_("This letter has not left yet, so nothing can have been said about it."))
    interaction = interactions.log(
        kind=kind,
        summary=summary,
        body=body,
        organisation=recipient.organisation,
        person=recipient.person or person,
        happened_at=happened_at,
        by=by,
    )
    talk = Talk.objects.create(recipient=recipient, interaction=interaction)
    # On the timeline of who it was with it stands already.
    record(
        "letters.talked",
        by=by,
        on=[recipient.letter],
        happened_at=interaction.happened_at,
        recipient=recipient.name,
        summary=interaction.summary,
    )
    if is_answer:
        answering.count_said(source=talk, by=by)
    return talk


def interaction_saved(instance: Interaction, **_signal: Any) -> None:
    """The moment of a talk was mended: the answer that it is came at that moment too."""
    Answer.objects.filter(talk__interaction=instance).update(came_at=instance.happened_at)
