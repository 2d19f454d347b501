"""Choosing a group in plain words: the form over a list, which is also what a saved group holds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crm.models import (
    AddressState,
    InitiativeStage,
    Level,
    Organisation,
    OrganisationKind,
    Post,
    SegmentSubject,
    Tag,
    Theme,
)
from crm.queries import segments
from crm.queries.segments import REFERENCES
from crm.registries import criteria as registry

from .fields import DISTRICTS, MUNICIPALITIES, DayField, LookupField
from .numbers import whole
from .remarks import RemarkingForm

_KINDS = [(kind, segments.PLURALS[kind]) for kind in OrganisationKind]


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _rows(label: Any, model: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        label=label, queryset=model.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )


def _address() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Their address"),
        choices=[("", "—"), *AddressState.choices],
        required=False,
        help_text=_("Long is a year. Addresses that nobody ever checked count as well."),
    )


def _councils() -> list[tuple[str, Any]]:
    bodies = Organisation.objects.filter(terms__isnull=False).distinct()
    return [("", "—"), ("any", _("any council")), *((str(body.pk), str(body)) for body in bodies)]


def _offered(criterion: registry.Criterion) -> list[tuple[str, str]]:
    return [("", "—"), *criterion.choices()]


class CriteriaForm(RemarkingForm, forms.Form):
    """The criteria of a subject. ``criteria`` gives what was chosen, as ``segments.filtered`` takes it."""

    subject = ""

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="filter-%s")
        for criterion in registry.of(self.subject):
            self.fields[criterion.name] = forms.ChoiceField(
                label=str(criterion.label), choices=partial(_offered, criterion), required=False
            )

    def shown_fields(self) -> list[forms.BoundField]:
        """The fields to show: a group of boxes without any box asks nothing."""
        return [
            field
            for field in self.visible_fields()
            if field.name not in ("theme", "tag") or self.fields[field.name].queryset.exists()  # type: ignore[attr-defined]
        ]

    def criteria(self) -> dict[str, Any]:
        """What was chosen, without what was left open; {} while something is to be mended."""
        if not self.is_valid():
            return {}
        return {name: stored for name, value in self.cleaned_data.items() if (stored := _stored(value))}

    @classmethod
    def of(cls, criteria: Mapping[str, Any]) -> dict[str, Any]:
        """The initial values of a form for stored criteria."""
        initial = dict(criteria)
        for name in REFERENCES:
            if criteria.get(name):
                initial[name] = Organisation.objects.filter(pk=criteria[name]).first()
        if criteria.get("seated_on"):
            initial["seated_on"] = datetime.date.fromisoformat(criteria["seated_on"])
        return initial


class OrganisationCriteria(CriteriaForm):
    """Which organisations."""

    subject = SegmentSubject.ORGANISATIONS

    kind = _several(_("What they are"), _KINDS)
    stage = _several(_("Stage of member initiatives"), InitiativeStage.choices)
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("every level")), *Level.choices], required=False
    )
    seated = forms.ChoiceField(label=_("With seats in the council of"), choices=_councils, required=False)
    seated_on = DayField(label=_("on this day"), required=False, help_text=_("Empty: on the day it is used."))
    part_of = LookupField(Organisation, label=_("Part of"), required=False)
    municipality = LookupField(
        Organisation, kinds=MUNICIPALITIES, label=_("In the municipality"), required=False
    )
    district = LookupField(Organisation, kinds=DISTRICTS, label=_("In the district"), required=False)
    theme = _rows(_("Themes"), Theme)
    tag = _rows(_("Labels"), Tag)
    address = _address()
    ended = forms.BooleanField(label=_("Those that no longer exist"), required=False)

    def clean(self) -> dict[str, Any]:
        """A day says when somebody had a seat, so it needs a council."""
        if self.cleaned_data.get("seated_on") and not self.cleaned_data.get("seated"):
            self.add_error("seated_on", _("A day goes with a council. Choose a council as well."))
        return self.cleaned_data


class PersonCriteria(CriteriaForm):
    """Which people."""

    subject = SegmentSubject.PEOPLE

    post = _several(_("What they do"), Post.choices)
    at_kind = _several(_("At what kind of organisation"), _KINDS)
    at = LookupField(Organisation, label=_("At which organisation"), required=False)
    theme = _rows(_("Themes"), Theme)
    tag = _rows(_("Labels"), Tag)
    address = _address()


FORMS: dict[str, type[CriteriaForm]] = {
    SegmentSubject.ORGANISATIONS: OrganisationCriteria,
    SegmentSubject.PEOPLE: PersonCriteria,
}


def as_query(criteria: Mapping[str, Any]) -> str:
    """The criteria as the query of an address, for the list and for a new group."""
    query = QueryDict(mutable=True)
    for name, value in criteria.items():
        if isinstance(value, list):
            query.setlist(name, [str(one) for one in value])
        elif name in REFERENCES:
            query[name] = str(Organisation.objects.filter(pk=value).first() or "")
            query[f"{name}-chosen"] = str(value)
        else:
            query[name] = "on" if value is True else str(value)
    return query.urlencode()


def _stored(value: Any) -> Any:
    if isinstance(value, Organisation):
        return value.pk
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str) and (number := whole(value)) is not None:
        return number
    if isinstance(value, list | str | bool):
        return value
    return [row.pk for row in value] if value else None
