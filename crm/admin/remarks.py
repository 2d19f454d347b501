"""What every form of ours says beside a field in its own words: what is still to be filled in or chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class RemarkingForm(forms.BaseForm):
    """A form whose remark beside an empty field names what to fill in, and says that a browser forgets files.

    Where a field has words of its own for being empty, those stand.
    """

    def add_error(self, field: str | None, error: Any) -> None:
        """Puts our words in place of Django's own."""
        if field in self.fields and (words := _in_our_words(self.fields[field], error)):
            error = ValidationError(words, code=error.code)
        super().add_error(field, error)
        for name in self.files:
            if name in self.fields and name != field:
                self[name].help_text = _("Choose the file once more: a browser does not keep it.")


def _in_our_words(field: forms.Field, error: Any) -> str:
    """What to do about a field that was left empty; "" for any other error."""
    if not isinstance(error, ValidationError) or not hasattr(error, "message"):
        return ""
    if error.message is forms.FileField.default_error_messages["empty"]:
        return _("There is nothing in this file. Choose another one.")
    if error.message is not forms.Field.default_error_messages["required"]:
        return ""
    if isinstance(field, forms.FileField):
        words = _("Choose a file under “%(label)s”.")
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        words = _("Choose something under “%(label)s”.")
    else:
        words = _("Fill in “%(label)s”.")
    return words % {"label": field.label}
