"""Long lists a page at a time, at the same cost on the last page as on the first."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value

M = TypeVar("M", bound=Model)

# Above this many the exact number is not counted: it would read the whole table.
COUNTED: Final = 1000
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """The rows of one page. ``after`` and ``before`` are the cursors of the next and the previous page, empty at
    the ends; ``total`` is exact unless ``more_than_total``, and 0 when nobody asked to count."""

    rows: list[M]
    after: str
    before: str
    total: int
    more_than_total: bool


class _Beyond(Func):
    """``(a, b) > (x, y)``: the comparison that lets the database walk its index from a row on."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, fields: Sequence[Any], values: Sequence[Any], sign: str) -> None:
        self.sign = sign
        super().__init__(
            *(F(field.attname) for field in fields),
            *(Value(v, f) for f, v in zip(fields, values, strict=True)),
        )

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = [compiler.compile(expression) for expression in self.get_source_expressions()]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _params in side) for side in (parts[:half], parts[half:]))
        return f"({left}) {self.sign} ({right})", [param for _sql, params in parts for param in params]


def page(
    queryset: QuerySet[M],
    *,
    order: Sequence[str],
    descending: bool = False,
    after: str = "",
    before: str = "",
    size: int = 0,
    count: bool = True,
) -> Page[M]:
    """One page of a queryset, in two queries, or one without ``count``.

    ``order`` are columns that together tell every row apart and have an index in that order; none may be null.
    A cursor that makes no sense leads to the first page. ``size`` is ``PAGE`` unless given.
    """
    size = size or PAGE
    model = queryset.model
    fields = [model._meta.get_field(name) for name in order]
    back = bool(before)
    values = _read(before or after, fields)
    falling = descending != back
    rows_of = queryset.order_by(*(f"-{name}" if falling else name for name in order))
    if values is not None:
        rows_of = rows_of.filter(_Beyond(fields, values, "<" if falling else ">"))
    rows = list(rows_of[: size + 1])
    further = len(rows) > size
    rows = rows[:size]
    if back:
        rows.reverse()
    total, more = counted(queryset) if count else (0, False)
    has_before = further if back else values is not None and bool(rows)
    has_after = (values is not None and bool(rows)) if back else further
    return Page(
        rows=rows,
        after=_write(rows[-1], fields) if has_after else "",
        before=_write(rows[0], fields) if has_before else "",
        total=total,
        more_than_total=more,
    )


def counted(queryset: QuerySet[Any]) -> tuple[int, bool]:
    """How many there are, in one query: at most ``COUNTED``, and whether there are more than that."""
    found = queryset.order_by()[: COUNTED + 1].count()
    return min(found, COUNTED), found > COUNTED


def starting_at(*values: str) -> str:
    """The cursor of the page behind these values of the columns of the order."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _write(row: Model, fields: Sequence[Any]) -> str:
    return starting_at(*(field.value_to_string(row) for field in fields))


def _read(cursor: str, fields: Sequence[Any]) -> list[Any] | None:
    if not cursor:
        return None
    try:
        stored = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(stored, list) or len(stored) != len(fields):
            return None
        values = [field.to_python(value) for field, value in zip(fields, stored, strict=True)]
        for field, value in zip(fields, values, strict=True):
            field.run_validators(value)
        return None if any(value is None or "\0" in str(value) for value in values) else values
    except (ValueError, TypeError, binascii.Error, ValidationError):
        return None
