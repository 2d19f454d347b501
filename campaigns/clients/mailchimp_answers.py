"""What Mailchimp can answer when it does not do what was asked: one error for each thing that can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class MailchimpError(Exception):
    """Mailchimp did not do it. The text is what it said, or what the network said."""


class NotConnected(MailchimpError):
    """No key is set, so there is nobody to ask."""


class Unreachable(MailchimpError):
    """No connection, and surely nothing was done. Trying later may help."""


class Busy(MailchimpError):
    """It has too much to do (429, 503, or a 403 that says nothing), also after some tries. Nothing was done."""


class Uncertain(MailchimpError):
    """The answer to something that cannot be asked twice was lost: whether it was done, only looking tells."""


class BadKey(MailchimpError):
    """It does not know the key, or the key was withdrawn (401)."""


class Forbidden(MailchimpError):
    """The account may not do this (403)."""


class NotFound(MailchimpError):
    """What was named is not there (404)."""


class Refused(MailchimpError):
    """It does not accept what was asked (any other 4xx). ``fields`` are its remarks by the name of a field."""

    def __init__(self, text: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.fields = dict(fields or {})


def error_of(status: int, said: Any) -> MailchimpError:
    """The error of a status with the body that came with it: a dict, a text or nothing
    (mailchimp.com/developer/marketing/docs/errors)."""
    body = said if isinstance(said, dict) else {}
    text = str(body.get("detail") or body.get("title") or f"HTTP {status}")
    if status == 401:
        return BadKey(text)
    if status == 403:
        return Forbidden(text)
    if status == 404:
        return NotFound(text)
    if status == 429 or status >= 500:
        return Busy(text)
    remarks = body.get("errors")
    fields = {
        str(one.get("field", "")): str(one.get("message", ""))
        for one in (remarks if isinstance(remarks, list) else ())
        if isinstance(one, dict)
    }
    return Refused(text, fields)
