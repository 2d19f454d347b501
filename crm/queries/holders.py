"""Whose address or number somebody typed: an e-mail address or its domain, a postcode, a telephone number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from crm.dutch.addresses import check_email, normalise_postcode
from crm.models import Channel, ContactPoint

from . import containing

_NUMBER: Final = re.compile(r"[+0-9][0-9 ().\-/]{4,24}")
_ABROAD_OR_ZERO: Final = re.compile(r"(?:\+31|0031)(?:\(0\))?|0")
_DOMAIN: Final = re.compile(r"@?(?:www\.)?((?:[\w-]{1,63}\.)+\w{2,63})")
_WORD: Final = re.compile(r"[\w.-]{4,63}")
_POSTCODE_BEGUN: Final = re.compile(r"[1-9][0-9]{3} ?[a-z]?", re.I)
# Fewer digits would be found in the middle of nearly every number.
DIGITS: Final = 6


class Where(Enum):
    """Where in an address the piece stands that was typed; the value is the lookup for it."""

    WHOLE = "exact"
    BEGINNING = "startswith"
    END = "endswith"
    ANYWHERE = "contains"


@dataclass(frozen=True, slots=True)
class Typed:
    """A piece of an address as it stands in ``ContactPoint.lookup``."""

    kind: Channel
    wanted: str
    where: Where = Where.WHOLE


def read(text: str) -> Typed | None:
    """The address, or the part of one, that this text is as far as its form tells; None for any other text."""
    text = text.strip()
    if not text.isprintable():
        return None
    if "@" in text.strip("@") or (text.endswith("@") and text != "@"):
        return Typed(Channel.EMAIL, text.lower(), Where.BEGINNING)
    try:
        return Typed(Channel.POST, normalise_postcode(text).replace(" ", "").lower())
    except ValueError:
        pass
    if _POSTCODE_BEGUN.fullmatch(text):
        return Typed(Channel.POST, text.replace(" ", "").lower(), Where.BEGINNING)
    if _NUMBER.fullmatch(text):
        digits = re.sub(r"[^0-9]", "", _ABROAD_OR_ZERO.sub("", text.replace(" ", ""), count=1))
        return Typed(Channel.PHONE, digits, Where.ANYWHERE) if len(digits) >= DIGITS else None
    if found := _DOMAIN.fullmatch(text):
        try:
            domain = check_email(f"post@{found[1]}").removeprefix("post")
        except ValueError:
            return None
        return Typed(Channel.EMAIL, domain, Where.END)
    return read_word(text.removeprefix("@"), "@") if text.startswith("@") else None


def read_word(text: str, before: str = "") -> Typed | None:
    """One word as a piece of an e-mail address, with what must stand ``before`` it; None for any other text."""
    if not _WORD.fullmatch(text.strip()):
        return None
    return Typed(Channel.EMAIL, before + text.strip().lower(), Where.ANYWHERE)


def who(typed: Typed, model: type[Model]) -> QuerySet[Any]:
    """The ids of the organisations or people with such an address, for use within another query."""
    holder = str(model._meta.model_name)
    return _points(typed, holder).order_by().values(holder)


def found_by(typed: Typed, among: QuerySet[Any], limit: int) -> dict[int, str]:
    """The first ``limit`` organisations or people with such an address, by id, with it in words. One query.

    Of many, those whose address was written down first.
    """
    holder = str(among.model._meta.model_name)
    found = _points(typed, holder)
    if among.query.where:
        found = found.filter(**{f"{holder}__in": among})
    by: dict[int, str] = {}
    # Somebody may have several of them.
    for point in found.order_by("pk")[: limit * 3]:
        by.setdefault(getattr(point, f"{holder}_id"), _in_words(point))
    return dict(list(by.items())[:limit])


def _points(typed: Typed, holder: str) -> QuerySet[ContactPoint]:
    found = ContactPoint.objects.filter(kind=typed.kind, **{f"lookup__{typed.where.value}": typed.wanted})
    return containing.all_of(found, [typed.wanted]).exclude(**{holder: None})


def _in_words(point: ContactPoint) -> str:
    if point.kind == Channel.POST:
        return _("found by the postcode %(postcode)s") % {"postcode": point.postcode}
    if point.kind == Channel.PHONE:
        return _("found by the telephone number %(number)s") % {"number": point.value}
    return _("found by the e-mail address %(address)s") % {"address": point.value}
