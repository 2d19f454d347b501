"""The words by which a message is found again: what they wrote, and not what they quote of us."""

from __future__ import annotations

from typing import Final

from crm.dutch.folding import fold
from letters.inbound import quoting
from letters.inbound.incoming import Incoming

MOST: Final = 50_000


def words(incoming: Incoming) -> str:
    """Subject, sender, own text and names of files, folded, with a space around every word (see ``crm.dutch.folding``).

    Of a message that was passed on, or that says nothing of its own, all of its text.
    """
    reply = quoting.split(incoming.text)
    is_whole = bool(incoming.forwards) or not reply.own.strip()
    text = incoming.text if is_whole else f"{reply.own}\n{reply.signature}"
    names = " ".join(one.name for one in incoming.attachments)
    said = fold(f"{incoming.subject}\n{incoming.sender.name}\n{text[:MOST]}\n{names}")
    return f" {said} "
