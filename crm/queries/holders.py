"""Whose address or number somebody typed: an e-mail address or its domain, a postcode, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from crm.dutch.addresses import check_email, normalise_postcode
from crm.models import Channel, ContactPoint

from . import containing

_NUMBER: Final = re.compile(r"[+0-9][0-9 ().\-/]{4,24}")
_ABROAD_OR_ZERO: Final = re.compile(r"(?:\+31|0031)(?:\(0\))?|0")
_DOMAIN: Final = re.compile(r"@?(?:www\.)?((?:[\w-]{1,63}\.)+\w{2,63})")
# Fewer digits would be found in the middle of nearly every number.
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Typed:
    """An address as it stands in ``ContactPoint.lookup``: the whole, or the ``end`` of it."""

    kind: Channel
    wanted: str
    end: bool = False


def read(text: str) -> Typed | None:
    """The address that this text is, as far as its form tells; None for any other text."""
    text = text.strip()
    if not text.isprintable():
        return None
    if "@" in text.strip("@"):
        return Typed(Channel.EMAIL, text.lower())
    try:
        return Typed(Channel.POST, normalise_postcode(text).replace(" ", "").lower())
    except ValueError:
        pass
    if _NUMBER.fullmatch(text):
        digits = re.sub(r"[^0-9]", "", _ABROAD_OR_ZERO.sub("", text.replace(" ", ""), count=1))
        return Typed(Channel.PHONE, digits, end=True) if len(digits) >= _DIGITS else None
    if found := _DOMAIN.fullmatch(text):
        try:
            return Typed(Channel.EMAIL, check_email(f"post@{found[1]}").removeprefix("post"), end=True)
        except ValueError:
            return None
    return None


def points(typed: Typed) -> QuerySet[ContactPoint]:
    """The addresses and numbers that are meant."""
    exact = Q(lookup__endswith=typed.wanted) if typed.end else Q(lookup=typed.wanted)
    return containing.all_of(ContactPoint.objects.filter(exact, kind=typed.kind), [typed.wanted])


def found_by(typed: Typed, holders: Iterable[Model], holder: str) -> dict[int, str]:
    """By which address each of these was found, in words, by id; ``holder`` is "organisation" or "person"."""
    rows = points(typed).filter(**{f"{holder}__in": list(holders)}).order_by("-pk")
    return {getattr(point, f"{holder}_id"): _in_words(point) for point in rows}


def _in_words(point: ContactPoint) -> str:
    if point.kind == Channel.POST:
        return _("found by the postcode %(postcode)s") % {"postcode": point.postcode}
    if point.kind == Channel.PHONE:
        return _("found by the telephone number %(number)s") % {"number": point.value}
    return _("found by the e-mail address %(address)s") % {"address": point.value}
