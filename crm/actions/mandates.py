"""Giving people a role, changing and ending it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from crm.dutch.articles import opening
from crm.models import Mandate, Organisation, Person, Post
from crm.models.mandates import PUBLIC_POSTS
from crm.models.organisations import POLITICAL
from crm.queries import mandates

from . import telling
from .action import Actor, Refused, action, record
from .changing import (
    AlreadyThere,
    Invalid,
    check,
    check_unchanged,
    day,
    fill,
    period_errors,
    take_turns,
    wrong_order,
)


@action(permission="crm.add_mandate")
def add(*, person: Person, organisation: Organisation, post: str, by: Actor, **values: Any) -> Mandate:
    """Somebody does something somewhere. ``post`` of ``Post``; ``values`` are other fields of Mandate.

    Raises AlreadyThere when they hold that post there over the same time, Invalid when they hold it for a part of that
    time, and for a party without a public post and a source (AVG art. 9.2.e).
    """
    take_turns(Mandate, person.pk, organisation.pk)
    mandate = Mandate(person=person, organisation=organisation)
    fill(mandate, {"post": post, **values})
    _check(mandate)
    same = Mandate.objects.filter(
        person=person, organisation=organisation, post=post, label__iexact=mandate.label
    )
    if existing := same.filter(from_on=mandate.from_on, until_on=mandate.until_on).first():
        raise AlreadyThere(existing)
    _check_not_double(mandate)
    mandate.save()
    _tell("crm.mandate_added", mandate, by=by, since=telling.day(mandate.from_on))
    return mandate


@action(permission="crm.change_mandate")
def change(*, mandate: Mandate, by: Actor, seen: str = "", **values: Any) -> Mandate:
    """Mend a role. Raises Overtaken and Invalid as ``add`` and ``check_unchanged`` do."""
    current = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    check_unchanged(current, seen)
    before, was_double = current.organisation, _double(current) is not None
    changes = fill(current, values)
    _check(current)
    if not was_double:
        _check_not_double(current)
    if changes:
        current.save()
        _tell("crm.mandate_changed", current, by=by, also=[before], changes=changes)
    return current


@action(permission="crm.change_mandate")
def end(*, mandate: Mandate, until_on: datetime.date, by: Actor) -> Mandate:
    """The role is over from a day on."""
    if mandate.until_on == until_on:
        return mandate
    fill(mandate, {"until_on": until_on})
    _check(mandate)
    mandate.save(update_fields=["until_on"])
    _tell("crm.mandate_ended", mandate, by=by, day=telling.day(until_on))
    return mandate


@action(permission="crm.add_mandate")
def take_along(
    *, faction: Organisation, to: Organisation, from_on: datetime.date, source: str, by: Actor
) -> list[Mandate]:
    """The people of a faction sit from a day on in the faction that it went on in, each with the same role.

    There they act on behalf of whom they did, or of the party of the old faction. Raises Refused when no line leads to
    that faction or nobody is left to go along, Invalid for a day before it began or without a source.
    """
    if to not in [line.successor for line in mandates.lines_to_factions(faction)]:
        words = _("%(faction)s did not go on in %(to)s. Write that down first.")
        raise Refused(opening(words % {"faction": faction.with_article, "to": to.with_article}))
    if wrong_order(to.founded_on, from_on):
        words = _("%(name)s begins on %(day)s. Fill in that day or a later one.")
        told = {"name": to.with_article, "day": day(to.founded_on)}
        raise Invalid({"from_on": opening(words % told)})
    moved = []
    for mandate in mandates.to_take_along(faction, to=to, day=from_on):
        until_on = mandate.until_on if mandate.until_on != from_on else None
        party = faction.party if mandate.post in PUBLIC_POSTS else None
        end(mandate=mandate, until_on=from_on, by=by)
        moved.append(
            add(
                person=mandate.person,
                organisation=to,
                post=mandate.post,
                label=mandate.label,
                on_behalf_of=mandate.on_behalf_of or party,
                from_on=from_on,
                until_on=until_on,
                source=source,
                by=by,
            )
        )
    if not moved:
        raise Refused(
            _("On that day nobody has a role here that they do not have there. Choose another day.")
        )
    return moved


@action(permission="crm.delete_mandate")
def remove(*, mandate: Mandate, by: Actor) -> None:
    """Take away a role that was never held; one that is over is ended instead."""
    mandate.delete()
    _tell("crm.mandate_removed", mandate, by=by)


def _check(mandate: Mandate) -> None:
    errors = period_errors(mandate.from_on, mandate.until_on)
    for_party = mandate.on_behalf_of is not None and mandate.on_behalf_of.kind in POLITICAL
    if for_party and mandate.post not in PUBLIC_POSTS:
        errors["on_behalf_of"] = _(
            "A party may only be written down with a public role, such as council member or candidate. Leave it empty."
        )
    if (for_party or mandate.organisation.kind in POLITICAL) and not mandate.source.strip():
        errors["source"] = _("This says something about someone’s party. Write down where you read it.")
    if mandate.organisation.kind in POLITICAL and mandate.post == Post.OTHER:
        errors["post"] = _("Of a party we only write down who speaks for it. Choose the role that fits.")
    check(mandate, errors)


def _check_not_double(mandate: Mandate) -> None:
    if (other := _double(mandate)) is None:
        return
    words = {"who": other, "since": day(other.from_on), "until": day(other.until_on)}
    if other.until_on is not None:
        sentence = _("%(who)s stands there already, until %(until)s. Choose days outside that time.")
    elif other.from_on is not None:
        sentence = _("%(who)s stands there already, since %(since)s. Change that role, or end it first.")
    else:
        sentence = _("%(who)s stands there already. Change that role, or end it first.")
    raise Invalid({"from_on": sentence % words})


def _double(mandate: Mandate) -> Mandate | None:
    """A role that says the same for a part of the time; one that they call differently is another one."""
    same = Mandate.objects.filter(
        person=mandate.person, organisation=mandate.organisation, post=mandate.post
    ).exclude(pk=mandate.pk)
    if mandate.label:
        same = same.filter(Q(label="") | Q(label__iexact=mandate.label))
    if mandate.from_on is not None:
        same = same.filter(Q(until_on__isnull=True) | Q(until_on__gt=mandate.from_on))
    if mandate.until_on is not None:
        same = same.filter(Q(from_on__isnull=True) | Q(from_on__lt=mandate.until_on))
    return same.select_related("person", "organisation").first()


def _tell(
    code: str, mandate: Mandate, *, by: Actor, also: list[Organisation] | None = None, **words: Any
) -> None:
    on = {organisation.pk: organisation for organisation in [mandate.organisation, *(also or [])]}
    record(
        code,
        by=by,
        on=[mandate.person, *on.values()],
        person=str(mandate.person),
        title=mandate.label or telling.choice(mandate, "post"),
        organisation=telling.named(mandate.organisation),
        **words,
    )
