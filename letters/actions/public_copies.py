"""Making a copy of a message that everybody may see."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.action import Actor, Refused, action, record
from crm.models import FrozenFile, User
from crm.typesetting.errors import TypesettingError
from letters.inbound import blackening, findable
from letters.models import IncomingMessage, PublicCopy
from letters.queries import openly
from letters.render.public_copies import PublicCopyPage, render_public_copy

from . import telling


@action(permission="letters.change_incomingmessage", atomic=False)
def make(*, message: IncomingMessage, passages: str, by: Actor) -> PublicCopy:
    """The words of a message without these passages, one on each line, as a PDF that never changes again.

    The message stays as it came, and what was taken out is kept nowhere. Raises Refused for a passage that does not
    stand in it, or that is so short that it would take everything apart.
    """
    wanted = blackening.passages(passages)
    if short := [one for one in wanted if len(one) < blackening.SHORTEST]:
        raise Refused(_("“%(words)s” is too short. Take over at least one whole word.") % {"words": short[0]})
    incoming = openly.read(message)
    their_text = findable.their_text(incoming)
    done = blackening.black_out([incoming.subject, incoming.sender.name, their_text], wanted)
    if done.missing:
        raise Refused(
            _("“%(words)s” does not stand in the message. Take the words over as they stand there.")
            % {"words": done.missing[0]}
        )
    subject, sender, text = done.texts
    page = PublicCopyPage(
        subject=subject,
        sender=sender,
        written_at=message.moment,
        text=text,
        places=done.places,
        made_on=timezone.localdate(),
        has_quotes=their_text == incoming.text,
    )
    try:
        data = render_public_copy(page)
    except TypesettingError as error:
        raise Refused(str(error)) from error
    file = FrozenFile.objects.keep(data, media_type="application/pdf")
    with transaction.atomic():
        copy, is_new = PublicCopy.objects.get_or_create(
            message=message,
            pdf=file,
            defaults={"blacked_out": done.places, "made_by": by if isinstance(by, User) else None},
        )
        if is_new:
            record(
                "letters.public_copy_made",
                by=by,
                on=[message],
                subject=telling.subject(message),
                count=done.places,
            )
    return copy
