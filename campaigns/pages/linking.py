"""Where the words of a newsletter lead: absolute addresses, and the pages of ours among them."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from campaigns.mjml.issue import Link
from crm.document import richtext
from crm.document.tree import Document

_INSIDE = re.compile(r'href="/(?!/)')
_PAGE = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')


def absolute(address: str) -> str:
    """An address that works in a mail."""
    return settings.BASE_URL + address if address.startswith("/") else address


def document_of(value: Any) -> Document:
    """Rich text of Wagtail as a tree, with whole addresses. Raises RichTextError for what a mail cannot hold."""
    if not value:
        return Document(())
    whole = _INSIDE.sub(f'href="{settings.BASE_URL}/', expand_db_html(value.source))
    return richtext.parse(whole, fields=())


def pages_in(value: Any) -> set[int]:
    """The ids of the pages of ours to which rich text links."""
    return {int(pk) for pk in _PAGE.findall(value.source)} if value else set()


def link_of(value: Any, words: str = "") -> Link | None:
    """The link that a ``LinkBlock`` holds; None for none. ``words`` when it says nothing itself."""
    address = address_of(value)
    return Link(value["words"] or words, address) if address else None


def address_of(value: Any) -> str:
    """Where a ``LinkBlock`` leads; "" for nowhere."""
    if not value:
        return ""
    page: Page | None = value["page"]
    return absolute(page.url or "/") if page is not None else str(value["url"] or "")
