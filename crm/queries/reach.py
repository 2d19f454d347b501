"""May we write, and why? The one question every message obeys (Tw 11.7, AVG art. 6, 21; to be confirmed by a lawyer).

- By post: always, unless they object.
- A letter that people reviewed one by one may go by e-mail to an address of an organisation, to the address somebody
  uses in a role, or to one that a public official publishes; the answer records which.
- An invitation by e-mail needs a yes, or an address that was published for it, with the page and a date.
- A newsletter needs a yes.
- A no wins: an objection everywhere, a withdrawal by the way it was given, unless a later yes says otherwise.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.models import (
    Channel,
    ConsentEntry,
    ContactPoint,
    ContactStatus,
    Decision,
    Mandate,
    Person,
    Purpose,
    WritingPurpose,
)
from crm.models.mandates import PUBLIC_POSTS

from . import contact_points


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer; ``because`` is one sentence with the reason, and the remedy when it is no."""

    allowed: bool
    because: str


def may_write_to(who: Person | ContactPoint, *, purpose: str, channel: str) -> Verdict:
    """Whether we may write to somebody, or to one address. ``purpose`` is a ``WritingPurpose``."""
    if isinstance(who, Person):
        return may_write_to_people([who], purpose=purpose, channel=channel)[who.pk]
    return may_write_to_many([(who, channel)], purpose=purpose)[who.pk]


def may_write_to_many(pairs: Iterable[tuple[ContactPoint, str]], *, purpose: str) -> dict[int, Verdict]:
    """The answer per address, by the id of the contact point, in at most five queries. Pairs of address and channel."""
    pairs = list(pairs)
    points = [point for point, _channel in pairs]
    prefetch_related_objects(points, "organisation", "person")
    known = _Known.about(points)
    return {point.pk: _judge(point, channel, purpose, known) for point, channel in pairs}


def may_write_to_people(people: Iterable[Person], *, purpose: str, channel: str) -> dict[int, Verdict]:
    """The answer per person, by id, in a constant number of queries: about the address we would use."""
    people = list(people)
    points = contact_points.for_people(people, channel=channel)
    verdicts = may_write_to_many([(point, channel) for point in points.values()], purpose=purpose)
    return {
        person.pk: verdicts[points[person.pk].pk] if person.pk in points else _no_address(person, channel)
        for person in people
    }


def overview(person: Person) -> dict[tuple[str, str], Verdict]:
    """The answer for every purpose, by e-mail and by post, by (purpose, channel), in a constant number of queries."""
    points = {
        channel: contact_points.for_people([person], channel=channel).get(person.pk)
        for channel in (Channel.EMAIL, Channel.POST)
    }
    present = [point for point in points.values() if point is not None]
    prefetch_related_objects(present, "person")
    known = _Known.about(present)
    return {
        (purpose, channel): _judge(point, channel, purpose, known) if point else _no_address(person, channel)
        for purpose in WritingPurpose
        for channel, point in points.items()
    }


def address_key(point: ContactPoint) -> str:
    """How an address stands in the consent ledger."""
    return str(point).lower()


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rules look at, per holder and per address."""

    by_person: dict[int, list[ConsentEntry]]
    by_address: dict[str, list[ConsentEntry]]
    addresses_of: dict[tuple[int | None, int | None], set[str]]
    roles: dict[int, list[Mandate]]

    @classmethod
    def about(cls, points: Sequence[ContactPoint]) -> _Known:
        people = {point.person_id for point in points if point.person_id}
        holders = {point.organisation_id for point in points if point.organisation_id}
        addresses_of: defaultdict[tuple[int | None, int | None], set[str]] = defaultdict(set)
        for point in ContactPoint.objects.filter(Q(person__in=people) | Q(organisation__in=holders)):
            addresses_of[point.organisation_id, point.person_id].add(address_key(point))
        addresses = set().union(*addresses_of.values())
        by_person, by_address = defaultdict(list), defaultdict(list)
        for entry in ConsentEntry.objects.filter(Q(person__in=people) | Q(address__in=addresses)):
            if entry.person_id:
                by_person[entry.person_id].append(entry)
            if entry.address:
                by_address[entry.address].append(entry)
        roles = defaultdict(list)
        if people:
            running = Mandate.objects.held_on(timezone.localdate()).filter(person__in=people)
            for mandate in running.select_related("organisation"):
                roles[mandate.person_id].append(mandate)
        return cls(dict(by_person), dict(by_address), dict(addresses_of), dict(roles))

    def said(self, point: ContactPoint) -> list[ConsentEntry]:
        """Everything that was decided by the holder of an address, newest first."""
        entries = {entry.pk: entry for entry in self.by_person.get(point.person_id or 0, [])}
        for address in self.addresses_of.get((point.organisation_id, point.person_id), ()):
            # One address of an organisation does not withdraw for the others; it can object for all.
            for entry in self.by_address.get(address, []):
                if point.person_id or address == address_key(point) or entry.decision == Decision.OBJECTED:
                    entries[entry.pk] = entry
        return sorted(entries.values(), key=lambda entry: (entry.decided_at, entry.pk), reverse=True)


def _judge(point: ContactPoint, channel: str, purpose: str, known: _Known) -> Verdict:
    name = str(point.person or point.organisation)
    if point.person is not None and point.person.do_not_contact:
        return Verdict(False, _("%(name)s asked us not to write. Ask in person first.") % {"name": name})
    if point.status == ContactStatus.FAILING:
        return Verdict(
            False, _("What we send to %(address)s comes back. Find a new address.") % {"address": point}
        )
    if point.status == ContactStatus.WITHDRAWN:
        return Verdict(False, _("%(address)s is no longer in use. Find a new address.") % {"address": point})
    if point.kind != channel:
        return Verdict(False, _("This address is not for %(channel)s.") % {"channel": Channel(channel).label})
    said = known.said(point)
    yes = _newest_yes(said, point, purpose, channel)
    no = _standing_no(said, channel, since=yes.decided_at if yes else None)
    if no is not None:
        return Verdict(False, _no_in_words(no, name))
    if yes is not None:
        words = _("%(name)s said yes on %(day)s (%(source)s).")
        return Verdict(True, words % {"name": name, "day": _day(yes.decided_at), "source": yes.source})
    if channel == Channel.POST:
        return Verdict(True, _("By post we may write to anybody who did not object, and nobody did here."))
    if purpose == WritingPurpose.LETTER:
        return _letter(point, name, known.roles.get(point.person_id or 0, []))
    if purpose == WritingPurpose.INVITATION and _is_published(point):
        words = _("%(name)s published this address for messages like ours: %(url)s, seen on %(day)s.")
        return Verdict(True, words % {"name": name, "url": point.source_url, "day": _day(point.checked_on)})
    return Verdict(
        False,
        _("%(name)s did not say yes to this: %(purpose)s. Ask first, or send it by post.")
        % {"name": name, "purpose": WritingPurpose(purpose).label},
    )


def _letter(point: ContactPoint, name: str, roles: list[Mandate]) -> Verdict:
    """A letter by e-mail that was reviewed one by one, with the basis on which it goes."""
    source = point.source or point.source_url
    found = " " + _("Found here: %(source)s.") % {"source": source} if source else ""
    if point.organisation_id:
        words = _("A letter reviewed one by one, to an address of %(name)s itself.")
        return Verdict(True, words % {"name": name} + found)
    in_public = [role for role in roles if role.post in PUBLIC_POSTS]
    if roles and point.purpose != Purpose.PERSONAL:
        role = (in_public or roles)[0]
        words = _(
            "A letter reviewed one by one, to the address of %(name)s as %(title)s of %(organisation)s."
        )
        return Verdict(
            True, words % {"name": name, "title": role.title, "organisation": role.organisation} + found
        )
    if in_public and point.published_for_contact and found:
        words = _("A letter reviewed one by one, to the address that %(name)s publishes as %(title)s.")
        return Verdict(True, words % {"name": name, "title": in_public[0].title} + found)
    return Verdict(
        False,
        _("This is a private address of %(name)s, who did not say yes. Ask first, or send it by post.")
        % {"name": name},
    )


def _is_published(point: ContactPoint) -> bool:
    return bool(point.published_for_contact and point.source_url and point.checked_on)


def _newest_yes(
    said: list[ConsentEntry], point: ContactPoint, purpose: str, channel: str
) -> ConsentEntry | None:
    """The latest yes to exactly this; a yes given for one address is none for another."""
    return next(
        (
            entry
            for entry in said
            if (entry.decision, entry.purpose, entry.channel) == (Decision.GRANTED, purpose, channel)
            and entry.address in ("", address_key(point))
        ),
        None,
    )


def _standing_no(
    said: list[ConsentEntry], channel: str, *, since: datetime.datetime | None
) -> ConsentEntry | None:
    """The latest no that counts for this channel and was not taken back by a later yes to the same thing."""
    taken_back: set[tuple[str, str]] = set()
    for entry in said:
        about = (entry.purpose, entry.channel)
        counts = entry.decision == Decision.OBJECTED or entry.channel == channel
        if entry.decision == Decision.GRANTED:
            taken_back.add(about)
        elif counts and about not in taken_back and (since is None or entry.decided_at >= since):
            return entry
    return None


def _no_in_words(entry: ConsentEntry, name: str) -> str:
    if entry.decision == Decision.OBJECTED:
        return _("%(name)s asked us on %(day)s not to write.") % {"name": name, "day": _day(entry.decided_at)}
    words = _("%(name)s said on %(day)s: no longer (%(purpose)s). Ask again, or send it by post.")
    return words % {"name": name, "day": _day(entry.decided_at), "purpose": entry.get_purpose_display()}


def _no_address(person: Person, channel: str) -> Verdict:
    words = {
        Channel.EMAIL: _("We have no e-mail address of %(name)s. Fill one in, or send it by post."),
        Channel.POST: _("We have no postal address of %(name)s. Fill one in, or send it by e-mail."),
        Channel.PHONE: _("We have no telephone number of %(name)s. Fill one in."),
    }[Channel(channel)]
    return Verdict(False, words % {"name": person})


def _day(moment: datetime.datetime | datetime.date | None) -> str:
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment).date()
    return date_format(moment, "j F Y") if moment else ""
