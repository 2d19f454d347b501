"""The mail in the editor: as a mail program shows it, in the dark, without pictures, as text; with how large it is."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.mjml.render import CLIPPED_AT, Mail

MODES: Final = [
    ("", gettext_lazy("Mail")),
    ("dark", gettext_lazy("In the dark")),
    ("images-off", gettext_lazy("Pictures off")),
    ("text", gettext_lazy("Text without layout")),
    ("site", gettext_lazy("On the site")),
]
SIZES: Final = [
    {"name": "mobile", "icon": "mobile-alt", "device_width": 390, "label": gettext_lazy("Phone")},
    {"name": "desktop", "icon": "desktop", "device_width": 900, "label": gettext_lazy("Computer")},
]
_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)")
_PICTURE = re.compile(r'(<img\b[^>]*?)\ssrc="[^"]*"')
_STYLE: Final = (
    "position:sticky;top:0;margin:0;padding:8px 16px;background:#fffdf8;color:#1c1917;"
    "font:16px sans-serif;border-bottom:1px solid #57534e;z-index:1"
)


def preview(mail: Mail, mode: str) -> HttpResponse:
    """A page for the frame of the editor."""
    if mode == "text":
        page = f'<pre style="white-space:pre-wrap;font:16px monospace;padding:16px">{escape(mail.text)}</pre>'
        return HttpResponse(f'<!doctype html><html lang="nl"><body>{meter(mail)}{page}</body></html>')
    html = mail.html
    if mode == "dark":
        # The frame cannot ask for the colours of the night: here they always hold.
        html = _DARK.sub("@media all", html)
    if mode == "images-off":
        html = _PICTURE.sub(r"\1", html)
    return HttpResponse(re.sub(r"(<body\b[^>]*>)", lambda found: found[1] + meter(mail), html, count=1))


def meter(mail: Mail) -> str:
    """How large the mail is, of what Gmail shows."""
    words = _("%(size)d kB of the %(most)d kB that Gmail shows") % {
        "size": round(mail.size / 1024),
        "most": CLIPPED_AT // 1024,
    }
    bar = f'<meter min="0" max="{CLIPPED_AT}" high="{CLIPPED_AT * 85 // 102}" value="{mail.size}"></meter>'
    return f'<p style="{_STYLE}"><label>{escape(words)} {bar}</label></p>'
