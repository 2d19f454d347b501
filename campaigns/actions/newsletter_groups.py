"""Groups of readers: adding, changing and removing them."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from campaigns.models import NewsletterGroup
from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import AlreadyThere, check, check_unchanged, fill, take_turns
from crm.models import SegmentSubject, User

ADD: Final = "campaigns.add_newslettergroup"
CHANGE: Final = "campaigns.change_newslettergroup"
REMOVE: Final = "campaigns.delete_newslettergroup"


@action(permission=ADD)
def add(*, by: Actor, **values: Any) -> NewsletterGroup:
    """A new group of readers. ``values`` are fields of NewsletterGroup.

    Raises AlreadyThere when there is one of that name, Invalid for values that cannot be.
    """
    take_turns(NewsletterGroup)
    group = NewsletterGroup()
    fill(group, values)
    _check(group)
    group.save()
    record("campaigns.group_added", by=by, on=[group], name=group.name)
    return group


@action(permission=CHANGE)
def change(*, group: NewsletterGroup, seen: str = "", by: Actor, **values: Any) -> NewsletterGroup:
    """Keep what changed of a group. Raises as ``add`` does, and Overtaken when somebody else changed it since the
    version ``seen``."""
    take_turns(NewsletterGroup)
    current = NewsletterGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    check_unchanged(current, seen)
    changes = fill(current, values)
    _check(current)
    if changes:
        current.save()
        record("campaigns.group_changed", by=by, on=[current], name=current.name, changes=changes)
    return current


@action(permission=REMOVE)
def remove(*, group: NewsletterGroup, by: Actor) -> None:
    """Remove a group; its readers stay readers. Raises Refused when an issue went to it or will go."""
    record(
        "campaigns.group_removed",
        by=by,
        on=[group, *([by] if isinstance(by, User) else [])],
        name=group.name,
    )
    try:
        group.delete()
    except ProtectedError as error:
        words = _("A newsletter went to “%(name)s”, or will go. Take “readers may choose it” away instead.")
        raise Refused(words % {"name": group}) from error


def _check(group: NewsletterGroup) -> None:
    same = NewsletterGroup.objects.filter(name__iexact=group.name).exclude(pk=group.pk).first()
    if group.name and same is not None:
        raise AlreadyThere(same)
    errors = {}
    if not group.name:
        errors["name"] = _("Give the group a name, for example a district or a theme.")
    if group.segment is not None and group.segment.subject != SegmentSubject.PEOPLE:
        errors["segment"] = _("Choose a saved group of people: organisations are no readers.")
    check(group, errors)
