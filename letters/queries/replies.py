"""What a reply begins with, and what of their message goes along with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.document import merging, richtext
from crm.document.mail import to_text
from crm.dutch.dates import long_date
from crm.dutch.marking import around
from crm.models import Channel, Network
from crm.queries import containing
from crm.registries.search import Hit
from letters.inbound import findable
from letters.inbound.incoming import Incoming
from letters.models import Answer, IncomingMessage, Recipient, Reply, StandardText
from letters.render.replies import MOST_QUOTED_LINES

from . import contents, incoming, merge_fields, openly

MOST_REFERENCES = 20
_ENDLESS = 10_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """Their message as it stands under ours, and the ids that keep both together in mail programs."""

    attribution: str = ""
    text: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()


def opening(recipient: Recipient, answer: Answer | None, by: object) -> dict[str, Any]:
    """The first values of a draft: to whoever wrote the answer; else, and after a call or a letter on paper, to the
    address that the letter went to."""
    if answer is None or answer.place is None:
        sent = recipient.dispatches.filter(channel=Channel.EMAIL).order_by("number").last()
        name, address, subject = recipient.name, sent.address if sent else "", str(recipient.letter)
    else:
        message = answer.place.message
        name, address, subject = message.sender_name, answer_address(message), message.subject
    if not subject.lower().startswith("re:"):
        subject = f"Re: {subject}".strip()
    limit = Reply._meta.get_field("subject").max_length
    with override("nl"):
        greeting = _("Hello %(name)s,") % {"name": name} if name else _("Dear Sir or Madam,")
    ending = closing()
    return {
        "answer": answer,
        "to_name": name[:200],
        "address": address,
        "subject": subject[:limit],
        "text": f"{greeting}\n\n\n\n{ending}\n\n{by}\n{Network.load()}",
    }


def find(text: str, limit: int, user: Any) -> list[Hit]:
    """What we wrote back, reminded or are still writing, by its subject or text or whom it went to; the newest first.
    One query."""
    if not user.has_perm("letters.view_letter"):
        return []
    every = Reply.objects.select_related("recipient").order_by("-pk")
    found = containing.with_words(every, text, "subject", "text", "to_name", "address")
    return [_hit(reply, text) for reply in found[:limit]]


def _hit(reply: Reply, text: str) -> Hit:
    thread = reverse("letters:thread", args=[reply.recipient.letter_id, reply.recipient_id])
    if reply.outgoing_id is None:
        what, place = _("message that was not sent yet"), "antwoord"
    else:
        what = _("our reminder") if reply.is_reminder else _("our message")
        place = f"ons-bericht-{reply.pk}"
    day = long_date(timezone.localdate(reply.handed_over_at or reply.changed_at))
    words = f"{what} · {day} · {reply.recipient.name} · {around(reply.text, text)}"
    return Hit("reply", reply.pk, reply.subject, words, f"{thread}#{place}")


def closing() -> str:
    """How a message ends, above who signs it."""
    with override("nl"):
        return _("Kind regards,")


def answer_address(message: IncomingMessage) -> str:
    """Where the writer of a message wants to be answered."""
    ours = incoming.own_addresses()
    read = _read(message)
    for mailbox in read.reply_to if read else ():
        if mailbox.address and mailbox.address not in ours:
            return mailbox.address
    return message.sender_address


def _read(message: IncomingMessage) -> Incoming | None:
    """The message; None when its bytes are away or damaged."""
    try:
        return openly.read(message)
    except (OSError, ValueError):
        return None


def quotation(reply: Reply) -> Quotation:
    """What the reply answers; nothing for one that begins a conversation, or answers what was said or came on paper."""
    if reply.is_reminder:
        return _our_letter(reply)
    if reply.answer is None or reply.answer.place is None:
        return _in_thread(reply)
    message = reply.answer.place.message
    read = _read(message)
    if read is None:
        return Quotation(message_id=message.message_id, references=(message.message_id,))
    said = findable.written_by(message.sender_address, read)
    with override("nl"):
        day = date_format(timezone.localtime(message.moment), "j F Y")
        attribution = _("On %(day)s %(name)s wrote:") % {"day": day, "name": message.sender}
    quoted = "\n".join(said.split("\n")[: MOST_QUOTED_LINES + 1])
    if read.sender.address != message.sender_address:
        # It was passed on by one of us: they never saw that message.
        return replace(_in_thread(reply), attribution=attribution, text=quoted)
    references = [*read.references, read.message_id]
    return Quotation(
        attribution=attribution,
        text=quoted,
        message_id=read.message_id,
        references=tuple(one for one in references if one)[-MOST_REFERENCES:],
    )


def _our_letter(reply: Reply) -> Quotation:
    """What a reminder reminds of: the letter as that recipient got it, in the same conversation of mail programs."""
    recipient, letter = reply.recipient, reply.recipient.letter
    with override("nl"):
        attribution = _("On %(day)s we wrote:") % {"day": date_format(letter.dated_on, "j F Y")}
    lines = to_text(contents.Layout.of(letter).page(recipient).body, width=_ENDLESS).strip().split("\n")
    quoted = "\n".join(lines[: MOST_QUOTED_LINES + 1])
    return replace(_in_thread(reply), attribution=attribution, text=quoted)


def _in_thread(reply: Reply) -> Quotation:
    """Without their words: what keeps a message with the letter as it went to them by e-mail."""
    sent = reply.recipient.dispatches.filter(outgoing__isnull=False).select_related("outgoing").last()
    first = sent.outgoing.message_id if sent and sent.outgoing else ""
    return Quotation(message_id=first, references=(first,) if first else ())


def standard_text(text: StandardText, recipient: Recipient) -> str:
    """A standard text as it reads in a mail to somebody, without line breaks of ours: a mail program makes those.

    Raises what ``contents.MENDABLE`` names for a text that no letter may hold.
    """
    body = richtext.parse(text.body, fields=merge_fields.LABELS)
    filled = merging.fill(body, merge_fields.values(recipient, recipient.letter))
    return to_text(filled, width=_ENDLESS).strip()
