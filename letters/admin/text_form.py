"""The form of the step Text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.admin.fields import DayField
from crm.dutch.dates import long_date
from letters.models import Letter, Signatory

from .rich_text import LetterTextArea, without_noise

_LONGEST_NAME = Signatory._meta.get_field("name").max_length or 0


class TextForm(forms.ModelForm):
    """What a letter says, its ending, and the few choices most people never make.

    Signatories are two lists beside it, ``signatory_name`` and ``signatory_role``, so that rows need no numbers.
    """

    dated_on = DayField(
        label=gettext_lazy("Date of the letter"), help_text=gettext_lazy("For example 29 juli 2025.")
    )
    draft_number = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Letter
        fields = [
            "subject", "dated_on", "salutation", "body", "closing", "sign_off", "letterhead", "kind", "level",
            "purpose",
        ]  # fmt: skip
        # A subject is one line, but a long one should be seen whole while it is written.
        widgets = {"subject": forms.Textarea(attrs={"rows": 2})}

    MORE = ("salutation", "letterhead", "kind", "purpose", "level")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].widget = LetterTextArea()
        # The draft number is not the letter's to fill in: it is the one that the writer started from.
        self.initial["draft_number"] = self.instance.draft_number
        self.initial["dated_on"] = long_date(self.instance.dated_on)
        self.fields["closing"].widget.attrs["placeholder"] = self.instance.letterhead.closing
        self.fields["sign_off"].widget.attrs["placeholder"] = self.instance.letterhead.sign_off
        for name in self.fields:
            self.fields[name].widget.attrs.setdefault("autocomplete", "off")

    def clean_subject(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean_salutation(self) -> str:
        """One line, without the comma that the printer puts there."""
        return " ".join(self.cleaned_data["salutation"].split()).rstrip(",")

    def clean_body(self) -> str:
        """The text without the noise of the editor, so that opening and saving changes nothing.

        Raises ValidationError naming what a letter cannot hold.
        """
        return without_noise(self.cleaned_data["body"], stored=self.initial["body"])

    def clean(self) -> dict[str, Any]:
        """Refuse names that are too long to print."""
        super().clean()
        if any(len(text) > _LONGEST_NAME for pair in self.signatories for text in pair):
            self.add_error(None, _("A name or role under the letter is too long. Make it shorter."))
        return self.cleaned_data

    @property
    def signatories(self) -> list[tuple[str, str]]:
        """Names and roles under the letter, as sent or as stored."""
        if not self.is_bound:
            return [(signatory.name, signatory.role) for signatory in self.instance.signatories.all()]
        names, roles = self.data.getlist("signatory_name"), self.data.getlist("signatory_role")  # type: ignore[attr-defined]
        return [
            (" ".join(name.split()), " ".join(role.split())) for name, role in zip(names, roles, strict=False)
        ]

    @property
    def signatory_rows(self) -> list[tuple[str, str]]:
        """The rows on screen: one empty at the end."""
        return [*(pair for pair in self.signatories if any(pair)), ("", "")]

    @property
    def values(self) -> dict[str, object]:
        """The fields that are in order, by name, for ``save_draft``."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}

    @property
    def problems(self) -> list[str]:
        """What is wrong, in sentences that name the field."""
        sentences = []
        for name, errors in self.errors.items():
            label = f"{self.fields[name].label}: " if name in self.fields and name != "body" else ""
            sentences += [f"{label}{error}" for error in errors]
        return sentences

    @property
    def opens_more(self) -> bool:
        """Whether something under "more choices" was filled in, or is wrong."""
        return bool(self["salutation"].value()) or any(name in self.errors for name in self.MORE)

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that stay folded away."""
        return [self[name] for name in self.MORE]
