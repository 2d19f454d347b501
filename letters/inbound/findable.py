"""What they wrote, and not what they quote of us; and the words by which a message is found again."""

from __future__ import annotations

from typing import Final

from crm.dutch.folding import fold
from letters.inbound import quoting
from letters.inbound.incoming import Incoming

MOST: Final = 50_000


def their_text(incoming: Incoming) -> str:
    """What they wrote themselves; of a message that was passed on, or that says nothing of its own, all of it."""
    reply = quoting.split(incoming.text)
    if incoming.forwards or not reply.own.strip():
        return incoming.text
    return f"{reply.own}\n\n{reply.signature}".strip()


def written_by(address: str, incoming: Incoming) -> str:
    """What this address wrote: of a message that somebody else passed on, the words inside and not those around."""
    text = incoming.text
    if address and address != incoming.sender.address:
        inside = [(one.sender.address, one.text) for one in incoming.nested]
        inside += [(one.sender.address, one.text) for one in incoming.forwards]
        text = next((said for writer, said in inside if writer == address), text)
    return (quoting.split(text).own or text).strip()


def words(incoming: Incoming) -> str:
    """Subject, sender, text and names of files, folded, with a space around every word (``crm.dutch.folding``)."""
    names = " ".join(one.name for one in incoming.attachments)
    text = their_text(incoming)[:MOST]
    said = fold(f"{incoming.subject}\n{incoming.sender.name}\n{text}\n{names}")
    return f" {said} "
