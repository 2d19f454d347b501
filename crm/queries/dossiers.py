"""Everything the page of one organisation or one person shows, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.models import (
    Channel,
    ConsentEntry,
    ContactPoint,
    Election,
    Mandate,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Person,
    SeatCount,
    Tag,
    Term,
    Theme,
    WritingPurpose,
)

from . import mandates, organisations, reach
from .organisations import Seated, Step

# A municipality can have hundreds of people and parts: the page shows the first, and says how to see the rest.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Address:
    """A way to reach somebody, and whether a letter reviewed one by one may go there; None for a telephone."""

    point: ContactPoint
    letter: reach.Verdict | None

    @property
    def source(self) -> str:
        """Where it was found, unless the answer about letters says so already."""
        is_said = self.letter is not None and reach.found_here(self.point.source) in self.letter.because
        return "" if is_said else self.point.source


@dataclass(frozen=True, slots=True)
class Role:
    """A post with the person, and how to reach that person."""

    mandate: Mandate
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class OrganisationDossier:
    """One organisation. ``state`` are the pieces of its state line; ``more_roles`` and ``more_parts`` say that there
    are more than are shown. ``on_its_behalf`` are roles elsewhere for it; ``goes_along`` is the faction that people can
    be taken along to; ``council`` are the factions in its council today, ``seated`` those that it has seats in."""

    organisation: Organisation
    state: tuple[str, ...]
    names: tuple[OrganisationName, ...]
    seats: tuple[SeatCount, ...]
    came_from: tuple[Step, ...]
    became: tuple[Step, ...]
    addresses: tuple[Address, ...]
    roles: tuple[Role, ...]
    former: tuple[Mandate, ...]
    more_roles: bool
    on_its_behalf: tuple[Mandate, ...]
    more_on_its_behalf: bool
    goes_along: Organisation | None
    council: tuple[Seated, ...]
    seated: tuple[Seated, ...]
    parts: tuple[Organisation, ...]
    more_parts: bool
    terms: tuple[Term, ...]
    elections: tuple[Election, ...]
    themes: tuple[Theme, ...]
    tags: tuple[Tag, ...]

    @property
    def has_gap(self) -> bool:
        """Whether there is no address to write to."""
        return not any(a.point.is_usable and a.point.kind != Channel.PHONE for a in self.addresses)


@dataclass(frozen=True, slots=True)
class Answer:
    """May we write for this purpose, by e-mail and by post."""

    purpose: str
    label: str
    email: reach.Verdict
    post: reach.Verdict


@dataclass(frozen=True, slots=True)
class PersonDossier:
    """One person. ``answers`` say per purpose whether we may write, and why; ``consents`` is the ledger."""

    person: Person
    state: tuple[str, ...]
    addresses: tuple[Address, ...]
    roles: tuple[Mandate, ...]
    former: tuple[Mandate, ...]
    answers: tuple[Answer, ...]
    consents: tuple[ConsentEntry, ...]
    themes: tuple[Theme, ...]
    tags: tuple[Tag, ...]

    @property
    def must_be_told(self) -> bool:
        """Whether we still have to say where their data came from (AVG art. 14)."""
        return bool(self.person.source) and self.person.informed_on is None


def of_organisation(organisation: Organisation) -> OrganisationDossier:
    """The dossier of an organisation that came from ``organisations.listing()``."""
    roles = Mandate.objects.filter(organisation=organisation).select_related(
        "person", "organisation", "on_behalf_of"
    )
    found = list(roles[: SHOWN + 1])
    running = [mandate for mandate in found[:SHOWN] if not _is_over(mandate)]
    former = tuple(mandate for mandate in found[:SHOWN] if _is_over(mandate))
    own, of_people = _addresses(organisation, {mandate.person_id for mandate in running})
    seats = tuple(organisation.seat_counts.all())
    became = tuple(organisations.became(organisation))
    terms, is_party = tuple(organisation.terms.all()), organisation.kind == OrganisationKind.PARTY
    today = timezone.localdate()
    for_it = _on_its_behalf(organisation)
    parts = list(
        Organisation.objects.filter(Q(parent=organisation) | Q(party=organisation)).order_by(
            F("ended_on").desc(nulls_first=True), "kind", "sort_name", "pk"
        )[: SHOWN + 1]
    )
    return OrganisationDossier(
        organisation=organisation,
        state=_organisation_state(organisation, seats, became),
        names=tuple(organisation.names.all()),
        seats=seats,
        came_from=tuple(organisations.came_from(organisation)),
        became=became,
        addresses=own,
        roles=tuple(Role(mandate, tuple(of_people[mandate.person_id])) for mandate in running),
        former=former,
        more_roles=len(found) > SHOWN,
        on_its_behalf=tuple(for_it[:SHOWN]),
        more_on_its_behalf=len(for_it) > SHOWN,
        goes_along=goes_along(organisation),
        council=tuple(organisations.factions_seated_on(organisation, today)) if terms else (),
        seated=tuple(organisations.seated_for(organisation, today)) if is_party else (),
        parts=tuple(parts[:SHOWN]),
        more_parts=len(parts) > SHOWN,
        terms=terms,
        elections=tuple(organisation.elections.all()),
        themes=tuple(organisation.themes.all()),
        tags=tuple(organisation.tags.all()),
    )


def goes_along(faction: Organisation) -> Organisation | None:
    """The faction that people of this one can be taken along to; None when nobody is left to take."""
    for line in mandates.lines_to_factions(faction):
        day = mandates.day_of(line, timezone.localdate())
        if mandates.to_take_along(faction, to=line.successor, day=day).exists():
            return line.successor
    return None


def of_person(person: Person) -> PersonDossier:
    """The dossier of a person."""
    roles = list(
        Mandate.objects.filter(person=person).select_related("person", "organisation", "on_behalf_of")
    )
    running = tuple(mandate for mandate in roles if not _is_over(mandate))
    may = reach.overview(person)
    return PersonDossier(
        person=person,
        state=_person_state(person, running),
        addresses=_judged(person.contact_points.select_related("person")),
        roles=running,
        former=tuple(mandate for mandate in roles if _is_over(mandate)),
        answers=tuple(
            Answer(p, str(p.label), may[p, Channel.EMAIL], may[p, Channel.POST]) for p in WritingPurpose
        ),
        consents=tuple(person.consents.all()),
        themes=tuple(person.themes.all()),
        tags=tuple(person.tags.all()),
    )


def _is_over(mandate: Mandate) -> bool:
    return mandate.until_on is not None and mandate.until_on <= timezone.localdate()


def _on_its_behalf(organisation: Organisation) -> list[Mandate]:
    """Running roles elsewhere, held on behalf of an organisation; one more than is shown, when there are more."""
    roles = organisation.represented_by.exclude(organisation=organisation)
    running = roles.filter(Q(until_on__isnull=True) | Q(until_on__gt=timezone.localdate()))
    return list(running.select_related("person", "organisation")[: SHOWN + 1])


def _addresses(
    organisation: Organisation, people: set[int]
) -> tuple[tuple[Address, ...], defaultdict[int, list[Address]]]:
    """Those of the organisation, and the usable ones of its people by person."""
    points = ContactPoint.objects.filter(Q(organisation=organisation) | Q(person__in=people))
    own: list[Address] = []
    of_people: defaultdict[int, list[Address]] = defaultdict(list)
    for address in _judged(points.select_related("organisation", "person")):
        if address.point.person_id is None:
            own.append(address)
        elif address.point.is_usable:
            of_people[address.point.person_id].append(address)
    return tuple(own), of_people


def _judged(points: Iterable[ContactPoint]) -> tuple[Address, ...]:
    """Usable ones first, e-mail before post before telephone, each with the answer whether a letter may go there."""
    channels = list(Channel)
    ordered = sorted(
        points, key=lambda p: (not p.is_usable, channels.index(Channel(p.kind)), p.purpose, p.pk)
    )
    written = [(point, point.kind) for point in ordered if point.kind != Channel.PHONE]
    verdicts = reach.may_write_to_many(written, purpose=WritingPurpose.LETTER)
    return tuple(Address(point, verdicts.get(point.pk)) for point in ordered)


def _organisation_state(
    organisation: Organisation, seats: tuple[SeatCount, ...], became: tuple[Step, ...]
) -> tuple[str, ...]:
    pieces = [str(organisation.get_kind_display()).capitalize()]
    if organisation.party is not None:
        pieces[0] = _("%(kind)s of %(party)s") % {"kind": pieces[0], "party": organisation.party.with_article}
    today = timezone.localdate()
    now = next((s for s in seats if s.from_on <= today and (s.until_on is None or s.until_on > today)), None)
    term = organisation.term
    body = term.body if term else organisation.parent
    sits = not organisation.has_ended and (term is None or term.until_on is None or term.until_on > today)
    if sits and now is not None and term is not None:
        count = ngettext("%(count)d seat in %(body)s", "%(count)d seats in %(body)s", now.seats)
        pieces.append(count % {"count": now.seats, "body": body})
    elif not sits and seats and term is not None:
        last = seats[0].seats
        count = ngettext("had %(count)d seat in %(body)s", "had %(count)d seats in %(body)s", last)
        pieces.append(count % {"count": last, "body": body})
    elif body is not None:
        pieces.append(str(body))
    if organisation.stage:
        pieces.append(str(organisation.get_stage_display()))
    if organisation.has_ended:
        pieces.append(_("no longer exists"))
    pieces += [
        f"{step.line.get_kind_display()} {step.organisation.with_article}"
        for step in became
        if step.depth == 1
    ]
    return tuple(pieces)


def _person_state(person: Person, running: tuple[Mandate, ...]) -> tuple[str, ...]:
    pieces = [
        _("%(title)s of %(organisation)s") % {"title": mandate.title, "organisation": mandate.organisation}
        for mandate in running[:3]
    ] or [_("no role at the moment")]
    pieces[0] = pieces[0][:1].upper() + pieces[0][1:]
    if person.do_not_contact:
        pieces.append(_("asked us not to write"))
    return tuple(pieces)
