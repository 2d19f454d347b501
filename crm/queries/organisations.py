"""Questions about organisations: their names and seats on a day, and what became of them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from crm.models import Lineage, LineageKind, Organisation, OrganisationKind, OrganisationName, SeatCount
from crm.models.organisations import OrganisationQuerySet


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a lineage, ``depth`` steps away from the organisation that was asked about."""

    line: Lineage
    organisation: Organisation
    depth: int


@dataclass(frozen=True, slots=True)
class Seated:
    """A faction with its seats on a day; None when nobody wrote them down."""

    faction: Organisation
    seats: int | None


def listing() -> OrganisationQuerySet:
    """All organisations with what a row in a list says about them."""
    return Organisation.objects.select_related("parent", "party", "district", "municipality", "term__body")


def names_on(organisations: Iterable[Organisation], day: datetime.date) -> dict[int, str]:
    """What each was called on a day, by id, in one query. Before the first and after the last name: that name."""
    result = {organisation.pk: organisation.name for organisation in organisations}
    earlier: defaultdict[int, list[OrganisationName]] = defaultdict(list)
    for name in OrganisationName.objects.filter(organisation__in=list(result), until_on__gt=day):
        earlier[name.organisation_id].append(name)
    for pk, names in earlier.items():
        then = min(names, key=lambda name: name.until_on or datetime.date.max)
        result[pk] = then.name
    return result


def name_on(organisation: Organisation, day: datetime.date) -> str:
    """What it was called on a day."""
    return names_on([organisation], day)[organisation.pk]


def came_from(organisation: Organisation) -> list[Step]:
    """What it came from, and what that came from, nearest first; two queries."""
    return _walk(organisation, start="successor_id", to="predecessor_id")


def became(organisation: Organisation) -> list[Step]:
    """What it became, and what became of that, nearest first; two queries."""
    return _walk(organisation, start="predecessor_id", to="successor_id")


def _walk(organisation: Organisation, *, start: str, to: str) -> list[Step]:
    table = Lineage._meta.db_table
    # UNION without ALL ends at a line that was seen before at that depth; the bound ends a circle.
    sql = f"""
        WITH RECURSIVE walk(line, reached, depth) AS (
            SELECT id, {to}, 1 FROM {table} WHERE {start} = %s
            UNION
            SELECT step.id, step.{to}, walk.depth + 1
            FROM {table} step JOIN walk ON step.{start} = walk.reached WHERE walk.depth < 20
        )
        SELECT line, MIN(depth) FROM walk GROUP BY line
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [organisation.pk])
        depths = dict(cursor.fetchall())
    if not depths:
        return []
    end = to.removesuffix("_id")
    lines = Lineage.objects.filter(pk__in=depths).select_related("predecessor", "successor")
    steps = [Step(line, getattr(line, end), depths[line.pk]) for line in lines]
    return sorted((s for s in steps if s.organisation.pk != organisation.pk), key=lambda s: s.depth)


def family_of(organisation: Organisation) -> set[int]:
    """The ids of everything whose promises count as made by this organisation; one query.

    That is itself; what it came from, and the factions and lists of parties among them, all the way back; and what
    became of it. So what GroenLinks promised is found under PRO, and what PRO promised under GroenLinks, but not
    what PvdA promised under GroenLinks.
    """
    lineage, own = Lineage._meta.db_table, Organisation._meta.db_table
    sql = f"""
        WITH RECURSIVE
        older(id) AS (
            SELECT CAST(%s AS bigint)
            UNION
            SELECT link.below FROM older JOIN (
                SELECT successor_id AS above, predecessor_id AS below FROM {lineage}
                UNION ALL
                SELECT party_id, id FROM {own} WHERE party_id IS NOT NULL
            ) link ON link.above = older.id
        ),
        younger(id) AS (
            SELECT CAST(%s AS bigint)
            UNION
            SELECT step.successor_id FROM {lineage} step JOIN younger ON step.predecessor_id = younger.id
        )
        SELECT id FROM older UNION SELECT id FROM younger
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [organisation.pk, organisation.pk])
        return {pk for (pk,) in cursor.fetchall()}


def seated_on(day: datetime.date, *, body: int | None = None) -> QuerySet[Organisation]:
    """The factions in a council on a day (in any council without ``body``, an organisation's id).

    A faction without a seat count sits as long as it exists and its term runs; real data is incomplete.
    Rows carry ``seats``, an int or None.
    """
    running = Q(term__from_on__lte=day) & (Q(term__until_on__isnull=True) | Q(term__until_on__gt=day))
    counts = SeatCount.objects.filter(faction=OuterRef("pk"))
    then = counts.filter(Q(from_on__lte=day), Q(until_on__isnull=True) | Q(until_on__gt=day))
    factions = Organisation.objects.existing_on(day).filter(running, kind=OrganisationKind.FACTION)
    if body is not None:
        factions = factions.filter(term__body=body)
    return factions.annotate(
        seats=Subquery(then.order_by("-from_on").values("seats")[:1]),
        any_count=Subquery(counts.values("pk")[:1]),
    ).filter(Q(seats__gt=0) | Q(any_count__isnull=True))


def parties_of(factions: QuerySet[Organisation], day: datetime.date) -> dict[int, set[int]]:
    """The ids of the parties behind each faction on a day, by its id; an empty set for one that leads to no party.

    A faction without a party of its own, such as a joint one, has those of what it came from: the parties, lists and
    factions that went on in it, as far as these parties still exist on the day.
    """
    own = dict(factions.order_by().values_list("pk", "party"))
    result: dict[int, set[int]] = {pk: {party} if party else set() for pk, party in own.items()}
    seen: set[tuple[int, int]] = set()
    open_ends = {(pk, pk) for pk, party in own.items() if party is None}
    existing = Organisation.objects.existing_on(day)
    lines = Lineage.objects.filter(
        Q(happened_on__isnull=True) | Q(happened_on__lte=day),
        kind__in=(LineageKind.JOINT_FACTION, LineageKind.MERGER, LineageKind.SUCCESSION),
    )
    while open_ends := open_ends - seen:
        seen |= open_ends
        behind = defaultdict(set)
        for faction, reached in open_ends:
            behind[reached].add(faction)
        open_ends = set()
        steps = lines.filter(successor__in=list(behind)).order_by()
        for successor, pk, kind, party in steps.values_list(
            "successor", "predecessor", "predecessor__kind", "predecessor__party"
        ):
            found = pk if kind == OrganisationKind.PARTY else party
            for faction in behind[successor]:
                if found is None:
                    open_ends.add((faction, pk))
                else:
                    result[faction].add(found)
    candidates = {party for pk, parties in result.items() if own[pk] is None for party in parties}
    alive = set(existing.filter(pk__in=candidates).values_list("pk", flat=True)) if candidates else set()
    return {pk: parties if own[pk] else parties & alive for pk, parties in result.items()}


def factions_seated_on(body: Organisation, day: datetime.date) -> list[Seated]:
    """The factions in the council of a body on a day with their seats, largest first; one query."""
    return _seated(seated_on(day, body=body.pk))


def seated_for(party: Organisation, day: datetime.date) -> list[Seated]:
    """The factions that a party has seats in on a day, alone or together with others, largest first; one query."""
    joint = Lineage.objects.filter(Q(predecessor=party) | Q(predecessor__party=party))
    factions = seated_on(day).filter(Q(party=party) | Q(pk__in=joint.values("successor")))
    return _seated(factions)


def _seated(factions: QuerySet[Organisation]) -> list[Seated]:
    factions = factions.select_related("party", "term__body")
    rows = [Seated(faction, faction.seats) for faction in factions]  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: (-(row.seats or 0), row.faction.sort_name))


def same_name(name: str, *, kind: str, apart_from: Organisation | None = None) -> QuerySet[Organisation]:
    """Organisations of the same kind that have this name already, whatever the capitals."""
    same = Organisation.objects.filter(kind=kind).filter(Q(name__iexact=name) | Q(short_name__iexact=name))
    return same.exclude(pk=apart_from.pk) if apart_from else same


def only_municipality() -> Organisation | None:
    """The municipality that everything must be in: the one of the address book, unless there are more."""
    found = list(Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, ended_on=None)[:2])
    return found[0] if len(found) == 1 else None


def usual_level(kind: str) -> str:
    """The level that most organisations of a kind have; empty when none has one."""
    of_kind = Organisation.objects.filter(kind=kind).exclude(level="").order_by()
    counted = of_kind.values_list("level").annotate(number=Count("pk")).order_by("-number", "level")
    return str(counted[0][0]) if counted else ""
