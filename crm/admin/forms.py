"""Forms that run an action: what they share is showing what went wrong beside the field, and losing nothing."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, in_words, version
from crm.models import TimelineEntry, User
from crm.queries import timeline

from .fields import DayField, NamesField
from .remarks import RemarkingForm


@dataclass(frozen=True, slots=True)
class Difference:
    """What one field holds in this form, and what somebody else stored meanwhile."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people changed the same thing. ``last`` is the newest line on its timeline."""

    differences: tuple[Difference, ...]
    last: TimelineEntry | None


class ActionForm(RemarkingForm, forms.Form):
    """A form whose button runs an action on a record (``holder``), or on something of it (``item``).

    A subclass says ``heading``, ``button`` and ``permission``, and what ``act`` does with ``cleaned_data``; ``act``
    returns the sentence that tells what was done. Fields named in ``folded`` stay folded until asked for.
    """

    heading: str | Promise = ""
    intro: str | Promise = ""
    button: str | Promise = ""
    permission: str = ""
    folded: Sequence[str] = ()
    # Fields that the action wants filled in, if only in some cases: it says so itself, and none is said to be free.
    needed: Collection[str] = ()
    # Where the form shows what the action says about a field that is not in the form.
    beside: ClassVar[Mapping[str, str]] = {}
    is_grave: ClassVar[bool] = False

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        by: User,
        holder: Any = None,
        item: Any = None,
        initial: Any = None,
    ) -> None:
        self.by, self.holder, self.item = by, holder, item
        self.conflict: Conflict | None = None
        self.existing: models.Model | None = None
        super().__init__(data, files, initial={**self.start(), **(initial or {})}, auto_id="field-%s")
        self.build()

    def start(self) -> dict[str, Any]:
        """What the fields hold before anybody types."""
        return {}

    def build(self) -> None:
        """Adds fields that depend on the record."""

    def act(self) -> str:
        """Run the action."""
        raise NotImplementedError

    def run(self) -> str | None:
        """Run the action with what was filled in; the sentence that says so, or None when something is to be mended.

        Sets ``existing`` when the same thing stands there already.
        """
        if not self.is_valid():
            return None
        try:
            return self.act()
        except Invalid as error:
            for name, text in error.errors.items():
                shown = self.beside.get(name, name)
                self.add_error(shown if shown in self.fields else None, text)
        except Overtaken as error:
            self.conflict = self._conflict(error.current)
            data = cast(QueryDict, self.data).copy()
            data["seen"] = version(error.current)
            self.data = data
            self.add_error(None, str(error))
        except AlreadyThere as error:
            self.existing = error.existing
            self.add_error(None, str(error))
        except Refused as error:
            self.add_error(None, str(error))
        return None

    def main_fields(self) -> list[forms.BoundField]:
        """The fields that are always shown; whether it is another one of the same name is asked when there is one."""
        return [
            field
            for field in self.visible_fields()
            if field.name not in self.folded and (field.name != "another" or self.existing)
        ]

    def folded_fields(self) -> list[forms.BoundField]:
        """The fields behind "More"."""
        return [field for field in self.visible_fields() if field.name in self.folded]

    @property
    def opens_folded(self) -> bool:
        """Whether "More" must be open, because something in it is to be mended."""
        return any(field.errors for field in self.folded_fields())

    def _conflict(self, current: models.Model) -> Conflict:
        differences = []
        for name, mine in self.cleaned_data.items():
            if name == "seen" or name not in {field.name for field in current._meta.get_fields()}:
                continue
            field = current._meta.get_field(name)
            assert isinstance(field, models.Field)
            if field.many_to_many:
                theirs = ", ".join(str(row) for row in getattr(current, name).all())
                mine_in_words = ", ".join(str(row) for row in mine)
            else:
                theirs = in_words(current, field)
                mine_in_words = self._in_words(field, current, mine)
            if mine_in_words != theirs:
                differences.append(Difference(str(self.fields[name].label or ""), mine_in_words, theirs))
        return Conflict(tuple(differences), timeline.last_change(self.holder or current))

    def _in_words(self, field: models.Field[Any, Any], current: models.Model, value: Any) -> str:
        held = getattr(current, field.name)
        setattr(current, field.name, value)
        words = in_words(current, field)
        setattr(current, field.name, held)
        return words


class RecordForm(ActionForm):
    """A form with fields of a model, filled from ``item``; without an item from a new one."""

    model: ClassVar[type[models.Model]]
    names: Sequence[str] = ()
    instead: ClassVar[dict[str, forms.Field]] = {}

    def record(self) -> models.Model | None:
        """The record that is changed, None for a new one."""
        found: models.Model | None = self.item
        return found

    def start(self) -> dict[str, Any]:
        """The values as they are stored, and which version that is."""
        record = self.record()
        if record is None or record.pk is None:
            return {}
        values: dict[str, Any] = {name: self._stored(record, name) for name in self.chosen_names()}
        return {**values, "seen": version(record)}

    def chosen_names(self) -> Iterable[str]:
        """The names of the fields, in order."""
        return self.names

    def build(self) -> None:
        """The fields of the model; those in ``instead`` as given there."""
        made = forms.models.fields_for_model(
            self.model, fields=list(self.chosen_names()), formfield_callback=cast(Any, _form_field)
        )
        for name in self.chosen_names():
            replacement = self.instead.get(name)
            if replacement is not None:
                model_field = self.model._meta.get_field(name)
                made[name] = _copied(replacement, model_field)
            self.fields[name] = made[name]
        self.order_fields([*self.chosen_names()])

    def values(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        return {name: self.cleaned_data[name] for name in self.chosen_names()}

    def _stored(self, record: models.Model, name: str) -> Any:
        value = getattr(record, name)
        if isinstance(value, models.Manager):
            return list(value.all())
        if isinstance(value, models.Model) and not isinstance(self.instead.get(name), forms.Field):
            return value.pk
        return value


def _copied(field: forms.Field, model_field: Any) -> forms.Field:
    made = copy.deepcopy(field)
    if made.label is None:
        made.label = _capitalised(model_field)
    if not made.help_text:
        made.help_text = model_field.help_text
    return made


def _capitalised(field: Any) -> str:
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _form_field(field: Any, **kwargs: Any) -> forms.Field | None:
    """The form field of a model field: dates as text, notes in a large box, no ceilings that cut a text off."""
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return DayField(label=_capitalised(field), required=not field.blank)
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    made: forms.Field | None = field.formfield(**kwargs)
    if made is None:
        return None
    names_its_own = any(value == "" for value, _label in field.flatchoices)
    if isinstance(made, forms.TypedChoiceField | forms.ModelChoiceField) and not names_its_own:
        name_the_empty_choice(made)
    # The action says what is too long; a ceiling in the browser would cut a pasted text off without a word.
    made.widget.attrs.pop("maxlength", None)
    if isinstance(made, forms.CharField) and not isinstance(made, forms.URLField):
        made.validators = []
    if isinstance(made.widget, forms.Textarea):
        made.widget.attrs["rows"] = 4
    return made


def name_the_empty_choice(field: forms.TypedChoiceField | forms.ModelChoiceField) -> None:
    """Put a word in place of the dashes that Django shows for no choice."""
    words = _("choose") if field.required else _("none")
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words
    else:
        choices = cast(Iterable[tuple[Any, Any]], field.choices)
        field.choices = [(value, label if value else words) for value, label in choices]


def known_names(form: forms.Form) -> None:
    """Adds the names that are in use to the help text of fields with names."""
    for field in form.fields.values():
        if isinstance(field, NamesField):
            known = ", ".join(field.known())
            field.help_text = _("Separate them with commas.") + (
                " " + _("In use: %(names)s.") % {"names": known} if known else ""
            )
