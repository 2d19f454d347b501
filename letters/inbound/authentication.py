"""What our own mail server says of a message: whether it can come from the address that it names (RFC 8601)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from letters.inbound.incoming import Incoming

_MOST_CHARACTERS: Final = 4_000
# What stands in quotes or between brackets comes from the sender as easily.
_SAID_BY_OTHERS: Final = re.compile(r'"(?:\\.|[^"\\])*"?|\([^()]*\)?', re.DOTALL)
_RESULT: Final = re.compile(r"(?:^|;)\s*(dmarc|dkim|spf)(?:/[0-9]+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_BY: Final = re.compile(r"(?<!\S)by\s+([\w.-]+)", re.IGNORECASE)
# Microsoft has its servers under two names.
_SAME: Final = {"exchangelabs.com": "outlook.com"}


def failed(incoming: Incoming) -> bool:
    """Whether our mail server says that the sender is not who stands there.

    A pass says nothing here: where our server writes no such field, the uppermost is one that anybody wrote.
    """
    found: dict[str, set[str]] = {}
    for method, result in _results(incoming):
        found.setdefault(method, set()).add(result)
    if said := found.get("dmarc", set()) & {"pass", "fail"}:
        return said == {"fail"}
    return "fail" in found.get("spf", ()) and "pass" not in found.get("dkim", ())


def _results(incoming: Incoming) -> Iterator[tuple[str, str]]:
    """The results in the fields that stand together uppermost, if no server of others passed the message on since."""
    ours, has_begun = "", False
    for name, value in incoming.fields:
        if name == "received":
            by = _BY.search(value[:_MOST_CHARACTERS])
            host = _organisation(by[1]) if by else ""
            ours = ours or host
            if has_begun or (host != ours and host):
                return
        elif name == "authentication-results":
            has_begun = True
            for method, result in _RESULT.findall(_SAID_BY_OTHERS.sub(" ", value[:_MOST_CHARACTERS])):
                yield method.lower(), result.lower()


def _organisation(host: str) -> str:
    """The last two labels of the name of a server; "" for a bare number, as servers have among themselves."""
    labels = host.lower().strip(".").split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return ""
    domain = ".".join(labels[-2:])
    return _SAME.get(domain, domain)
