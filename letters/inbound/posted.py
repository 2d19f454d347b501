"""Messages as mail services post them to a web address: the raw message inside, and its signature.

Mailgun: a form with ``body-mime``, signed with ``timestamp``, ``token`` and ``signature``
(documentation.mailgun.com, Receiving Messages via HTTP, and Securing Webhooks). Postmark: JSON with ``RawEmail``
(postmarkapp.com/developer/webhooks/inbound-webhook). Any other: the message itself, as ``message/rfc822``.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import unquote_to_bytes

from letters.inbound import headers, mime

FORMS: Final = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
# A mail service tries again for eight hours.
SIGNED_SECONDS: Final = 12 * 60 * 60
_SHORT: Final = 200


class NoMessageError(Exception):
    """There is no raw message in what was posted."""


class UnknownTypeError(Exception):
    """It was posted in a form that is not read here."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The raw message; ``signed_at`` (seconds since 1970), ``token`` and signature are empty when it was not signed."""

    raw: bytes
    signed_at: str = ""
    token: str = ""
    signature: str = ""

    def is_signed_with(self, key: str, *, now: float) -> bool:
        """Whether who knows the key posted this (HMAC with SHA-256), not long before ``now``: the signature says
        nothing about the message, so one that was overheard must not open the door for ever."""
        expected = hmac.new(key.encode(), f"{self.signed_at}{self.token}".encode(), sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), self.signature.encode()):
            return False
        return self.signed_at.isdecimal() and abs(now - int(self.signed_at)) <= SIGNED_SECONDS


def media_type(content_type: str) -> str:
    """The kind of what is posted, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def read(body: bytes, content_type: str) -> Posted:
    """The message in what was posted. Raises NoMessageError or UnknownTypeError."""
    match media_type(content_type):
        case "message/rfc822":
            return Posted(body)
        case "application/json":
            return Posted(_in_json(body))
        case "multipart/form-data":
            return _of_fields(_multipart(body, content_type))
        case "application/x-www-form-urlencoded":
            return _of_fields(_urlencoded(body))
    raise UnknownTypeError(content_type)


def _in_json(body: bytes) -> bytes:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoMessageError(str(error)) from error
    raw = given.get("RawEmail") if isinstance(given, dict) else None
    if not isinstance(raw, str):
        raise NoMessageError("RawEmail")
    return raw.encode("utf-8", "replace")


def _of_fields(fields: dict[str, bytes]) -> Posted:
    if "body-mime" not in fields:
        raise NoMessageError("body-mime")
    said = {
        name: fields.get(name, b"")[:_SHORT].decode("ascii", "replace").strip()
        for name in ("timestamp", "token", "signature")
    }
    return Posted(fields["body-mime"], said["timestamp"], said["token"], said["signature"])


def _multipart(body: bytes, content_type: str) -> dict[str, bytes]:
    """The fields of a form, read as the parts of a message (RFC 7578)."""
    raw = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n" + body
    form, _problems = mime.parse(raw)
    fields: dict[str, bytes] = {}
    for part in form.parts:
        name = headers.parameters(part.get("content-disposition")).get("name", "")
        fields.setdefault(name, bytes(memoryview(part.buffer)[part.start : part.end]))
    return fields


def _urlencoded(body: bytes) -> dict[str, bytes]:
    fields: dict[str, bytes] = {}
    for pair in body.split(b"&"):
        name, _, value = pair.partition(b"=")
        fields.setdefault(name.decode("ascii", "replace"), unquote_to_bytes(value.replace(b"+", b" ")))
    return fields
