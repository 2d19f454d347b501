"""Building blocks for the screens of the back office: cards, dates in words, looking something up."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.admin.templatetags.wagtailadmin_tags import BlockInclusionNode

from crm.admin.uploads import FileInput
from crm.dutch.dates import relative
from crm.dutch.marking import pieces

register = template.Library()


class CardNode(BlockInclusionNode):
    """``{% card title="..." id="..." %}...{% endcard %}``; also ``tone``, ``action_url`` with ``action``, ``level``."""

    template = "crm/parts/card.html"


register.tag("card", CardNode.handle)


def _day(value: datetime.date | None) -> datetime.date | None:
    return timezone.localtime(value).date() if isinstance(value, datetime.datetime) else value


@register.filter
def day(value: datetime.date | None) -> str:
    """``29 juli 2025``; empty for nothing."""
    found = _day(value)
    return date_format(found, "j F Y") if found else ""


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """``29 juli 2025, 20.14``; empty for nothing."""
    return date_format(timezone.localtime(value), "j F Y, H.i") if value else ""


@register.filter
def marked(text: str, typed: str) -> SafeString:
    """The text with what was typed marked in it."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece) if is_typed else piece,)
            for piece, is_typed in pieces(text, typed)
        ),
    )


@register.filter
def ago(value: datetime.date | None) -> str:
    """``gisteren``, ``3 weken geleden``, and from five weeks away the date; in English always the date."""
    found = _day(value)
    if found is None:
        return ""
    is_dutch = (get_language() or "").startswith("nl")
    return relative(found, timezone.localdate()) if is_dutch else date_format(found, "j F Y")


@register.filter
def breakable(value: object) -> SafeString:
    """An address that is broken, in a narrow column, behind its @ or before a dot."""
    pieces = re.split(r"(?<=@)|(?=\.)", str(value))
    return format_html_join(mark_safe("<wbr>"), "{}", ((piece,) for piece in pieces))


@register.simple_tag
def file_input(name: str, accept: str) -> str:
    """A field for a file, whose limit the browser knows too."""
    return FileInput(attrs={"accept": accept}).render(name, None)


@register.filter
def lookup(mapping: Mapping[str, Any], key: str) -> Any:
    """The value of a key, None when it is not there."""
    return mapping.get(key)


@register.simple_tag
def query(kept: Any, **extra: str) -> str:
    """The query of an address with more in it; an empty value takes a name out: ``{% query kept na=page.after %}``."""
    changed = kept.copy()
    for name, value in extra.items():
        if value:
            changed[name] = value
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode()}"
