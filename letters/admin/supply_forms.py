"""The forms of letterheads, standard texts and rules for approval."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.images.widgets import AdminImageChooser

from campaigns.admin.acting import ActingForm
from letters.models import ApprovalRule, Letterhead, StandardText
from letters.queries import letterheads

from .rich_text import StandardTextArea, without_noise


class LetterheadForm(ActingForm):
    """Who writes, how letters end, and what the page looks like."""

    sections = (
        (_("What you call it"), ("name",)),
        (_("Who writes"), ("sender_name", "sender_lines", "reply_address", "phone", "website", "place")),
        (_("How letters end"), ("closing", "sign_off")),
        (_("What it looks like"), ("logo", "window", "accent_colour", "prints_qr")),
    )

    class Meta:
        model = Letterhead
        fields = [
            "name", "sender_name", "sender_lines", "reply_address", "phone", "website", "place", "closing",
            "sign_off", "logo", "window", "accent_colour", "prints_qr",
        ]  # fmt: skip
        widgets = {
            "sender_lines": forms.Textarea(attrs={"rows": 3}),
            "logo": AdminImageChooser,
            "accent_colour": forms.TextInput(attrs={"type": "color"}),
        }
        help_texts = {
            "name": _("Only you see this, for example “Netwerk, ordinary letter”."),
            "place": _("It stands before the date, as in “Amsterdam, 29 juli 2025”."),
            "closing": _("Every letter can have its own."),
            "sign_off": _("For example “Namens de Coördinatie Commissie”."),
            "window": _("Look at your envelopes: on which side is the window?"),
            "accent_colour": _("Of the name at the top of the page, and of the line below it."),
        }

    def consequence(self) -> str:
        """Which letters look different from then on, and which approval lapses."""
        if self.instance.pk is None:
            return ""
        reach = letterheads.reach(self.instance)
        if not reach.letters:
            return ""
        words = ngettext(
            "%(count)d letter that is not fixed yet stands on this letterhead and changes along.",
            "%(count)d letters that are not fixed yet stand on this letterhead and change along.",
            reach.letters,
        ) % {"count": reach.letters}
        if not reach.asked:
            return words
        lapses = ngettext(
            "Of %(count)d the committee was asked to agree: when what is printed changes, that is asked anew.",
            "Of %(count)d the committee was asked to agree: when what is printed changes, that is asked anew.",
            reach.asked,
        ) % {"count": reach.asked}
        return f"{words} {lapses}"


class StandardTextForm(ActingForm):
    """A text that returns."""

    class Meta:
        model = StandardText
        fields = ["title", "body"]
        help_texts = {"title": _("By this you find it again, for example “Wat is een stadsdorp?”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The editor asks what it may offer, which is not known yet while modules are loaded.
        self.fields["body"].widget = StandardTextArea()

    def clean_body(self) -> str:
        """The text without the noise of the editor. Raises ValidationError naming what a letter cannot hold."""
        return without_noise(self.cleaned_data["body"], stored=self.instance.body)


class ApprovalRuleForm(ActingForm):
    """How many must agree."""

    class Meta:
        model = ApprovalRule
        fields = ["kind", "quorum", "most_recipients"]
        help_texts = {
            "quorum": _("With 0, nobody needs to."),
            "most_recipients": _("To more recipients than this, the strictest rule counts. Empty: no limit."),
        }
