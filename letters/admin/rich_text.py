"""The rich text of letters in the editor: what it offers, and the chips for merge fields and facts.

Stored form: ``<span data-merge="organisatie">organisatie</span>``, ``<span data-fact="leden">ruim 36 leden</span>``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from draftjs_exporter import DOM
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import FeatureRegistry

from campaigns.models import Fact
from crm.document import richtext
from crm.document.richtext import RichTextError
from letters.queries import merge_fields

_SHARED = ["h2", "h3", "bold", "italic", "ul", "ol", "hr", "web-link", "merge-field", "fact"]
LETTER_FEATURES = [*_SHARED, "standard-text"]
# A standard text holds no other standard texts.
STANDARD_TEXT_FEATURES = _SHARED

_DIALOG = {"close": gettext_lazy("Close"), "loading": gettext_lazy("One moment …")}
_CHOOSING = {
    **_DIALOG,
    "search": gettext_lazy("Search"),
    "none": gettext_lazy("Nothing found. Try fewer letters."),
    "failed": gettext_lazy("The list could not be fetched. Close this and try again."),
}
_WHAT_A_FIELD_BECOMES = {
    "organisatie": gettext_lazy("For example “de ChristenUnie”"),
    "geadresseerde": gettext_lazy("For example “programmacommissie” or “mevrouw De Vries”"),
    "kenmerk": gettext_lazy("The reference that stands above the letter"),
    "datum": gettext_lazy("The date that stands above the letter"),
    "eigen_alinea": gettext_lazy("What you write for one recipient alone, under Recipients"),
}

_SCRIPTS = ["letters/dialogs.js", "letters/draftail.js"]
_STYLES = {"all": ["letters/draftail.css"]}
# No letter can hold this tag, so that text which cannot be read is refused in words, never stored empty.
_UNREADABLE = "<unreadable></unreadable>"
_STYLE_TAGS = {"b", "i"}


class LetterTextArea(DraftailRichTextArea):
    """The editor of letters: lists do not nest, and what a browser sends is never trusted to be well made.

    Make one only when all applications are loaded: it looks up its features.
    """

    label: Any = gettext_lazy("Text of the letter")
    own_features = LETTER_FEATURES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "features": self.own_features})
        self.options |= {"maxListNesting": 0, "ariaLabel": self.label}

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        """The text as stored rich text; None when the form did not hold it."""
        if name not in data:
            return None
        try:
            content = json.loads(data[name])
            if content is None:  # how Draftail says that there is no text
                return ""
            if not content["blocks"]:
                return _UNREADABLE
            return super().value_from_datadict(data, files, name)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, ExporterException):
            return _UNREADABLE


class StandardTextArea(LetterTextArea):
    """The same, for standard texts."""

    label = gettext_lazy("Text")
    own_features = STANDARD_TEXT_FEATURES


def without_noise(sent: str, *, stored: str) -> str:
    """What an editor sent, without its noise: ``stored`` as it is when both say the same.

    Raises ValidationError naming what a letter cannot hold.
    """
    try:
        tree = richtext.parse(sent, fields=merge_fields.LABELS)
    except RichTextError as error:
        raise ValidationError(list(error.messages)) from error
    same = tree == richtext.parse(stored, fields=merge_fields.LABELS)
    return stored if same else richtext.serialise(tree)


class MergeFieldHandler(InlineEntityElementHandler):
    """A stored merge field becomes a chip that shows its label."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        """The code of the field."""
        return {"field": attrs.get("data-merge", "")}

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        """Put the label where the code stood, in the style that the code had."""
        chip, block = state.current_entity_ranges[-1], state.current_block
        code = contentstate.entity_map[chip.key].data["field"]
        block.text = block.text[: chip.offset] + str(merge_fields.LABELS.get(code, code))
        for style in block.inline_style_ranges:
            if style.offset >= chip.offset:
                style.offset, style.length = chip.offset, len(block.text) - chip.offset
        super().handle_endtag(name, state, contentstate)


class FactHandler(InlineEntityElementHandler):
    """A stored fact becomes underlined words that know their source and date."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        """The key of the fact, and a sentence about where it comes from."""
        key = attrs.get("data-fact", "")
        fact = Fact.objects.filter(key=key).first()
        return {
            "key": key,
            "note": about_fact(fact) if fact else _("This fact is no longer in the fact cabinet."),
        }


def about_fact(fact: Fact) -> str:
    """Since when, and who says so."""
    return _("As of %(day)s. Source: %(source)s") % {
        "day": date_format(fact.as_of_on, "j F Y"),
        "source": fact.source,
    }


def _merge_field_element(props: Mapping[str, Any]) -> Any:
    code = str(props.get("field", ""))
    return _chip({"data-merge": code}, code, props["children"])


def _fact_element(props: Mapping[str, Any]) -> Any:
    return _chip({"data-fact": str(props.get("key", ""))}, _text_in(props["children"]), props["children"])


def _link_element(props: Mapping[str, Any]) -> Any:
    return DOM.create_element("a", {"href": str(props.get("url") or "")}, props["children"])


def _chip(attributes: dict[str, str], text: str, children: Any) -> Any:
    """A chip with the bold and italics around it that Draftail puts inside it: it is one piece."""
    made = DOM.create_element("span", attributes, text)
    for style in _STYLE_TAGS & _tags_in(children):
        made = DOM.create_element(style, {}, made)
    return made


def _tags_in(node: Any) -> set[str]:
    if isinstance(node, str):
        return set()
    return {node.type, *(tag for child in node.children for tag in _tags_in(child))}


def _text_in(node: Any) -> str:
    """The words of a chip without the bold or italics inside it."""
    if isinstance(node, str):
        return node
    return "".join(_text_in(child) for child in node.children)


def register(features: FeatureRegistry) -> None:
    """Make the pieces of the editor known to Wagtail."""
    words_url = reverse_lazy("letters:words")
    _add(
        features,
        "web-link",
        {
            "type": "LINK",
            "icon": "link",
            "description": gettext_lazy("Link to a website or e-mail address"),
            "attributes": ["url"],
            "allowlist": {"href": "^(http:|https:|mailto:|undefined$)"},
            "texts": {
                **_DIALOG,
                "heading": gettext_lazy("Link to a website or e-mail address"),
                "address": gettext_lazy("Web address or e-mail address"),
                "words": gettext_lazy("Words in the letter"),
                "wrong": gettext_lazy(
                    "Write a whole address, such as www.dorp.example or naam@dorp.example."
                ),
                "save": gettext_lazy("Make it a link"),
                "remove": gettext_lazy("Take the link off"),
            },
        },
        stored="a[href]",
        handler=ExternalLinkElementHandler("LINK"),
        element=_link_element,
    )
    _add(
        features,
        "merge-field",
        {
            "type": "MERGE_FIELD",
            "icon": "tag",
            "label": gettext_lazy("Fill in"),
            "description": gettext_lazy("Something that differs per recipient"),
            "attributes": ["field"],
            "fields": [
                {"code": code, "label": label, "note": _WHAT_A_FIELD_BECOMES[code]}
                for code, label in merge_fields.LABELS.items()
            ],
            "texts": {
                **_CHOOSING,
                "heading": gettext_lazy("What should be filled in per recipient?"),
            },
        },
        stored="span[data-merge]",
        handler=MergeFieldHandler("MERGE_FIELD"),
        element=_merge_field_element,
    )
    _add(
        features,
        "fact",
        {
            "type": "FACT",
            "icon": "clipboard-list",
            "label": gettext_lazy("Fact"),
            "description": gettext_lazy("A figure from the fact cabinet"),
            "attributes": ["key", "note"],
            "url": words_url,
            "texts": {
                **_CHOOSING,
                "heading": gettext_lazy("Which fact do you want to use?"),
                "empty": gettext_lazy("The fact cabinet is empty. Add facts under Letters > Facts."),
                "remove": gettext_lazy("Take this fact out of the text"),
            },
        },
        stored="span[data-fact]",
        handler=FactHandler("FACT"),
        element=_fact_element,
    )
    standard_text = {
        "type": "STANDARD_TEXT",
        "icon": "copy",
        "label": gettext_lazy("Standard text"),
        "description": gettext_lazy("A text that you use more often"),
        "url": words_url,
        "texts": {
            **_CHOOSING,
            "heading": gettext_lazy("Which text do you want to add?"),
            "empty": gettext_lazy(
                "There are no standard texts yet. Add them under Letters > Standard texts."
            ),
        },
    }
    features.register_editor_plugin(
        "draftail", "standard-text", EntityFeature(standard_text, js=_SCRIPTS, css=_STYLES)
    )


def _add(
    features: FeatureRegistry, name: str, control: dict[str, Any], *, stored: str, handler: Any, element: Any
) -> None:
    features.register_editor_plugin("draftail", name, EntityFeature(control, js=_SCRIPTS, css=_STYLES))
    features.register_converter_rule(
        "contentstate",
        name,
        {
            "from_database_format": {stored: handler},
            "to_database_format": {"entity_decorators": {control["type"]: element}},
        },
    )
