"""The words by which a message is found again: what they wrote, and not what they quote of us."""

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


def words(incoming: Incoming) -> str:
    """Subject, sender, text and names of files, folded, with a space around every word (``crm.dutch.folding``)."""
    names = " ".join(one.name for one in incoming.attachments)
    text = their_text(incoming)[:MOST]
    said = fold(f"{incoming.subject}\n{incoming.sender.name}\n{text}\n{names}")
    return f" {said} "
