"""Choosing some out of many: check boxes in a list that scrolls, with a search box above it where scripts run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model

from crm.models import Organisation


class PickWidget(forms.CheckboxSelectMultiple):
    """Check boxes that ``crm/parts/field.html`` shows with a search box and a count."""

    is_searched = True


class OrganisationsField(forms.ModelMultipleChoiceField):
    """Some of all organisations, those that no longer exist among them. The value is a queryset."""

    widget = PickWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.order_by("name"), **kwargs)

    def label_from_instance(self, obj: Model) -> str:
        """Its name, and what tells it from another of that name: how it is called in short, and what it is."""
        assert isinstance(obj, Organisation)
        apart = [obj.short_name] if obj.short_name not in ("", obj.name) else []
        return f"{obj.name} ({', '.join([*apart, obj.get_kind_display()])})"
