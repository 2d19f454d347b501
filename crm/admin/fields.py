"""Form fields of our own: dates as people type them, names separated by commas, and looking somebody up."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import Model
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext_lazy

from crm.dutch.dates import parse_date
from crm.models import Organisation, OrganisationKind, Person
from crm.queries import search
from crm.registries.search import Hit

from .numbers import key


class DayField(forms.Field):
    """A date as people type it: 29-7-2025, 29 juli 2025, gisteren."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("For example 29-7-2025"))
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)
        self.widget.attrs.update(autocomplete="off", size="14")

    def to_python(self, value: Any) -> datetime.date | None:
        """The date, or None; raises ValidationError in words."""
        if not value or isinstance(value, datetime.date):
            return value or None
        try:
            return parse_date(str(value)[:60], timezone.localdate())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """The date as people type it."""
        return f"{value.day}-{value.month}-{value.year}" if isinstance(value, datetime.date) else value


class ClockField(forms.Field):
    """A time of day: 20.14, 20:14 or 20."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("For example 20.14"))
        super().__init__(**kwargs)
        self.widget.attrs.update(autocomplete="off", size="6")

    def to_python(self, value: Any) -> datetime.time | None:
        """The time, or None; raises ValidationError in words."""
        if not value or isinstance(value, datetime.time):
            return value or None
        hours, _dot, minutes = str(value).replace(":", ".").partition(".")
        try:
            return datetime.time(int(hours), int(minutes or 0))
        except ValueError as error:
            raise forms.ValidationError(_("This is no time. Write it like this: 20.14.")) from error

    def prepare_value(self, value: Any) -> Any:
        """The time as people type it."""
        if isinstance(value, datetime.datetime):
            value = timezone.localtime(value).time()
        return f"{value.hour}.{value.minute:02}" if isinstance(value, datetime.time) else value


class NamesField(forms.CharField):
    """Names separated by commas, such as themes. The value is a list of names, of no more than ``MOST``."""

    MOST = 30

    def __init__(self, model: type[Model], **kwargs: Any) -> None:
        self.model = model
        super().__init__(required=False, max_length=1000, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The names, each once."""
        typed = (
            super().to_python(value) if isinstance(value, str) else ", ".join(str(row) for row in value or ())
        )
        text = typed or ""
        names = {name.strip().lower(): name.strip() for name in text.split(",") if name.strip()}
        if len(names) > self.MOST:
            raise forms.ValidationError(
                _(
                    "These are %(count)d at once. Fill in %(most)d at most: leave out what helps least to find it."
                )
                % {"count": len(names), "most": self.MOST}
            )
        return list(names.values())

    def prepare_value(self, value: Any) -> Any:
        """The names in one line."""
        return value if isinstance(value, str) else ", ".join(str(row) for row in value or ())

    def known(self) -> list[str]:
        """The names that are in use, for the help text."""
        return [str(row) for row in self.model._default_manager.all()[:40]]


@dataclass(frozen=True, slots=True)
class NewName:
    """What was typed for somebody who is not there yet, and should be made."""

    name: str


@dataclass(frozen=True, slots=True)
class _Typed:
    """What a lookup field got: the text, who was chosen out of several, and what stood there before."""

    text: str
    chosen: str
    before: str
    before_text: str


class LookupWidget(forms.TextInput):
    """A text field with, once several fit, a list to choose from. Suggests while typing where scripts run."""

    template_name = "crm/parts/lookup.html"
    candidates: list[Hit] = []
    may_be_new = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> _Typed:
        """Everything the field was sent."""
        get = data.get
        return _Typed(
            (get(name) or "").strip()[:300],
            get(f"{name}-chosen") or "",
            get(f"{name}-before") or "",
            get(f"{name}-before-text") or "",
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Adds the record that stands there, and those to choose from."""
        before = value if isinstance(value, Model) else None
        typed = value if isinstance(value, _Typed) else None
        text = typed.text if typed else str(value or "")
        context = super().get_context(name, text, attrs)
        context["widget"] |= {
            "before": typed.before if typed else (before.pk if before else ""),
            "before_text": typed.before_text if typed else text,
            "candidates": self.candidates,
            "may_be_new": self.may_be_new,
            "chosen": typed.chosen if typed else "",
        }
        return context


class LookupField(forms.Field):
    """An organisation or a person, by name. The value is the record, or NewName when ``new`` offers to make one.

    ``kinds`` narrows organisations down. When several fit, the field asks which one is meant.
    """

    widget = LookupWidget
    SHOWN = 12

    def __init__(
        self,
        model: type[Organisation] | type[Person],
        *,
        kinds: tuple[str, ...] = (),
        new: Any = "",
        **kwargs: Any,
    ) -> None:
        self.model, self.kinds, self.new = model, kinds, new
        kwargs.setdefault("help_text", gettext_lazy("Type a name, or a part of it."))
        super().__init__(**kwargs)
        what = kinds[0] if len(kinds) == 1 else model._meta.model_name
        self.widget.attrs.update(
            {
                "autocomplete": "off",
                "data-suggest": reverse_lazy("crm:suggestions"),
                "data-suggest-what": what,
            }
        )

    def clean(self, value: Any) -> Any:
        """The record; raises ValidationError that says what to do."""
        if not isinstance(value, _Typed):
            return value
        if not value.text:
            if self.required:
                raise forms.ValidationError(_("Fill in a name."))
            return None
        rows = self.model._default_manager
        unchanged = value.text == value.before_text
        if unchanged and (found := rows.filter(pk=key(value.before)).first()):
            return found
        if value.chosen == "new" and self.new:
            return NewName(value.text)
        if found := self._narrowed(rows).filter(pk=key(value.chosen)).first():
            return found
        return self._found(value.text)

    def _found(self, text: str) -> Any:
        hits = self._hits(text)
        exact = [hit for hit in hits if hit.title.lower() == text.lower()]
        certain = exact if len(exact) == 1 else hits
        if len(certain) == 1 and not self.new:
            return self.model._default_manager.get(pk=certain[0].pk)
        if len(exact) == 1:
            return self.model._default_manager.get(pk=exact[0].pk)
        if self.new and not hits:
            return NewName(text)
        self.widget.candidates = hits[: self.SHOWN]
        self.widget.may_be_new = str(self.new) % {"name": text} if self.new else ""
        if hits:
            raise forms.ValidationError(_("Which one do you mean? Choose below."))
        raise forms.ValidationError(
            _("We know nobody called “%(name)s”. Try a part of the name, or add them first.") % {"name": text}
        )

    def _hits(self, text: str) -> list[Hit]:
        if self.model is Person:
            return search.find_people(text, 20)
        return search.find_organisations(text, 20, kinds=self.kinds)

    def _narrowed(self, rows: Any) -> Any:
        return rows.filter(kind__in=self.kinds) if self.kinds else rows


PARTIES = (OrganisationKind.PARTY,)
DISTRICTS = (OrganisationKind.DISTRICT,)
MUNICIPALITIES = (OrganisationKind.MUNICIPALITY,)

# What Django says about a field tells what is wrong, not what to do. Named here, its sentences stand in our catalogue,
# which goes before Django's own: so every form of the back office says it our way.
DJANGOS_OWN: Final = (
    gettext_noop("This field is required."),
    gettext_noop("This field cannot be blank."),
    gettext_noop("This field cannot be null."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Value %(value)r is not a valid choice."),
    gettext_noop("“%(pk)s” is not a valid value."),
    gettext_noop("Enter a list of values."),
    gettext_noop("Enter a valid value."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid time."),
    gettext_noop("Enter a valid date/time."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Null characters are not allowed."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("%(model_name)s with this %(field_label)s already exists."),
    gettext_noop("%(model_name)s with this %(field_labels)s already exists."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)
