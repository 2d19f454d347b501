"""A message that somebody saved as a file (.eml, or .msg of Outlook) as the raw message that other doors bring."""

from __future__ import annotations

from letters.inbound import msg


class NoMessageError(ValueError):
    """These bytes are no e-mail message."""


def to_mail(data: bytes) -> bytes:
    """The raw message. Raises NoMessageError, or msg.UnreadableError for a damaged one of Outlook."""
    if msg.is_outlook(data):
        return msg.to_mail(data)
    if not data.strip():
        raise NoMessageError("het bestand is leeg")
    if not looks_like_mail(data):
        raise NoMessageError("het begint niet zoals e-mail, met wie het schreef en waarover")
    return data


def looks_like_mail(data: bytes) -> bool:
    """Whether it begins with header fields, one that says from whom or to whom among them."""
    head = data[:64_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    fields = {line.partition(b":")[0] for line in head.split(b"\n") if b":" in line}
    return bool(fields & {b"from", b"to", b"received", b"return-path"}) and bool(
        fields & {b"subject", b"date", b"message-id", b"received"}
    )
