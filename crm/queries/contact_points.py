"""How to reach whom: the best address of an organisation or a person for what one wants to say."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from crm.models import Channel, ContactPoint, ContactStatus, Organisation, Person, Purpose
from crm.models.contact_points import USABLE

# Which addresses will do for a purpose, best first. A letter about a programme goes to a party's programme committee
# or board, never to its council faction. Nobody's personal address stands in for an organisation.
PREFERENCE: Final[dict[str, tuple[str, ...]]] = {
    Purpose.PROGRAMME: (Purpose.PROGRAMME, Purpose.BOARD, Purpose.GENERAL),
    Purpose.BOARD: (Purpose.BOARD, Purpose.GENERAL),
    Purpose.FACTION: (Purpose.FACTION, Purpose.GENERAL),
    Purpose.CLERK: (Purpose.CLERK, Purpose.GENERAL),
    Purpose.PRESS: (Purpose.PRESS, Purpose.GENERAL),
    Purpose.GENERAL: (Purpose.GENERAL, Purpose.BOARD, Purpose.FACTION, Purpose.CLERK, Purpose.PRESS),
    Purpose.PERSONAL: (Purpose.PERSONAL, Purpose.GENERAL),
}
_ANY: Final = (*PREFERENCE[Purpose.GENERAL], Purpose.PROGRAMME)
_CHANNELS: Final = (Channel.EMAIL, Channel.POST)
# Which addresses one writes to at all, by whose they are.
_WRITTEN_TO: Final = {Organisation: _ANY, Person: (*_ANY, Purpose.PERSONAL)}
# An address that nobody checked for longer has become doubtful.
CHECKED_WITHIN: Final = datetime.timedelta(days=365)


def best_for(organisation: Organisation, purpose: str, channel: str | None = None) -> ContactPoint | None:
    """The address to use, or None for a gap. ``purpose`` of ``Purpose``; ``channel`` of ``Channel``."""
    return for_many([organisation], purpose=purpose, channel=channel).get(organisation.pk)


def for_many(
    organisations: Iterable[Organisation], *, purpose: str | None, channel: str | None = None
) -> dict[int, ContactPoint]:
    """The address to use per organisation, by id, in one query; a gap is absent. Without a purpose any will do.

    The purpose decides, then the channel (e-mail before post unless one is asked for), then whether somebody
    checked the address, last whether that was lately. One that fails or is no longer in use never comes out.
    """
    points = ContactPoint.objects.filter(organisation__in=[organisation.pk for organisation in organisations])
    order = PREFERENCE[purpose] if purpose else _WRITTEN_TO[Organisation]
    chosen = _best(points.select_related("organisation"), order, channel)
    return {point.organisation_id: point for point in chosen if point.organisation_id}


def for_people(people: Iterable[Person], *, channel: str | None = None) -> dict[int, ContactPoint]:
    """The address to use per person, by id, in one query: one for their work before their personal one."""
    points = ContactPoint.objects.filter(person__in=[person.pk for person in people])
    chosen = _best(points.select_related("person"), _WRITTEN_TO[Person], channel)
    return {point.person_id: point for point in chosen if point.person_id}


def without_address(holders: QuerySet[Any]) -> QuerySet[Any]:
    """Those organisations or people whom we cannot write to: exactly who is absent in ``for_many``, ``for_people``."""
    return _among(holders, ~Exists(_addresses_of(holders)))


def not_checked_for_long(holders: QuerySet[Any], day: datetime.date) -> QuerySet[Any]:
    """Those with an address of which none was checked within a year before a day; never checked counts as well."""
    addresses = _addresses_of(holders)
    lately = addresses.filter(checked_on__gt=day - CHECKED_WITHIN)
    return _among(holders, Exists(addresses), ~Exists(lately))


def _among(holders: QuerySet[Any], *conditions: Any) -> QuerySet[Any]:
    """Those that meet the conditions, looked up in one go: asked row by row along the index of a list, a few among many
    take SQLite several times as long."""
    everybody = holders.model._default_manager.order_by()
    return holders.filter(pk__in=everybody.filter(*conditions).values("pk"))


def _addresses_of(holders: QuerySet[Any]) -> QuerySet[ContactPoint]:
    """The addresses that will do, of the row of an outer query."""
    return ContactPoint.objects.filter(
        kind__in=_CHANNELS,
        status__in=USABLE,
        purpose__in=_WRITTEN_TO[holders.model],
        **{str(holders.model._meta.model_name): OuterRef("pk")},
    )


def _best(points: Iterable[ContactPoint], order: tuple[str, ...], channel: str | None) -> list[ContactPoint]:
    channels: tuple[str, ...] = (channel,) if channel else _CHANNELS
    by_holder: defaultdict[tuple[int | None, int | None], list[ContactPoint]] = defaultdict(list)
    for point in points:
        if point.status in USABLE and point.purpose in order and point.kind in channels:
            by_holder[point.organisation_id, point.person_id].append(point)
    return [min(some, key=lambda point: _rank(point, order, channels)) for some in by_holder.values()]


def _rank(
    point: ContactPoint, order: tuple[str, ...], channels: tuple[str, ...]
) -> tuple[int, int, bool, int, int]:
    checked = point.checked_on or datetime.date.min
    return (
        order.index(point.purpose),
        channels.index(point.kind),
        point.status != ContactStatus.CONFIRMED,
        -checked.toordinal(),
        point.pk,
    )
