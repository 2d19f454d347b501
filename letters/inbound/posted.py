"""Messages as mail services post them to a web address: the raw message inside, and its signature.

Mailgun: a form with ``body-mime``, signed with ``timestamp``, ``token`` and ``signature``
(documentation.mailgun.com, Receiving Messages via HTTP, and Securing Webhooks). Postmark: JSON with ``RawEmail``
(postmarkapp.com/developer/webhooks/inbound-webhook). Any other: the message itself, as ``message/rfc822``.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import unquote_to_bytes

from letters.inbound import headers, mime

FORMS: Final = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
# A mail service tries again for eight hours; its clock may run a little ahead of ours.
SIGNED_SECONDS: Final = 12 * 60 * 60
AHEAD_SECONDS: Final = 5 * 60
_SHORT: Final = 200


class NoMessageError(Exception):
    """There is no raw message in what was posted."""


class UnknownTypeError(Exception):
    """It was posted in a form that is not read here."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who posted a form says so: ``signed_at`` is in seconds since 1970; all three are empty when it was not signed."""

    signed_at: str
    token: str
    signature: str

    def is_by(self, key: str, *, now: float) -> bool:
        """Whether who knows the key posted this (HMAC with SHA-256), not long before ``now``. The signature says
        nothing about the message: it is good for one message only (``letters.actions.intake.receive``)."""
        expected = hmac.new(key.encode(), f"{self.signed_at}{self.token}".encode(), sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), self.signature.encode()):
            return False
        if not self.signed_at.isdecimal():
            return False
        return -AHEAD_SECONDS <= now - int(self.signed_at) <= SIGNED_SECONDS


def media_type(content_type: str) -> str:
    """The kind of what is posted, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def signed(body: bytes, content_type: str) -> Signed:
    """The signature of a form. Anybody may post one, so nothing else of it is decoded."""
    fields = _fields(body, content_type, ("timestamp", "token", "signature"))
    said = [value[:_SHORT].decode("ascii", "replace").strip() for value in fields]
    return Signed(*said)


def read(body: bytes, content_type: str) -> bytes:
    """The message in what was posted. Raises NoMessageError or UnknownTypeError."""
    match media_type(content_type):
        case "message/rfc822":
            return body
        case "application/json":
            return _in_json(body)
        case kind if kind in FORMS:
            (found,) = _fields(body, content_type, ("body-mime",))
            if not found:
                raise NoMessageError("body-mime")
            return found
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


def _fields(body: bytes, content_type: str, names: Sequence[str]) -> list[bytes]:
    """The first field of each name in a form; empty when there is none."""
    if media_type(content_type) == "multipart/form-data":
        found = _multipart(body, content_type)
        return [found.get(name, b"") for name in names]
    return [_urlencoded(body, name) for name in names]


def _multipart(body: bytes, content_type: str) -> dict[str, bytes]:
    """The fields of a form, read as the parts of a message (RFC 7578)."""
    raw = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n" + body
    form, _problems = mime.parse(raw)
    fields: dict[str, bytes] = {}
    for part in form.parts:
        name = headers.parameters(part.get("content-disposition")).get("name", "")
        fields.setdefault(name, bytes(memoryview(part.buffer)[part.start : part.end]))
    return fields


def _urlencoded(body: bytes, name: str) -> bytes:
    """One field; the others, of which there may be millions, are not even taken apart."""
    mark = f"{name}=".encode()
    if body.startswith(mark):
        start = len(mark)
    elif (before := body.find(b"&" + mark)) >= 0:
        start = before + 1 + len(mark)
    else:
        return b""
    end = body.find(b"&", start)
    value = body[start : end if end >= 0 else len(body)]
    return unquote_to_bytes(value.replace(b"+", b" "))
