"""Adding organisations, changing, renaming, ending and removing them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.articles import opening
from crm.models import Network, Organisation, OrganisationKind, OrganisationName, TimelineEntry, User
from crm.models.organisations import POLITICAL
from crm.queries import organisations

from . import hanging, mandates, telling, themes
from .action import Actor, action, record
from .changing import (
    AlreadyThere,
    check,
    check_unchanged,
    day,
    fill,
    fill_many,
    period_errors,
    take_turns,
    wrong_order,
)

_MANY = ("themes", "tags")


@action(permission="crm.add_organisation")
def add(*, by: Actor, another: bool = False, **values: Any) -> Organisation:
    """A new organisation. ``values`` are fields of Organisation; ``themes`` and ``tags`` are lists of names.

    Raises AlreadyThere when one of that kind has the name, unless ``another`` says that it is another one; Invalid
    for values that cannot be.
    """
    organisation = Organisation()
    many = {name: values.pop(name, ()) for name in _MANY}
    fill(organisation, values)
    _check(organisation)
    take_turns(Organisation, organisation.kind)
    if not another and (same := _same(organisation)):
        raise AlreadyThere(
            same,
            opening(
                _("There is a %(kind)s called %(name)s already. Tick the box if this is another one.")
                % {"kind": same.get_kind_display(), "name": same.with_article}
            ),
        )
    organisation.save()
    fill_many(organisation, themes.found_or_made(**many))
    record("crm.organisation_added", by=by, on=[organisation], name=telling.named(organisation))
    return organisation


@action(permission="crm.change_organisation")
def change(*, organisation: Organisation, by: Actor, seen: str = "", **values: Any) -> Organisation:
    """Mend what is written about an organisation. A name that is changed here was a mistake: ``rename`` keeps the old.

    Raises Overtaken when somebody changed it after the version ``seen``, Invalid for values that cannot be.
    """
    many = themes.found_or_made(**{name: values.pop(name) for name in _MANY if name in values})
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_unchanged(current, seen)
    changes = fill(current, values)
    _check(current)
    changes += fill_many(current, many)
    if changes:
        current.save()
        record("crm.organisation_changed", by=by, on=[current], name=telling.named(current), changes=changes)
    return current


@action(permission="crm.change_organisation")
def rename(
    *,
    organisation: Organisation,
    name: str,
    from_on: datetime.date,
    short_name: str = "",
    source: str = "",
    by: Actor,
    seen: str = "",
) -> Organisation:
    """Give it a new name from a day on, today at the latest; the name until then is kept, and found by as before."""
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_unchanged(current, seen)
    last = (
        OrganisationName.objects.filter(organisation=current, until_on__isnull=False)
        .order_by("-until_on")
        .first()
    )
    since = last.until_on if last else current.founded_on
    old = OrganisationName(
        organisation=current,
        name=current.name,
        short_name=current.short_name,
        from_on=since,
        until_on=from_on,
    )
    fill(old, {"source": source})
    errors = {}
    if wrong_order(since, from_on):
        errors["from_on"] = _("It has had its present name since %(day)s: the new one begins later.") % {
            "day": day(since)
        }
    elif from_on > timezone.localdate():
        words = _(
            "%(day)s is still to come. Until then letters need the present name: write the new one down then."
        )
        errors["from_on"] = words % {"day": day(from_on)}
    changes = fill(current, {"name": name, "short_name": short_name})
    if current.name == old.name:
        errors["name"] = _("That is its name already.")
    _check(current, errors)
    check(old)
    old.save()
    current.save()
    record(
        "crm.organisation_renamed",
        by=by,
        on=[current],
        old=old.name,
        new=current.name,
        day=telling.day(from_on),
        changes=changes,
    )
    return current


@action(permission="crm.change_organisationname")
def add_earlier_name(
    *,
    organisation: Organisation,
    name: str,
    until_on: datetime.date,
    from_on: datetime.date | None = None,
    short_name: str = "",
    source: str = "",
    by: Actor,
) -> OrganisationName:
    """Write down a name it had before, and until when: today at the latest, as it has another name now."""
    take_turns(OrganisationName, organisation.pk)
    row = OrganisationName(organisation=organisation)
    values = {
        "name": name,
        "short_name": short_name,
        "from_on": from_on,
        "until_on": until_on,
        "source": source,
    }
    fill(row, values)
    errors = period_errors(from_on, until_on)
    if until_on > timezone.localdate():
        words = _("%(day)s is still to come. An earlier name ended today or before: fill in its last day.")
        errors.setdefault("until_on", words % {"day": day(until_on)})
    check(row, errors)
    if same := organisation.names.filter(name__iexact=row.name, until_on=until_on).first():
        raise AlreadyThere(same)
    row.save()
    organisation.save()
    record(
        "crm.organisation_earlier_name", by=by, on=[organisation], name=row.name, day=telling.day(until_on)
    )
    return row


@action(permission="crm.delete_organisationname")
def remove_earlier_name(*, name: OrganisationName, by: Actor) -> None:
    """Take away an earlier name that it never had."""
    organisation = name.organisation
    name.delete()
    organisation.save()
    record("crm.organisation_earlier_name_removed", by=by, on=[organisation], name=name.name)


@action(permission="crm.change_organisation")
def end(
    *,
    organisation: Organisation,
    ended_on: datetime.date | None,
    roles_too: bool = False,
    by: Actor,
    seen: str = "",
) -> Organisation:
    """It no longer exists from a day on; None takes that back. ``roles_too`` ends the roles that people hold there."""
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_unchanged(current, seen)
    if not fill(current, {"ended_on": ended_on}):
        return current
    _check(current)
    current.save()
    if ended_on is None:
        record("crm.organisation_reopened", by=by, on=[current], name=telling.named(current))
        return current
    record(
        "crm.organisation_ended", by=by, on=[current], name=telling.named(current), day=telling.day(ended_on)
    )
    if roles_too:
        for mandate in current.mandates.held_on(ended_on).select_related("person"):
            mandates.end(mandate=mandate, until_on=ended_on, by=by)
    return current


@action(permission="crm.delete_organisation")
def remove(*, organisation: Organisation, by: Actor) -> None:
    """Remove an organisation that was added by mistake, with its names and addresses.

    Raises Refused, naming what hangs on it, when there is anything else.
    """
    hanging.check_loose(organisation, its_own={"names", "contact_points", "seat_counts"})
    TimelineEntry.objects.about(organisation).delete()
    name = telling.named(organisation)
    organisation.delete()
    # The line stands with the person who did it: there is no organisation left to put it with.
    record("crm.organisation_removed", by=by, on=[by if isinstance(by, User) else Network.load()], name=name)


def recently_added(organisation: Organisation, *, by: User) -> bool:
    """Whether this person added it moments ago: then the same form was sent twice."""
    moment = timezone.now() - datetime.timedelta(seconds=60)
    return (
        TimelineEntry.objects.about(organisation)
        .filter(code="crm.organisation_added", by=by, happened_at__gte=moment)
        .exists()
    )


def _same(organisation: Organisation) -> Organisation | None:
    """An organisation that this one probably is: same kind and name, in the same term, election or whole."""
    same = organisations.same_name(organisation.name, kind=organisation.kind)
    for name in ("term", "election", "parent"):
        if getattr(organisation, f"{name}_id"):
            same = same.filter(**{f"{name}_id": getattr(organisation, f"{name}_id")})
    return same.first()


def _check(organisation: Organisation, extra: dict[str, str] | None = None) -> None:
    errors = dict(extra or {})
    if wrong_order(organisation.founded_on, organisation.ended_on):
        errors["ended_on"] = _("It cannot end before it began, on %(day)s.") % {
            "day": day(organisation.founded_on)
        }
    if organisation.stage and organisation.kind != OrganisationKind.INITIATIVE:
        errors["stage"] = _("Only a member initiative has a stage.")
    if organisation.party is not None and organisation.party.kind != OrganisationKind.PARTY:
        errors["party"] = opening(_("%(name)s is not a party.") % {"name": organisation.party.with_article})
    if organisation.party is not None and organisation.kind not in POLITICAL:
        errors["party"] = _("Only a faction or a candidate list belongs to a party.")
    if organisation.pk and organisation.pk in _whole_of(organisation):
        errors["parent"] = _("It cannot be a part of itself.")
    check(organisation, errors)


def _whole_of(organisation: Organisation) -> Iterable[int]:
    """The ids of what it is part of, all the way up."""
    seen: list[int] = []
    whole = organisation.parent
    while whole is not None and whole.pk not in seen:
        seen.append(whole.pk)
        whole = whole.parent
    return seen
