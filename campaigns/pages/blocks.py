"""The blocks that a newsletter is built from, as an editor fills them in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from campaigns.models import Ask, Publication

FEATURES = ["bold", "italic", "link", "ol", "ul"]


def words(**kwargs: Any) -> blocks.RichTextBlock:
    """A few paragraphs."""
    return blocks.RichTextBlock(features=FEATURES, **kwargs)


class _ChooserBlock(blocks.FieldBlock):
    """Chooses one of a few records."""

    model: Any

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        self._asked = {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.ModelChoiceField:
        """The field of the form."""
        return forms.ModelChoiceField(self.model.objects.all(), **self._asked)

    def to_python(self, value: Any) -> Any:
        """The record of an id; None when it is gone."""
        return self.model.objects.filter(pk=value).first() if value else None

    def get_prep_value(self, value: Any) -> Any:
        """Its id."""
        return value.pk if value else None

    def value_from_form(self, value: Any) -> Any:
        """What the field gives is the record."""
        return value

    def value_for_form(self, value: Any) -> Any:
        """What the field takes is its id."""
        return value.pk if value else None

    def bulk_to_python(self, values: Any) -> Any:
        """Many at once, with one query."""
        found = self.model.objects.in_bulk([value for value in values if value])
        return [found.get(value) for value in values]

    class Meta:
        icon = "list-ul"


class PublicationChooserBlock(_ChooserBlock):
    """One of our publications."""

    model = Publication


class AskChooserBlock(_ChooserBlock):
    """One of the things that we ask for."""

    model = Ask


class LinkBlock(blocks.StructBlock):
    """Words that lead to a page of ours or to another address."""

    words = blocks.CharBlock(
        label=gettext_lazy("words of the link"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Say where it leads, for example: read the whole report."),
    )
    page = blocks.PageChooserBlock(label=gettext_lazy("a page of ours"), required=False)
    url = blocks.URLBlock(label=gettext_lazy("or another address"), required=False)

    def clean(self, value: Any) -> Any:
        """Words without an address lead nowhere, an address without words says nothing."""
        cleaned = super().clean(value)
        leads = cleaned["page"] or cleaned["url"]
        if bool(cleaned["words"]) != bool(leads):
            name = "url" if cleaned["words"] else "words"
            message = (
                _("Choose a page, or write an address.")
                if cleaned["words"]
                else _("Write where the link leads, in a few words.")
            )
            raise StructBlockValidationError(block_errors={name: ValidationError(message)})
        return cleaned

    class Meta:
        icon = "link"
        label = gettext_lazy("link")


def _title(**kwargs: Any) -> blocks.CharBlock:
    return blocks.CharBlock(label=gettext_lazy("title"), max_length=120, **kwargs)


class StoryBlock(blocks.StructBlock):
    """Something to tell."""

    title = _title()
    text = words(label=gettext_lazy("text"))
    image = ImageChooserBlock(label=gettext_lazy("picture"), required=False)
    alt = blocks.CharBlock(
        label=gettext_lazy("what the picture shows"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For who cannot see it, and as long as pictures are switched off."),
    )
    link = LinkBlock(label=gettext_lazy("read on"))

    class Meta:
        icon = "doc-full"
        label = gettext_lazy("Story")


class EventBlock(blocks.StructBlock):
    """Something to come to."""

    title = _title()
    starts_at = blocks.DateTimeBlock(label=gettext_lazy("when"))
    place = blocks.CharBlock(label=gettext_lazy("where"), max_length=160, required=False)
    text = words(label=gettext_lazy("text"), required=False)
    link = LinkBlock(label=gettext_lazy("more about it"))

    class Meta:
        icon = "date"
        label = gettext_lazy("Event")


class PublicationBlock(blocks.StructBlock):
    """Something of ours to read."""

    publication = PublicationChooserBlock(label=gettext_lazy("publication"))
    text = words(label=gettext_lazy("what it is about"), required=False)
    image = ImageChooserBlock(label=gettext_lazy("cover"), required=False)
    link = LinkBlock(label=gettext_lazy("where one reads it"))

    class Meta:
        icon = "doc-full-inverse"
        label = gettext_lazy("Publication")


class PositionsBlock(blocks.StructBlock):
    """Where the parties stand on something that we ask for."""

    ask = AskChooserBlock(label=gettext_lazy("what we ask for"))
    with_unknown = blocks.BooleanBlock(
        label=gettext_lazy("also the parties of which we know nothing"), required=False
    )
    link = LinkBlock(label=gettext_lazy("read on"))

    class Meta:
        icon = "tasks"
        label = gettext_lazy("Positions of parties")


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    words = blocks.TextBlock(label=gettext_lazy("what was said"), max_length=500)
    who = blocks.CharBlock(label=gettext_lazy("by whom"), max_length=160)

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Quote")


class NewsletterBlock(blocks.StreamBlock):
    """All that a newsletter may hold."""

    intro = words(label=gettext_lazy("Opening words"), icon="pilcrow")
    story = StoryBlock()
    event = EventBlock()
    publication = PublicationBlock()
    positions = PositionsBlock()
    quote = QuoteBlock()
    button = LinkBlock(label=gettext_lazy("Button"), icon="circle-plus")
    divider = blocks.StaticBlock(
        label=gettext_lazy("Line"),
        icon="horizontalrule",
        admin_text=gettext_lazy("A line between two parts."),
    )
    contact = words(label=gettext_lazy("How to reach us"), icon="mail")

    class Meta:
        label = gettext_lazy("what stands in it")
