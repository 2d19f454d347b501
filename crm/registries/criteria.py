"""Criteria for segments that higher rooms add, such as "without an answer"."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Apply = Callable[[QuerySet[Any], Any, datetime.date], QuerySet[Any]]
Words = Callable[[Any, datetime.date], str]
Choices = Callable[[], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing to select by.

    ``subject`` is "organisations" or "people". ``apply`` narrows a queryset of the subject to what holds on a day.
    ``words`` says it behind the noun: "without an answer to 2025-014 K". ``choices`` are what a form offers, at most a
    few dozen; the chosen value is stored as text.
    """

    name: str
    subject: str
    label: str | Promise
    apply: Apply
    words: Words
    choices: Choices


CRITERIA: dict[str, Criterion] = {}


def register(criterion: Criterion) -> None:
    """Make a criterion known. Raises ValueError when the name is taken by another one."""
    if CRITERIA.setdefault(criterion.name, criterion) != criterion:
        raise ValueError(f"Criterion {criterion.name!r} is registered twice.")


def of(subject: str) -> list[Criterion]:
    """The criteria for a subject, in the order in which they were registered."""
    return [criterion for criterion in CRITERIA.values() if criterion.subject == subject]
