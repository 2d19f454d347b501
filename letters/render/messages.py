"""The e-mail that carries a letter: MIME bytes, the same for the same values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to go along; ``media_type`` such as "application/pdf"."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. Names and subject are cleaned of line ends; addresses and ids must have been checked."""

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

    Raises ValueError for an address that no header can hold.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _mailbox(mail.sender_name, mail.sender)
    message["To"] = _mailbox(mail.to_name, mail.to)
    if mail.reply_to and mail.reply_to != mail.sender:
        message["Reply-To"] = _mailbox(mail.sender_name, mail.reply_to)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(mail.sent_at)
    message["Message-ID"] = mail.message_id
    if mail.in_reply_to:
        message["In-Reply-To"] = mail.in_reply_to
    if mail.references:
        message["References"] = " ".join(mail.references)
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
    return message.as_bytes()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _mailbox(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    if not user or not domain or any(ord(c) < 33 or c in "<>,;:" for c in address):
        raise ValueError(f"Dit e-mailadres kan niet in een bericht staan: {address!r}")
    return Address(display_name=_one_line(name), username=user, domain=domain)
