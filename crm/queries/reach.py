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
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.dutch.articles import opening
from crm.models import (
    Channel,
    ConsentEntry,
    ContactPoint,
    ContactStatus,
    Decision,
    Mandate,
    Organisation,
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


def may_answer(address: str) -> Verdict:
    """Whether we may write back to somebody who wrote to us from this address: yes, unless they asked us not to."""
    points = list(
        ContactPoint.objects.filter(kind=Channel.EMAIL, value__iexact=address).select_related(
            "organisation", "person"
        )
    )
    known = _Known.about(
        people={point.person_id for point in points if point.person_id},
        organisations={point.organisation_id for point in points if point.organisation_id},
    )
    for point in points:
        objected = _objection(known.said((point.organisation_id, point.person_id)))
        if objected or (point.person is not None and point.person.do_not_contact):
            finding = _left_alone(point.person or point.organisation, objected)
            holder = (point.organisation_id, point.person_id)
            return _verdict(finding, holder, Channel.EMAIL, WritingPurpose.LETTER, known)
    written_down = ConsentEntry.objects.filter(address=address.lower())
    if objected := _objection(list(written_down.order_by("-decided_at", "-pk"))):
        words = _("%(name)s asked us on %(day)s not to write.")
        return Verdict(False, words % {"name": address, "day": _day(objected.decided_at)})
    return Verdict(True, _("They wrote to us from this address."))


def may_write_to_many(pairs: Iterable[tuple[ContactPoint, str]], *, purpose: str) -> dict[int, Verdict]:
    """The answer per address, by the id of the contact point, in at most five queries. Pairs of address and channel."""
    pairs = list(pairs)
    points = [point for point, _channel in pairs]
    prefetch_related_objects(points, "organisation", "person")
    known = _Known.about(
        people={point.person_id for point in points if point.person_id},
        organisations={point.organisation_id for point in points if point.organisation_id},
    )
    return {point.pk: _judge(point, channel, purpose, known) for point, channel in pairs}


def may_write_to_people(people: Iterable[Person], *, purpose: str, channel: str) -> dict[int, Verdict]:
    """The answer per person, by id, in a constant number of queries: about the address we would use."""
    people = list(people)
    points = contact_points.for_people(people, channel=channel)
    known = _Known.about(people=[person.pk for person in people])
    return {
        person.pk: _judge_person(person, points.get(person.pk), channel, purpose, known) for person in people
    }


def overview(person: Person) -> dict[tuple[str, str], Verdict]:
    """The answer for every purpose, by e-mail and by post, by (purpose, channel), in a constant number of queries."""
    points = {
        channel: contact_points.for_people([person], channel=channel).get(person.pk)
        for channel in (Channel.EMAIL, Channel.POST)
    }
    known = _Known.about(people=[person.pk])
    return {
        (purpose, channel): _judge_person(person, point, channel, purpose, known)
        for purpose in WritingPurpose
        for channel, point in points.items()
    }


def address_key(point: ContactPoint) -> str:
    """How an address stands in the consent ledger."""
    return str(point).lower()


def found_here(source: str) -> str:
    """The sentence with which an answer names where an address was found."""
    return _("Found here: %(source)s.") % {"source": source}


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rules look at, per holder and per address. A holder is (organisation, person), one of them None."""

    by_person: dict[int, list[ConsentEntry]]
    by_address: dict[str, list[ConsentEntry]]
    points_of: dict[tuple[int | None, int | None], list[ContactPoint]]
    roles: dict[int, list[Mandate]]

    @classmethod
    def about(cls, *, people: Collection[int] = (), organisations: Collection[int] = ()) -> _Known:
        points_of: defaultdict[tuple[int | None, int | None], list[ContactPoint]] = defaultdict(list)
        held = ContactPoint.objects.filter(Q(person__in=people) | Q(organisation__in=organisations))
        for point in held.select_related("organisation", "person"):
            points_of[point.organisation_id, point.person_id].append(point)
        addresses = {address_key(point) for points in points_of.values() for point in points}
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
        return cls(dict(by_person), dict(by_address), dict(points_of), dict(roles))

    def said(self, holder: tuple[int | None, int | None], address: str = "") -> list[ConsentEntry]:
        """Everything that was decided by the holder of an address, newest first."""
        _organisation, person = holder
        entries = {entry.pk: entry for entry in self.by_person.get(person or 0, [])}
        for theirs in {address_key(point) for point in self.points_of.get(holder, ())}:
            # One address of an organisation does not withdraw for the others; it can object for all.
            for entry in self.by_address.get(theirs, []):
                if person or theirs == address or entry.decision == Decision.OBJECTED:
                    entries[entry.pk] = entry
        return sorted(entries.values(), key=lambda entry: (entry.decided_at, entry.pk), reverse=True)


class _Remedy(Enum):
    """What one can do about a no."""

    ASK_IN_PERSON = "ask in person"
    FIND_ADDRESS = "find another address"
    ASK = "ask"
    ASK_AGAIN = "ask again"
    FILL_IN = "fill in an address"


@dataclass(frozen=True, slots=True)
class _Finding:
    """What the rules say in one sentence; ``remedy`` is None for a yes."""

    because: str
    remedy: _Remedy | None = None


def _judge(point: ContactPoint, channel: str, purpose: str, known: _Known) -> Verdict:
    finding = _by_the_rules(point, channel, purpose, known)
    return _verdict(finding, (point.organisation_id, point.person_id), channel, purpose, known)


def _judge_person(
    person: Person, point: ContactPoint | None, channel: str, purpose: str, known: _Known
) -> Verdict:
    """The answer about the address we would use, or about having none."""
    holder = (None, person.pk)
    if point is not None:
        return _judge(point, channel, purpose, known)
    no = _standing_no(known.said(holder), channel, since=None)
    if person.do_not_contact or (no is not None and no.decision == Decision.OBJECTED):
        finding = _left_alone(person, no)
    else:
        words = {
            Channel.EMAIL: _("We have no e-mail address of %(name)s."),
            Channel.POST: _("We have no postal address of %(name)s."),
            Channel.PHONE: _("We have no telephone number of %(name)s."),
        }[Channel(channel)]
        finding = _Finding(words % {"name": person}, _Remedy.FILL_IN)
    return _verdict(finding, holder, channel, purpose, known)


def _verdict(
    finding: _Finding, holder: tuple[int | None, int | None], channel: str, purpose: str, known: _Known
) -> Verdict:
    """The answer, with a remedy that is possible when it is no."""
    because = opening(finding.because)
    if finding.remedy is None:
        return Verdict(True, because)
    return Verdict(False, f"{because} {_in_words(finding.remedy, holder, channel, purpose, known)}")


def _in_words(
    remedy: _Remedy, holder: tuple[int | None, int | None], channel: str, purpose: str, known: _Known
) -> str:
    if remedy == _Remedy.ASK_IN_PERSON:
        return _("Ask in person first.")
    if remedy == _Remedy.FIND_ADDRESS:
        return _("Find a new address.")
    other = {Channel.EMAIL: Channel.POST, Channel.POST: Channel.EMAIL}.get(Channel(channel))
    points = [point for point in known.points_of.get(holder, ()) if point.is_usable and point.kind == other]
    if any(_by_the_rules(point, point.kind, purpose, known).remedy is None for point in points):
        way = str(other)
    elif other == Channel.POST and not points and not _standing_no(known.said(holder), other, since=None):
        way = "postal address"
    else:
        way = ""
    words = {
        _Remedy.ASK: {
            Channel.POST: _("Ask first, or send it by post."),
            Channel.EMAIL: _("Ask first, or send it by e-mail."),
            "postal address": _("Ask first, or fill in a postal address."),
            "": _("Ask first."),
        },
        _Remedy.ASK_AGAIN: {
            Channel.POST: _("Ask again, or send it by post."),
            Channel.EMAIL: _("Ask again, or send it by e-mail."),
            "postal address": _("Ask again, or fill in a postal address."),
            "": _("Ask again."),
        },
        _Remedy.FILL_IN: {
            Channel.POST: _("Fill one in, or send it by post."),
            Channel.EMAIL: _("Fill one in, or send it by e-mail."),
            "postal address": _("Fill one in, or a postal address."),
            "": _("Fill one in."),
        },
    }
    return words[remedy][way]


def _by_the_rules(point: ContactPoint, channel: str, purpose: str, known: _Known) -> _Finding:
    name = _named(point.person or point.organisation)
    if point.person is not None and point.person.do_not_contact:
        return _left_alone(point.person)
    if point.status == ContactStatus.FAILING:
        words = _("What we send to %(address)s comes back.")
        return _Finding(words % {"address": point}, _Remedy.FIND_ADDRESS)
    if point.status == ContactStatus.WITHDRAWN:
        words = _("%(address)s is no longer in use.")
        return _Finding(words % {"address": point}, _Remedy.FIND_ADDRESS)
    if point.kind != channel:
        words = _("This address is not for %(channel)s.")
        return _Finding(words % {"channel": Channel(channel).label}, _Remedy.FIND_ADDRESS)
    said = known.said((point.organisation_id, point.person_id), address_key(point))
    yes = _newest_yes(said, point, purpose, channel)
    no = _standing_no(said, channel, since=yes.decided_at if yes else None)
    if no is not None and no.decision == Decision.OBJECTED:
        return _left_alone(point.person or point.organisation, no)
    if no is not None:
        words = _("%(name)s said on %(day)s: no longer (%(purpose)s).")
        told = {"name": name, "day": _day(no.decided_at), "purpose": no.get_purpose_display()}
        return _Finding(words % told, _Remedy.ASK_AGAIN)
    if yes is not None:
        words = _("%(name)s said yes on %(day)s (%(source)s).")
        return _Finding(words % {"name": name, "day": _day(yes.decided_at), "source": yes.source})
    if channel == Channel.POST:
        return _Finding(_("By post we may write to anybody who did not object, and nobody did here."))
    if purpose == WritingPurpose.LETTER:
        return _letter(point, name, known.roles.get(point.person_id or 0, []))
    if purpose == WritingPurpose.INVITATION and _is_published(point):
        words = _("%(name)s published this address for messages like ours: %(url)s, seen on %(day)s.")
        return _Finding(words % {"name": name, "url": point.source_url, "day": _day(point.checked_on)})
    words = _("%(name)s did not say yes to this: %(purpose)s.")
    return _Finding(words % {"name": name, "purpose": WritingPurpose(purpose).label}, _Remedy.ASK)


def _letter(point: ContactPoint, name: str, roles: list[Mandate]) -> _Finding:
    """A letter by e-mail that was reviewed one by one, with the basis on which it goes."""
    source = point.source or point.source_url
    found = f" {found_here(source)}" if source else ""
    if point.organisation_id:
        words = _("A letter reviewed one by one, to an address of %(name)s itself.")
        return _Finding(words % {"name": name} + found)
    in_public = [role for role in roles if role.post in PUBLIC_POSTS]
    if roles and point.purpose != Purpose.PERSONAL:
        role = (in_public or roles)[0]
        words = _(
            "A letter reviewed one by one, to the address of %(name)s as %(title)s of %(organisation)s."
        )
        told = {"name": name, "title": role.title, "organisation": role.organisation.with_article}
        return _Finding(words % told + found)
    if in_public and point.published_for_contact and found:
        words = _("A letter reviewed one by one, to the address that %(name)s publishes as %(title)s.")
        return _Finding(words % {"name": name, "title": in_public[0].title} + found)
    words = _("This is a private address of %(name)s, who did not say yes.")
    return _Finding(words % {"name": name}, _Remedy.ASK)


def _left_alone(who: Person | Organisation | None, entry: ConsentEntry | None = None) -> _Finding:
    """They asked us not to write."""
    if entry is None:
        return _Finding(_("%(name)s asked us not to write.") % {"name": _named(who)}, _Remedy.ASK_IN_PERSON)
    words = _("%(name)s asked us on %(day)s not to write.")
    return _Finding(words % {"name": _named(who), "day": _day(entry.decided_at)}, _Remedy.ASK_IN_PERSON)


def _named(who: Person | Organisation | None) -> str:
    return who.with_article if isinstance(who, Organisation) else str(who)


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


def _objection(said: list[ConsentEntry]) -> ConsentEntry | None:
    """The objection that stands, whatever was withdrawn since."""
    return _standing_no(
        [entry for entry in said if entry.decision in (Decision.OBJECTED, Decision.GRANTED)], "", since=None
    )


def _day(moment: datetime.datetime | datetime.date | None) -> str:
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment).date()
    return date_format(moment, "j F Y") if moment else ""
