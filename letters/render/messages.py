"""The e-mail that carries a letter: MIME bytes, the same for the same values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any, Final

_ID: Final = re.compile(r"<[!-;=?-~]{1,500}@[!-;=?-~]{1,500}>")


class _Ids:
    """A header field with message ids. The library would write a long one as an encoded word, which no mail program
    takes for an id; each goes on a line of its own, as it is."""

    max_count = 1
    name: str

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Takes the ids as they are."""
        kwds["decoded"], kwds["parse_tree"] = value, None

    def fold(self, *, policy: EmailPolicy) -> str:
        """One id per line."""
        return f"{self.name}: {f'{policy.linesep} '.join(str(self).split())}{policy.linesep}"


_FIELDS: Final = HeaderRegistry()
for _field in ("in-reply-to", "references"):
    _FIELDS.map_to_type(_field, _Ids)  # type: ignore[arg-type]  # the registry mixes in BaseHeader
_POLICY: Final = SMTP.clone(header_factory=_FIELDS)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to go along; ``media_type`` such as "application/pdf"."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. Names and subject are cleaned of what would make other header fields, ids that are none are left
    out; addresses must have been checked."""

    sender_name: str
    sender: str
    to_name: str
    to: str
    reply_to: str
    subject: str
    text: str
    html: str
    message_id: str
    sent_at: datetime
    attachments: Sequence[Attachment] = ()
    language: str = "nl"
    in_reply_to: str = ""
    references: Sequence[str] = ()


def compose(mail: Mail) -> bytes:
    """The raw message with CRLF line ends: text and HTML beside each other, attachments after.

    Raises ValueError for an address that no header can hold, or when anything made its way among the header fields.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = _mailbox(mail.sender_name, mail.sender)
    message["To"] = _mailbox(mail.to_name, mail.to)
    if mail.reply_to and mail.reply_to != mail.sender:
        message["Reply-To"] = _mailbox(mail.sender_name, mail.reply_to)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(mail.sent_at)
    message["Message-ID"] = mail.message_id
    if ids := _ids([mail.in_reply_to]):
        message["In-Reply-To"] = ids
    if ids := _ids(mail.references):
        message["References"] = ids
    message["Content-Language"] = mail.language
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    # The boundaries are normally random; a message that is frozen must be the same when it is made again.
    stem = mail.message_id.strip("<>").partition("@")[0]
    message.set_boundary(f"=_{stem}_a")
    if mail.attachments:
        message.make_mixed()
        message.set_boundary(f"=_{stem}_m")
        for attachment in mail.attachments:
            kind, _, subtype = attachment.media_type.partition("/")
            message.add_attachment(
                attachment.data,
                maintype=kind,
                subtype=subtype,
                filename=_one_line(attachment.name).replace("/", "-"),
            )
    raw = message.as_bytes()
    if message_from_bytes(raw).keys() != message.keys():
        raise ValueError("The header of this message holds fields that nobody put there.")
    return raw


def _one_line(text: str) -> str:
    """On one line, and without what the library would decode: line ends can hide in an encoded word."""
    return " ".join(text.split()).replace("=?", "= ?")


def _ids(ids: Sequence[str]) -> str:
    return " ".join(one for one in ids if _ID.fullmatch(one) and "=?" not in one)


def _mailbox(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    if not user or not domain or any(ord(c) < 33 or c in "<>,;:" for c in address):
        raise ValueError(f"Dit e-mailadres kan niet in een bericht staan: {address!r}")
    return Address(display_name=_one_line(name), username=user, domain=domain.encode("idna").decode())
