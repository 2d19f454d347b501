"""What may cross SMTP: the addresses on the envelope and the bytes in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from .smtp_answers import Refused

LINE_LIMIT = 998
_NEVER_IN_ADDRESS = re.compile(r"[\s<>()\[\]\\,;:\"\x00-\x1f\x7f]")


def check_content(raw: bytes) -> None:
    """Raise ValueError unless these bytes can cross SMTP unchanged.

    Only CRLF line ends (a bare one lets a message smuggle in a second: CVE-2023-51764), the last line ended,
    lines of at most 998 bytes (RFC 5321, 4.5.3.1.6), no NUL.
    """
    ends = raw.count(b"\r\n")
    if raw.count(b"\n") != ends or raw.count(b"\r") != ends or not raw.endswith(b"\r\n"):
        raise ValueError("The message must have CRLF line ends, the last line included.")
    if b"\0" in raw:
        raise ValueError("The message holds a NUL byte.")
    if max(map(len, raw.split(b"\r\n"))) > LINE_LIMIT:
        raise ValueError(f"The message has a line of more than {LINE_LIMIT} bytes.")


def envelope_address(address: str) -> str:
    """The address as it stands on an envelope: its domain in ASCII (IDNA), the part before the @ as it is.

    Raises ValueError unless it has one @ and no blanks, brackets or control characters.
    """
    local, _at, domain = address.partition("@")
    try:
        result = f"{local}@{punycode(domain)}"
    except UnicodeError:
        result = ""
    if (
        not local
        or "@" in domain
        or not all(domain.split("."))
        or _NEVER_IN_ADDRESS.search(result)
        or len(local.encode()) > 64
        or not 0 < len(result.encode()) <= 254
    ):
        raise ValueError(f"This is not an e-mail address: {address!r}")
    return result


def mail_options(
    offers: Callable[[str], bool], addresses: list[str], raw: bytes, envelope_id: str
) -> list[str]:
    """The options behind MAIL FROM that this message needs or can use, of what the server offers.

    SMTPUTF8 (RFC 6531) only for headers or addresses beyond ASCII; ``envelope_id`` for delivery reports (RFC 3461).
    Raises Refused when the server does not offer one that the message needs.
    """
    options = []
    if not (raw.partition(b"\r\n\r\n")[0].isascii() and "".join(addresses).isascii()):
        if not offers("smtputf8"):
            raise Refused(553, _("The mail server takes no addresses with letters beyond a to z."))
        options.append("SMTPUTF8")
    if not raw.isascii():
        if not offers("8bitmime"):
            raise Refused(554, _("The mail server takes no eight-bit messages."))
        options.append("BODY=8BITMIME")
    if offers("size"):
        options.append(f"SIZE={len(raw)}")
    if envelope_id and offers("dsn"):
        options += ["RET=HDRS", f"ENVID={envelope_id}"]
    return options
