"""A message as it was read: the value that all the rest of this package works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from letters.inbound import characters
from letters.inbound.forwards import Quoted
from letters.inbound.headers import Mailbox


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came along: ``path`` finds it again in the raw message, ``size`` is in bytes.

    ``is_inline``: it is shown in the text, such as the picture in a signature. The name is safe to show, and to use
    as the name of a file; the media type is what the sender says.
    """

    name: str
    media_type: str
    size: int
    path: str
    is_inline: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as it was read. Addresses are in lower case; ids have their angle brackets; texts can be empty.

    ``text`` is what a person would read, made of the HTML where there is nothing else. ``html`` is as it came: never
    show it without ``html.sanitise``. ``nested`` are whole messages inside: forwarded ones, or what a bounce returns.
    ``calendars`` holds the method of each calendar part. ``fields`` are all header fields, names in lower case.
    """

    path: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: Mailbox
    reply_to: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    delivered_to: tuple[str, ...]
    sent_at: datetime | None
    subject: str
    text: str
    html: str
    media_type: str
    report_type: str
    attachments: tuple[Attachment, ...]
    nested: tuple[Incoming, ...]
    forwards: tuple[Quoted, ...]
    reports: tuple[str, ...]
    calendars: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]

    def get(self, name: str) -> str:
        """The first header field with this name (lower case), on one line; "" when there is none."""
        return next((characters.one_line(value) for found, value in self.fields if found == name), "")
