"""What is wrong with where an issue leads: addresses that do not work, are not safe, or hide where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from campaigns.mjml.issue import Issue
from crm.checking.findings import Finding, Severity

from .circumstances import Circumstances
from .words import all_links, spot_of

_SHORTENERS: Final = {
    "bit.ly", "buff.ly", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy", "t.co", "tiny.cc", "tinyurl.com",
}  # fmt: skip


def found_in(issue: Issue, known: Circumstances) -> Iterator[Finding]:
    """Everything about the links, from top to bottom; each address once a block."""
    for number, block in enumerate(issue.blocks, start=1):
        for url in dict.fromkeys(link.url for link in all_links(block)):
            yield from _of(url, spot_of(number), known)


def _of(url: str, spot: str, known: Circumstances) -> Iterator[Finding]:
    parts = urlsplit(url)
    if url.startswith("*|"):
        return
    if parts.scheme == "mailto":
        return
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        advice = f"“{url}” is geen heel webadres. In een mail moet het met https:// beginnen."
        yield Finding("relative_link", Severity.BLOCK, (url,), advice, spot)
        return
    if url in known.unpublished:
        advice = f"“{known.unpublished[url]}” staat nog niet op de site: lezers komen op een lege pagina uit."
        yield Finding("unpublished_link", Severity.BLOCK, (url,), advice, spot)
    if url in known.dead:
        advice = f"{url} geeft geen pagina ({known.dead[url]}). Kijk het na."
        yield Finding("dead_link", Severity.WARN, (url,), advice, spot)
    if parts.scheme == "http":
        advice = f"{url} begint met http://. Probeer https://: dat is veilig, en werkt bijna altijd."
        yield Finding("http_link", Severity.WARN, (url,), advice, spot)
    if (parts.hostname or "").removeprefix("www.") in _SHORTENERS:
        advice = f"{url} laat niet zien waar het heen gaat; mailprogramma’s vertrouwen dat niet. Neem het hele adres."
        yield Finding("short_link", Severity.WARN, (url,), advice, spot)
