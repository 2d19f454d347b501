"""What letters are made with, on screen: letterheads, standard texts, rules for approval."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.admin.acting import ActingInspectView, ActingViewSet
from crm.document import richtext
from crm.document.mail import to_text
from crm.models import User
from letters.actions import supplies
from letters.models import ApprovalRule, Letterhead, StandardText
from letters.queries.merge_fields import LABELS

from .supply_forms import ApprovalRuleForm, LetterheadForm, StandardTextForm


class LetterheadViewSet(ActingViewSet):
    """Who writes, where to answer, what the page looks like."""

    model = Letterhead
    name = "briefpapier"
    lead = _(
        "Every letter is printed on a letterhead: it says who writes, where answers go, and what the page looks like."
    )
    empty = _("There is no letterhead yet. Add the first one: without it no letter can be written.")
    icon = "doc-full-inverse"
    list_display = ["name", "sender_name", "reply_address"]
    search_fields = ["name", "sender_name"]
    inspect_view_fields = [
        "sender_name", "sender_lines", "reply_address", "phone", "website", "place", "closing", "sign_off", "logo",
        "window", "prints_qr",
    ]  # fmt: skip
    form_class = LetterheadForm
    keep = _("Save this letterhead")

    def add(self, form: forms.ModelForm, by: User) -> None:
        """Keep a new letterhead."""
        supplies.add_letterhead(letterhead=form.instance, by=by)

    def change(self, form: forms.ModelForm, by: User) -> None:
        """Keep a changed letterhead."""
        supplies.change_letterhead(letterhead=form.instance, seen=form.cleaned_data["seen"], by=by)

    def remove(self, instance: Letterhead, by: User) -> None:
        """Remove it."""
        supplies.remove_letterhead(letterhead=instance, by=by)


class StandardTextInspectView(ActingInspectView):
    """The text as it reads, without its markup."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """The body in plain words, merge fields by their codes."""
        if field_name != "body":
            return super().get_field_display_value(field_name, field)
        return to_text(richtext.parse(self.object.body, fields=LABELS), width=100_000).strip()


class StandardTextViewSet(ActingViewSet):
    """Texts that return in letters."""

    model = StandardText
    name = "standaardteksten"
    inspect_view_class = StandardTextInspectView
    lead = _(
        "A text that you use more often, such as “Wat is een stadsdorp?”. The button “Standard text” above a letter "
        "puts it in; there you can still change it."
    )
    empty = _("There is no standard text yet. Add the first one, such as “Wat is een stadsdorp?”.")
    farewell = _("Letters that it was put in keep their words.")
    icon = "copy"
    list_display = ["title"]
    search_fields = ["title", "body"]
    inspect_view_fields = ["body"]
    form_class = StandardTextForm
    keep = _("Save this text")

    def add(self, form: forms.ModelForm, by: User) -> None:
        """Keep a new text."""
        supplies.add_standard_text(text=form.instance, by=by)

    def change(self, form: forms.ModelForm, by: User) -> None:
        """Keep a changed text."""
        supplies.change_standard_text(text=form.instance, seen=form.cleaned_data["seen"], by=by)

    def remove(self, instance: StandardText, by: User) -> None:
        """Remove it."""
        supplies.remove_standard_text(text=instance, by=by)


class ApprovalRuleViewSet(ActingViewSet):
    """How many must agree, per kind of letter."""

    model = ApprovalRule
    name = "akkoordregels"
    lead = _(
        "How many people of the committee must agree before a letter can be sent. Those who wrote along count, but at "
        "least one must be somebody else. A kind of letter without a rule needs nobody."
    )
    empty = _("There is no rule yet, so every letter can be sent without agreement. Add one.")
    farewell = _("After this, letters of this kind need nobody’s agreement.")
    icon = "circle-check"
    list_display = ["kind", "quorum", "most_recipients"]
    inspect_view_fields = ["kind", "quorum", "most_recipients"]
    form_class = ApprovalRuleForm
    keep = _("Save this rule")

    def add(self, form: forms.ModelForm, by: User) -> None:
        """Keep a new rule."""
        supplies.add_approval_rule(rule=form.instance, by=by)

    def change(self, form: forms.ModelForm, by: User) -> None:
        """Keep a changed rule."""
        supplies.change_approval_rule(rule=form.instance, seen=form.cleaned_data["seen"], by=by)

    def remove(self, instance: ApprovalRule, by: User) -> None:
        """Remove it."""
        supplies.remove_approval_rule(rule=instance, by=by)
