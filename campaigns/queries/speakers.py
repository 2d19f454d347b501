"""Who speaks for whom: factions and lists for their party, and a party for what it became, but not across a split."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from crm.models import Lineage, LineageKind, Organisation, OrganisationKind
from crm.models.organisations import POLITICAL
from crm.queries import organisations

# A party that split off never said what the old one said, nor the other way round.
_GOES_ON: Final = (
    LineageKind.MERGER, LineageKind.SUCCESSION, LineageKind.JOINT_FACTION, LineageKind.JOINT_LIST,
)  # fmt: skip
# What an organisation was before; a faction or list that it shares is not what it came from.
_WAS: Final = (LineageKind.MERGER, LineageKind.SUCCESSION)


@dataclass(frozen=True, slots=True)
class Speaker:
    """One row of the table: a party, or a faction that several parties share.

    ``voices`` are the organisations whose word counts for it, one set for each party behind it: a joint faction has
    one for each of its parties. ``names`` are those parties, of the same length. ``seats`` is None when nobody wrote
    them down, and 0 for a party that has none of its own; ``sits_in`` are the joint factions that it sits in.
    """

    organisation: Organisation
    voices: tuple[frozenset[int], ...]
    names: tuple[str, ...]
    seats: int | None
    sits_in: tuple[str, ...] = ()

    @property
    def everyone(self) -> frozenset[int]:
        """All whose word may be shown here."""
        return frozenset().union(*self.voices)


class Voices:
    """The lines between all political organisations, read once. Two queries."""

    def __init__(self) -> None:
        self.known = {
            one.pk: one
            for one in Organisation.objects.filter(kind__in=POLITICAL).only(
                "kind", "name", "short_name", "article", "sort_name", "party", "municipality", "founded_on",
                "ended_on",
            )
        }  # fmt: skip
        self._of_party: defaultdict[int, set[int]] = defaultdict(set)
        for one in self.known.values():
            if one.party_id is not None:
                self._of_party[one.party_id].add(one.pk)
        self._next: defaultdict[int, set[int]] = defaultdict(set)
        self._was: defaultdict[int, set[int]] = defaultdict(set)
        self._merged: defaultdict[int, set[int]] = defaultdict(set)
        for predecessor, successor, kind in Lineage.objects.order_by().values_list(
            "predecessor", "successor", "kind"
        ):
            if kind in _GOES_ON:
                self._next[predecessor].add(successor)
            if kind in _WAS:
                self._was[successor].add(predecessor)
            if kind == LineageKind.MERGER and self._is_party(predecessor) and self._is_party(successor):
                self._merged[successor].add(predecessor)

    def of(self, pk: int) -> frozenset[int]:
        """The ids of everyone whose word counts as that of an organisation: its factions and lists, what it was before,
        and what it went on in. So what PRO said counts for GroenLinks, and not what PvdA said."""
        before = self._closed({pk}, self._was)
        return frozenset(self._closed(before, self._next))

    def apart(self, pk: int) -> tuple[int, ...]:
        """The parties that merged into this one, when there are several, in the order in which they were added: each
        may have said something else before. Otherwise the organisation itself."""
        merged = self._merged[pk]
        return tuple(sorted(merged)) if len(merged) > 1 else (pk,)

    def _closed(self, start: Iterable[int], step: defaultdict[int, set[int]]) -> set[int]:
        """Everything that is reached along the steps, parties with their factions and lists."""
        reached: set[int] = set()
        ends = set(start)
        while ends:
            reached |= ends
            ends = {next_ for pk in ends for next_ in step[pk] | self._of_party[pk]} - reached
        return reached

    def _is_party(self, pk: int) -> bool:
        return pk in self.known and self.known[pk].kind == OrganisationKind.PARTY


def speakers(
    voices: Voices, body: Organisation | None, *, on: datetime.date, said_by: Iterable[int]
) -> list[Speaker]:
    """The rows of the table on a day: the parties that exist in a place, the joint factions in its council, and whoever
    said something (ids in ``said_by``) that no other row shows. Those with most seats stand first."""
    seated, behind = _council(body, on)
    of_party: defaultdict[int, list[int | None]] = defaultdict(list)
    joint: list[int] = []
    for pk, seats in seated.items():
        party = voices.known[pk].party_id if pk in voices.known else None
        if party is None:
            joint.append(pk)
        else:
            of_party[party].append(seats)
    sits_in: defaultdict[int, list[str]] = defaultdict(list)
    for pk in joint:
        for party in behind.get(pk, ()):
            sits_in[party].append(str(voices.known[pk]))
    rows = []
    for one in voices.known.values():
        is_here = body is None or one.municipality_id in (None, body.pk) or one.pk in of_party
        if one.kind == OrganisationKind.PARTY and is_here and _exists(one, on):
            seats = _sum(of_party[one.pk])
            rows.append(_row(voices, one.pk, voices.apart(one.pk), seats, tuple(sits_in[one.pk])))
    for pk in joint:
        rows.append(_row(voices, pk, tuple(sorted(behind.get(pk, ()))) or (pk,), seated[pk]))
    shown = frozenset().union(*(row.everyone for row in rows))
    left = {voices.known[pk].party_id or pk for pk in said_by if pk not in shown and pk in voices.known}
    rows += [_row(voices, pk, voices.apart(pk), 0) for pk in sorted(left)]
    return sorted(rows, key=lambda row: (-(row.seats or 0), row.organisation.sort_name, row.organisation.pk))


def one(voices: Voices, organisation: Organisation, *, on: datetime.date) -> Speaker:
    """The row of a single organisation, without its seats; a faction or list with a party is part of that one's row,
    but here it is asked about by itself."""
    parts: tuple[int, ...] = voices.apart(organisation.pk)
    if organisation.kind == OrganisationKind.FACTION and organisation.party_id is None:
        faction = Organisation.objects.filter(pk=organisation.pk)
        parts = tuple(sorted(organisations.parties_of(faction, on)[organisation.pk])) or parts
    return _row(voices, organisation.pk, parts, None)


def _row(
    voices: Voices, pk: int, parts: tuple[int, ...], seats: int | None, sits_in: tuple[str, ...] = ()
) -> Speaker:
    return Speaker(
        organisation=voices.known[pk],
        # A joint faction that speaks for itself speaks for each of its parties: it is what they went on in.
        voices=tuple(voices.of(part) | ({pk} if part != pk else set()) for part in parts),
        names=tuple(str(voices.known[part]) for part in parts),
        seats=seats,
        sits_in=sits_in,
    )


def _council(
    body: Organisation | None, on: datetime.date
) -> tuple[dict[int, int | None], dict[int, set[int]]]:
    """The seats of each faction in the council, and the parties behind each, by id."""
    if body is None:
        return {}, {}
    factions = organisations.seated_on(on, body=body.pk)
    seated = {one.faction.pk: one.seats for one in organisations.factions_seated_on(body, on)}
    return seated, organisations.parties_of(factions, on)


def _sum(counts: list[int | None]) -> int | None:
    """The seats together; None when of one faction nobody wrote them down."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _exists(one: Organisation, on: datetime.date) -> bool:
    begun = one.founded_on is None or one.founded_on <= on
    return begun and (one.ended_on is None or one.ended_on > on)
