"""What a line on the timeline keeps: codes and dates, so that everyone reads it in their own language.

``crm.timeline`` gives them their words when the line is shown.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from crm.models import Organisation, Segment

Told = dict[str, Any]


def day(value: datetime.date | None) -> Told | None:
    """A date; None for one that nobody knows."""
    return {"day": value.isoformat()} if value else None


def choice(record: models.Model, name: str) -> Told:
    """The choice that a record has in a field."""
    return {"choice": [_label(record, name), getattr(record, name)]}


def named(record: models.Model) -> Told | str:
    """A record by its name; the name of an organisation keeps its article, for the languages that want one."""
    if isinstance(record, Organisation) and record.article:
        return {"name": [record.article, record.sentence_name]}
    return str(record)


def group(segment: Segment, on: datetime.date | None = None) -> Told:
    """Whom a group selects, on a day when one is given."""
    told = [segment.subject, segment.criteria]
    return {"group": [*told, on.isoformat()] if on else told}


def change(record: models.Model, name: str, before: Any, after: Any) -> Told:
    """One field that changed, from and to a ``value``. Free text may hold anything about anybody: that stays out."""
    if isinstance(record._meta.get_field(name), models.TextField):
        return {"change": [_label(record, name)]}
    return {"change": [_label(record, name), before, after]}


def value(record: models.Model, field: models.Field[Any, Any]) -> Any:
    """The value of a field as JSON can hold it: dates in ISO, another record by its name; "" for nothing."""
    held = getattr(record, field.name)
    if isinstance(held, datetime.datetime):
        held = timezone.localtime(held).date()
    if isinstance(held, datetime.date):
        return held.isoformat()
    if held is None:
        return ""
    return held if isinstance(held, bool | int | str) else str(held)


def _label(record: models.Model, name: str) -> str:
    return f"{record._meta.label_lower}.{name}"
