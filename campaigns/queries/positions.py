"""Where the parties stand: the table of parties and asks, the seats behind each ask, and what lies behind a cell."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaigns.models import Ask, Campaign, Claim, Position
from crm.models import Network, Organisation, Term, User

from . import speakers
from .speakers import Speaker, Voices

UNKNOWN: Final = "unknown"
# The parties behind one row do not say the same.
DIFFERS: Final = "differs"


class Standing(Enum):
    """What a claim is worth beside the others of its party about the same ask."""

    CURRENT = auto()
    WAITING = auto()
    SUPERSEDED = auto()
    WITHDRAWN = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one row of the table stands on one ask. ``position`` is one of ``Position``, UNKNOWN or DIFFERS.

    ``claim`` is the newest that counts, ``waiting`` a newer one that nobody confirmed yet. ``parts`` say who stands
    where when that differs, each with the claim that counts for them, or None.
    """

    position: str = UNKNOWN
    claim: Claim | None = None
    waiting: Claim | None = None
    parts: tuple[tuple[str, Claim | None], ...] = ()

    @property
    def words(self) -> str:
        """The position in words."""
        if self.position != DIFFERS:
            return position_in_words(self.position)
        said = ", ".join(f"{name} {_of(claim)}" for name, claim in self.parts)
        return _("differs: %(said)s") % {"said": said}

    @property
    def waiting_words(self) -> str:
        """What waits, in words; "" for nothing."""
        return "" if self.waiting is None else waiting_in_words(self.waiting)


@dataclass(frozen=True, slots=True)
class Row:
    """A party or joint faction with its cells, one for each ask."""

    speaker: Speaker
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """The seats behind an ask by position, UNKNOWN and DIFFERS among them; ``total`` is the size of the council, None
    without one. ``uncounted`` are those who sit in the council with a number of seats that nobody wrote down."""

    ask: Ask
    seats: dict[str, int]
    total: int | None
    uncounted: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """``Voor: 20 van de 45 zetels. Deels: 8.``; without a council nothing."""
        if self.total is None:
            return ""
        words = ngettext(
            "For: %(seats)d of %(total)d seat.", "For: %(seats)d of %(total)d seats.", self.total
        ) % {"seats": self.seats[Position.FOR], "total": self.total}
        partly = _("Partly for: %(seats)d.") % {"seats": self.seats[Position.PARTLY]}
        return f"{words} {partly}"

    @property
    def rest(self) -> str:
        """How many seats are left, by position; those without any are left out."""
        if self.total is None:
            return ""
        others = [Position.MENTIONS, Position.AGAINST, DIFFERS, UNKNOWN]
        counted = [f"{position_in_words(other)} {self.seats[other]}" for other in others if self.seats[other]]
        return ", ".join(counted)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Where everybody stands on the asks of a campaign, on a day. ``term`` is the council whose seats count, None when
    no council is known; ``councils`` are all that sit."""

    campaign: Campaign
    asks: tuple[Ask, ...]
    rows: tuple[Row, ...]
    supports: tuple[Support, ...]
    term: Term | None
    councils: tuple[Term, ...]
    on: datetime.date

    @property
    def is_empty(self) -> bool:
        """Whether nobody said anything yet."""
        return all(
            cell.claim is None and cell.waiting is None and not cell.parts
            for row in self.rows
            for cell in row.cells
        )


def position_in_words(position: str) -> str:
    """A position, or that it is unknown or differs."""
    if position == UNKNOWN:
        return pgettext("position", "unknown")
    return pgettext("position", "differs") if position == DIFFERS else str(Position(position).label)


def waiting_in_words(claim: Claim) -> str:
    """Where they stand according to a claim that nobody confirmed yet."""
    return _("%(position)s: waits for confirmation") % {"position": _of(claim)}


def what_unknown_means() -> str:
    """The sentence that goes with every table."""
    return _("“Unknown” means that we found no statement of theirs. It does not mean that they are against.")


def second_person_confirms() -> bool:
    """Whether a claim counts only once a second person confirmed it."""
    return bool(Network.load().second_person_confirms)


def matrix(campaign: Campaign, *, on: datetime.date, body: int | None = None) -> Matrix:
    """The table of a campaign. ``body`` is the id of the municipality whose council counts, when several sit.

    A constant number of queries, whatever the number of parties, asks and claims.
    """
    councils = tuple(councils_on(on))
    term = next((one for one in councils if one.body_id == body), councils[0] if councils else None)
    asks = tuple(campaign.asks.all())
    strict = second_person_confirms()
    claims = list(_claims(Claim.objects.filter(ask__campaign=campaign, withdrawn_at=None)))
    rows_of = speakers.speakers(
        Voices(), term.body if term else None, on=on, said_by={claim.organisation_id for claim in claims}
    )
    by_ask: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_ask[claim.ask_id].append(claim)
    rows = tuple(
        Row(speaker, tuple(cell(speaker, by_ask[ask.pk], strict=strict) for ask in asks))
        for speaker in rows_of
    )
    supports = tuple(
        _support(ask, [(row.speaker, row.cells[number]) for row in rows], term)
        for number, ask in enumerate(asks)
    )
    return Matrix(campaign, asks, rows, supports, term, councils, on)


def councils_on(day: datetime.date) -> QuerySet[Term]:
    """The terms of all councils that sit on a day, the largest council first."""
    running = Term.objects.filter(from_on__lte=day).exclude(until_on__lte=day)
    return running.select_related("body").order_by("-seats_total", "body__sort_name", "pk")


def cell(speaker: Speaker, claims: Iterable[Claim], *, strict: bool) -> Cell:
    """Where a row stands, from the claims about one ask, newest first and without those withdrawn. ``strict``: a claim
    counts once it is confirmed."""
    found = list(claims)
    counted, waiting = [], []
    for voice in speaker.voices:
        heard = [claim for claim in found if claim.organisation_id in voice]
        now = next((claim for claim in heard if claim.is_confirmed or not strict), None)
        counted.append(now)
        waiting += heard[:1] if heard and heard[0] is not now else []
    newest = max(waiting, key=_age, default=None)
    known = [claim for claim in counted if claim is not None]
    positions = {claim.position for claim in known}
    if not known:
        return Cell(waiting=newest)
    if len(positions) == 1 and len(known) == len(counted):
        return Cell(positions.pop(), max(known, key=_age), newest)
    return Cell(DIFFERS, None, newest, tuple(zip(speaker.names, counted, strict=True)))


def history(speaker: Speaker, ask: Ask) -> list[tuple[Claim, Standing]]:
    """Everything that was said about an ask, newest first, those withdrawn among them, each with what it is worth.
    Two queries."""
    claims = list(_claims(Claim.objects.filter(ask=ask, organisation__in=speaker.everyone)))
    strict = second_person_confirms()
    return [(claim, _standing(claim, claims, speaker, strict=strict)) for claim in claims]


def _standing(claim: Claim, claims: Sequence[Claim], speaker: Speaker, *, strict: bool) -> Standing:
    if claim.is_withdrawn:
        return Standing.WITHDRAWN
    found = [
        cell(Speaker(speaker.organisation, (voice,), (name,), None), _in_use(claims), strict=strict)
        for voice, name in zip(speaker.voices, speaker.names, strict=True)
    ]
    if any(one.claim is claim for one in found):
        return Standing.CURRENT
    return Standing.WAITING if any(one.waiting is claim for one in found) else Standing.SUPERSEDED


def _in_use(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if not claim.is_withdrawn]


def standing_in_words(claim: Claim, standing: Standing) -> str:
    """What a claim is worth, in words."""
    if standing is Standing.WITHDRAWN:
        return _("withdrawn: it does not count")
    if standing is Standing.WAITING:
        return _("waits for confirmation by somebody else")
    if standing is Standing.SUPERSEDED:
        return _("superseded by a newer one")
    return _("counts now")


def quoted_from(model: type[Model], pks: Iterable[int]) -> QuerySet[Claim]:
    """What was quoted from these records of one model and not withdrawn, oldest first."""
    kind = ContentType.objects.get_for_model(model)
    found = Claim.objects.filter(source_type=kind, source_id__in=pks, withdrawn_at=None)
    return found.select_related("ask").order_by("said_on", "pk")


def waiting(user: User) -> QuerySet[Claim]:
    """The claims that wait for a second person who is not this user, the oldest first."""
    open_ = Claim.objects.filter(confirmed_at=None, withdrawn_at=None).exclude(entered_by=user)
    return open_.select_related("organisation", "ask__campaign", "entered_by").order_by("entered_at", "pk")


def _claims(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    return claims.select_related("organisation", "entered_by", "confirmed_by", "withdrawn_by").order_by(
        "-said_on", "-pk"
    )


def _support(ask: Ask, cells: Sequence[tuple[Speaker, Cell]], term: Term | None) -> Support:
    seats = dict.fromkeys([*Position.values, DIFFERS, UNKNOWN], 0)
    for speaker, found in cells:
        seats[found.position] += speaker.seats or 0
    uncounted = tuple(str(speaker.organisation) for speaker, _cell in cells if speaker.seats is None)
    return Support(ask, seats, term.seats_total if term else None, uncounted)


def _of(claim: Claim | None) -> str:
    return position_in_words(claim.position if claim else UNKNOWN)


def _age(claim: Claim) -> tuple[datetime.date, int]:
    return claim.said_on, claim.pk


def single(organisation: Organisation, *, on: datetime.date) -> Speaker:
    """The row of one organisation."""
    return speakers.one(Voices(), organisation, on=on)
