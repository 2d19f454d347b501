"""Fixtures out of ``data/`` and into checked rows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

DATA: Final = Path(__file__).parent / "data"

Row: TypeAlias = dict[str, Any]
Record = TypeVar("Record", bound=models.Model)


class BadFixture(Exception):
    """A row of the fixtures is not what its model allows."""


@cache
def read(name: str) -> Mapping[str, Any]:
    """The fixture file of this name as plain values. Read once; nobody changes what comes out."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def make(record: Record) -> Record:
    """The record, checked as a form would check it and saved. Raises BadFixture naming what is wrong."""
    try:
        # Constraints are left to the database, which checks them on saving: asking it twice takes as long again.
        record.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise BadFixture(f"{record._meta.verbose_name} “{record}”: {error}") from error
    record.save()
    return record
