"""Wagtail's choosers without a script between the fields, as the content security policy asks.

Its date fields do the same through the templates of ours under ``wagtailadmin/widgets/``.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser


def render(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    """The chooser, with what ``cms/widgets.js`` needs to start it in attributes."""
    attrs = attrs or {}
    try:
        data = self.get_value_data(value)
    except ValueError:
        # What was sent is no id; the form says so.
        data = None
    options = self.get_js_init_options(attrs["id"], name, data)
    return format_html(
        '<div data-controller="sb-widget" data-sb-widget-class-value="{}" data-sb-widget-for-value="{}"'
        ' data-sb-widget-options-value="{}">{}</div>',
        self.js_constructor,
        attrs["id"],
        json.dumps(options, default=str),
        self.render_html(name, data, attrs),
    )


def install() -> None:
    """Have every chooser of Wagtail draw itself so; there is no setting for it."""
    BaseChooser.render = render
