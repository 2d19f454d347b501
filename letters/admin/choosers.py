"""Choosers that start without a script in the page, as the content security policy asks."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.widgets import AdminImageChooser


class QuietImageChooser(AdminImageChooser):
    """Wagtail's chooser of images, its settings in attributes instead of a script between the fields."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The chooser with what ``choosers.js`` needs to bring it to life."""
        attrs = attrs or {}
        data = self.get_value_data(value)
        return format_html(
            '<div data-chooser="{}" data-chooser-for="{}" data-chooser-options="{}">{}</div>',
            self.js_constructor,
            attrs["id"],
            json.dumps(self.get_js_init_options(attrs["id"], name, data), default=str),
            self.render_html(name, data, attrs),
        )

    @property
    def media(self) -> forms.Media:
        """Wagtail's scripts, and the one that starts them."""
        return super().media + forms.Media(js=["letters/choosers.js"])
