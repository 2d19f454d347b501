"""What somebody minds over all rooms, before it is handed over to somebody else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.models import FollowUp, Organisation, Person, User
from crm.registries import portfolios
from crm.registries.portfolios import Part

from . import users

NAMED = 12


@dataclass(frozen=True, slots=True)
class Held:
    """One part of what somebody minds: the ids, how many in words, and the first of them by name."""

    part: Part
    pks: tuple[int, ...]
    words: str
    names: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return len(self.pks) - len(self.names)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All that somebody minds. ``seen`` is a fingerprint, so that nobody hands over other things than were shown."""

    held: tuple[Held, ...]
    seen: str

    @property
    def counts(self) -> dict[str, int]:
        """How many of each part, by its name."""
        return {one.part.name: len(one.pks) for one in self.held}


def of(user: User) -> Portfolio:
    """What a user minds; parts without anything are left out. One query per part."""
    held = []
    for part in portfolios.parts():
        rows = list(part.held(user))
        if rows:
            names = tuple(part.label(row) for row in rows[:NAMED])
            held.append(Held(part, tuple(row.pk for row in rows), part.counted(len(rows)), names))
    digest = hashlib.sha256(repr([(one.part.name, sorted(one.pks)) for one in held]).encode())
    return Portfolio(tuple(held), digest.hexdigest()[:16])


def in_words(counts: Mapping[str, int]) -> str:
    """ "3 vervolgacties en 2 antwoorden", from numbers by the name of the part."""
    said = [part.counted(counts[part.name]) for part in portfolios.parts() if part.name in counts]
    return get_text_list(said, _("and"))


def unable(portfolio: Portfolio, user: User) -> list[Held]:
    """The parts that somebody cannot take over, for want of a permission."""
    return [one for one in portfolio.held if not user.has_perm(one.part.permission)]


def takers(giver: User) -> QuerySet[User]:
    """To whom a portfolio can be handed over: whoever works with the action list, but the giver."""
    return users.holding("crm.change_followup").exclude(pk=giver.pk)


def open_follow_ups(user: User) -> QuerySet[FollowUp]:
    """What somebody has on the action list."""
    return FollowUp.objects.open().filter(owner=user).by_day()


def follow_ups_counted(count: int) -> str:
    """How many follow-ups."""
    return ngettext("%(count)d thing on the action list", "%(count)d things on the action list", count) % {
        "count": count
    }


def organisations(user: User) -> QuerySet[Organisation]:
    """The organisations of which somebody is the regular contact."""
    return Organisation.objects.filter(our_contact=user).order_by("sort_name", "pk")


def organisations_counted(count: int) -> str:
    """How many organisations have a regular contact in her."""
    return ngettext(
        "regular contact of %(count)d organisation", "regular contact of %(count)d organisations", count
    ) % {"count": count}


def people(user: User) -> QuerySet[Person]:
    """The people of whom somebody is the regular contact."""
    return Person.objects.filter(our_contact=user).order_by("sort_name", "pk")


def people_counted(count: int) -> str:
    """How many people have a regular contact in her."""
    return ngettext("regular contact of %(count)d person", "regular contact of %(count)d people", count) % {
        "count": count
    }
