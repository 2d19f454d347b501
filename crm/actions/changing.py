"""What the verbs on the address book share: tidy and checked values, what changed, and who was first."""

from __future__ import annotations

import datetime
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import telling
from .action import Refused
from .telling import Told


class Invalid(Refused):
    """Something in the values is wrong; ``errors`` has a sentence per field, "__all__" for what concerns several."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(self.errors.values()))


class Overtaken(Refused):
    """Somebody else changed the record after it was shown; nothing was written. ``current`` is how it is now."""

    def __init__(self, current: models.Model) -> None:
        self.current = current
        super().__init__(
            _("Someone else changed this in the meantime. Your text is still here: choose which one to keep.")
        )


class AlreadyThere(Refused):
    """It stands there already, as ``existing``; nothing was written."""

    def __init__(self, existing: models.Model, message: str = "") -> None:
        self.existing = existing
        super().__init__(message or _("That stands there already: “%(what)s”.") % {"what": existing})


def version(record: models.Model) -> str:
    """A fingerprint of what is stored of a record, to see whether somebody changed it since."""
    values = {
        field.attname: field.value_to_string(record)
        for field in record._meta.concrete_fields
        if field.editable and not field.primary_key
    }
    for field in record._meta.many_to_many:
        values[field.name] = ",".join(str(pk) for pk in sorted(_ids(getattr(record, field.name).all())))
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def check_unchanged(record: models.Model, seen: str) -> None:
    """Raises Overtaken when ``seen`` is the version of an earlier state; an empty ``seen`` is not compared."""
    if seen and seen != version(record):
        raise Overtaken(record)


def take_turns(model: type[models.Model], *about: object) -> None:
    """Have everyone who adds to ``model`` (``about`` the same) wait for each other until the transaction ends.

    Who asks afterwards whether it stands there already sees what the others wrote: two people who add the same at
    once, or one whose form is sent twice, get one of it. Ask before locking any row, so that nobody waits for a turn
    with a row in hand that the other needs. SQLite has one writer at a time, so there is nothing to wait for.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A turn lasts as long as the transaction: take it inside one.")
    if connection.vendor == "postgresql":
        name = "\0".join([model._meta.label_lower, *map(str, about)])
        turn = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn])


def fill(record: models.Model, values: Mapping[str, Any]) -> list[Told]:
    """Set fields of a record, unsaved; what changed, for the timeline. Raises ValueError for what is no field of it.

    Text is tidied: no blanks around it, and in text of one line a single one where there were more.
    """
    changes = []
    for name, value in values.items():
        field = record._meta.get_field(name)
        if not isinstance(field, models.Field) or not field.editable or field.many_to_many:
            raise ValueError(f"Not a field to fill: {name}")
        if isinstance(value, str):
            value = _lines(value) if isinstance(field, models.TextField) else _one_line(value)
        old = getattr(record, name)
        # A browser sends other line ends than it was given; that alone is no change.
        if isinstance(old, str) and isinstance(field, models.TextField) and _lines(old) == value:
            continue
        if old == value or (old in ("", None) and value in ("", None)):
            continue
        before = telling.value(record, field)
        setattr(record, name, value)
        changes.append(telling.change(record, name, before, telling.value(record, field)))
    return changes


def fill_many(record: models.Model, values: Mapping[str, Iterable[models.Model]]) -> list[Told]:
    """Set many-to-many fields of a saved record; what changed, for the timeline."""
    changes = []
    for name, chosen in values.items():
        manager = getattr(record, name)
        old, new = list(manager.all()), list(chosen)
        if _ids(old) != _ids(new):
            manager.set(new)
            changes.append(telling.change(record, name, _several(old), _several(new)))
    return changes


def check(record: models.Model, extra: Mapping[str, str] | None = None) -> None:
    """Raises Invalid when the values of a record cannot be stored, with a sentence per field that says what to mend."""
    errors = dict(extra or {})
    for field in record._meta.concrete_fields:
        # What the database computes cannot be read before it is stored, and is nobody's to mend.
        value = getattr(record, field.attname) if field.editable else None
        if isinstance(value, str) and (trouble := _trouble(value, field)):
            errors.setdefault(field.name, trouble)
    try:
        record.full_clean(exclude=list(errors))
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            errors.setdefault(name, " ".join(messages))
    if errors:
        raise Invalid(
            {name if name != NON_FIELD_ERRORS else "__all__": text for name, text in errors.items()}
        )


def wrong_order(start: datetime.date | None, end: datetime.date | None) -> bool:
    """Whether a period ends before it begins."""
    return start is not None and end is not None and end < start


def period_errors(start: datetime.date | None, end: datetime.date | None) -> dict[str, str]:
    """The error of a period from ``from_on`` until ``until_on`` in the wrong order, for ``check``."""
    return {"until_on": _("The end comes before the beginning.")} if wrong_order(start, end) else {}


def in_words(record: models.Model, field: models.Field[Any, Any]) -> str:
    """The value of a field as people write it; empty for nothing."""
    value = getattr(record, field.name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime | datetime.date):
        return day(value)
    return str(value)


def day(value: datetime.date | None) -> str:
    """A date in words: "29 juli 2025"; a question mark for an unknown one."""
    return date_format(value, "j F Y") if value else "?"


def _trouble(value: str, field: models.Field[Any, Any]) -> str:
    """What is wrong with a text, in a sentence; empty when nothing is."""
    text = isinstance(field, models.TextField)
    allowed = "\n\r\t" if text else ""
    if any(
        unicodedata.category(letter) in {"Cc", "Cs", "Co", "Zl", "Zp"} and letter not in allowed
        for letter in value
    ):
        return _("There is a line break or an invisible character in this text. Type it again on one line.")
    if "{{" in value or "{%" in value:
        return _("“{{” and “{%” cannot stand in a text here. Take them out.")
    if text and len(value) > 20_000:
        return _("This text is too long: %(count)d characters. At most 20,000 will fit.") % {
            "count": len(value)
        }
    if field.max_length and len(value) > field.max_length:
        words = _("%(field)s: at most %(most)d characters will fit, these are %(count)d. Make it shorter.")
        label = capfirst(str(field.verbose_name))
        return words % {"field": label, "most": field.max_length, "count": len(value)}
    return ""


def _lines(value: str) -> str:
    """Without blanks around it, every line ending as lines are stored."""
    return value.strip().replace("\r\n", "\n")


def _one_line(value: str) -> str:
    """Without blanks around it, and with single spaces; line breaks stay, for ``check`` to name."""
    # Zero-width characters come along when text is pasted; nobody can see or mend them.
    value = "".join(letter for letter in value if unicodedata.category(letter) != "Cf")
    lines = value.strip().replace("\t", " ").replace("\xa0", " ").split(" ")
    return " ".join(word for word in lines if word)


def _ids(rows: Iterable[models.Model]) -> set[Any]:
    return {row.pk for row in rows}


def _several(rows: Iterable[models.Model]) -> str:
    return ", ".join(sorted(str(row) for row in rows))
