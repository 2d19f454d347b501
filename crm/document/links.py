"""Which addresses a link may have: absolute http, https and mailto, nothing that runs or stays inside a site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crm.document.characters import clean

_LONGEST = 2000
_FORBIDDEN = re.compile(r"[ \"<>\\^`{|}]")
_MAILTO = re.compile(r"[^@?]+@[^@?]+\.[^@?]+(?:\?.*)?")
_ENCODED_LINE_END = re.compile(r"%0[ad]", re.IGNORECASE)


def safe_href(href: str) -> str | None:
    """The address as it may stand in a link (scheme in lower case), or None when it may not."""
    href = clean(href).strip()
    scheme, _, rest = href.partition(":")
    scheme = scheme.lower()
    if len(href) > _LONGEST or _FORBIDDEN.search(href):
        return None
    if scheme == "mailto":
        return f"mailto:{rest}" if _MAILTO.fullmatch(rest) and not _ENCODED_LINE_END.search(rest) else None
    if scheme in {"http", "https"} and rest.startswith("//") and _has_host(rest):
        return f"{scheme}:{rest}"
    return None


def bare(href: str) -> str:
    """The address as a person writes it: without scheme and closing slash."""
    return re.sub(r"^(?:https?://|mailto:)", "", href).rstrip("/")


def _has_host(rest: str) -> bool:
    try:
        parts = urlsplit(rest)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number, half an IPv6 address
        return False
