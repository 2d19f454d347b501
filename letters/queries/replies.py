"""What a reply begins with, and what of their message goes along with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.models import Channel, Network
from letters.inbound import quoting, reading
from letters.models import Answer, Recipient, Reply
from letters.render.replies import MOST_QUOTED_LINES

MOST_REFERENCES = 20


@dataclass(frozen=True, slots=True)
class Quotation:
    """Their message as it stands under ours, and the ids that keep both together in mail programs."""

    attribution: str = ""
    text: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()


def opening(recipient: Recipient, answer: Answer | None, by: object) -> dict[str, Any]:
    """The first values of a draft: to whoever wrote the answer, else to the address that the letter went to."""
    if answer is None:
        sent = recipient.dispatches.filter(channel=Channel.EMAIL).order_by("number").last()
        name, address, subject = recipient.name, sent.address if sent else "", str(recipient.letter)
    else:
        message = answer.place.message
        name, address, subject = message.sender_name, answer_address(answer), message.subject
    if not subject.lower().startswith("re:"):
        subject = f"Re: {subject}".strip()
    limit = Reply._meta.get_field("subject").max_length
    with override("nl"):
        greeting = _("Hello %(name)s,") % {"name": name} if name else _("Dear Sir or Madam,")
        ending = _("Kind regards,")
    return {
        "answer": answer,
        "to_name": name[:200],
        "address": address,
        "subject": subject[:limit],
        "text": f"{greeting}\n\n\n\n{ending}\n\n{by}\n{Network.load()}",
    }


def answer_address(answer: Answer) -> str:
    """Where the writer of an answer wants to be answered."""
    message = answer.place.message
    found = reading.read(message.raw.read()).reply_to
    return next((mailbox.address for mailbox in found if mailbox.address), message.sender_address)


def quotation(reply: Reply) -> Quotation:
    """What the reply answers; nothing for one that begins a conversation."""
    if reply.answer is None:
        sent = reply.recipient.dispatches.filter(outgoing__isnull=False).select_related("outgoing").last()
        first = sent.outgoing.message_id if sent and sent.outgoing else ""
        return Quotation(message_id=first, references=(first,) if first else ())
    message = reply.answer.place.message
    read = reading.read(message.raw.read())
    said = quoting.split(read.text).own or read.text
    with override("nl"):
        day = date_format(timezone.localtime(message.sent_at or message.arrived_at), "j F Y")
        attribution = _("On %(day)s %(name)s wrote:") % {"day": day, "name": message.sender}
    references = [*read.references, read.message_id]
    return Quotation(
        attribution=attribution,
        text="\n".join(said.split("\n")[: MOST_QUOTED_LINES + 1]),
        message_id=read.message_id,
        references=tuple(one for one in references if one)[-MOST_REFERENCES:],
    )
