"""Choosing to whom a letter goes, and by what way."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Max
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from crm.actions import contact_points as contact_point_actions
from crm.actions import telling
from crm.actions.action import Actor, Refused, action, record
from crm.models import Channel, ContactPoint, Organisation, Person, Segment, SegmentSubject
from crm.queries import contact_points, organisations, segments
from letters.models import Letter, Recipient
from letters.models.letters import OUT

from .changing import open_to_change, settle

_BETWEEN = "; "
_LONGEST_WORDS = Letter._meta.get_field("recipients_words").max_length or 0


def _check_open(letter: Letter) -> None:
    open_to_change(letter)
    if letter.recipients_locked_at is not None:
        raise Refused(_("The list of recipients is locked. Unlock it to change it."))


@action(permission="letters.change_letter")
def pick_segment(*, letter: Letter, segment: Segment, on: datetime.date, by: Actor) -> int:
    """Add everyone in a segment as it was on a day; how many came in."""
    _check_open(letter)
    members = list(segments.members(segment, on=on))
    if segment.subject == SegmentSubject.PEOPLE:
        added = _add(letter, people=members, on=on)
    else:
        added = _add(letter, organisations_=members, on=on)
    letter.recipients_on = on
    letter.recipients_words = _also(letter.recipients_words, segments.in_words(segment, on=on))
    letter.save(update_fields=["recipients_on", "recipients_words"])
    settle(letter, by=by)
    record(
        "letters.recipients_picked",
        by=by,
        on=[letter],
        letter=str(letter),
        words=telling.group(segment, on=on),
        count=added,
    )
    return added


def _also(words: str, more: str) -> str:
    """How the list reads once another group came in: every group, each once."""
    groups = dict.fromkeys([*filter(None, words.split(_BETWEEN)), more])
    return Truncator(_BETWEEN.join(groups)).chars(_LONGEST_WORDS)


@action(permission="letters.change_letter")
def add(
    *,
    letter: Letter,
    organisations_: Iterable[Organisation] = (),
    people: Iterable[Person] = (),
    on: datetime.date | None = None,
    by: Actor,
) -> int:
    """Add some by hand; those on the list already stay as they are. How many came in."""
    _check_open(letter)
    day = on or letter.recipients_on or letter.dated_on
    added = _add(letter, organisations_=list(organisations_), people=list(people), on=day)
    if not added:
        return 0
    if letter.recipients_on is None:
        letter.recipients_on = day
        letter.save(update_fields=["recipients_on"])
    settle(letter, by=by)
    record("letters.recipients_added", by=by, on=[letter], letter=str(letter), count=added)
    return added


def _add(
    letter: Letter,
    *,
    organisations_: list[Organisation] | None = None,
    people: list[Person] | None = None,
    on: datetime.date,
) -> int:
    organisations_, people = organisations_ or [], people or []
    here = letter.recipients.all()
    have_organisations = set(here.filter(person__isnull=True).values_list("organisation_id", flat=True))
    have_people = set(here.filter(person__isnull=False).values_list("person_id", flat=True))
    position = here.aggregate(highest=Max("position"))["highest"] or 0
    points = contact_points.for_many(organisations_, purpose=letter.purpose)
    personal = contact_points.for_people(people)
    names = organisations.names_on(organisations_, on)
    rows = []
    for organisation in organisations_:
        if organisation.pk not in have_organisations:
            point = points.get(organisation.pk)
            rows.append(
                Recipient(
                    letter=letter,
                    organisation=organisation,
                    name=names[organisation.pk],
                    contact_point=point,
                    channel=point.kind if point else Channel.EMAIL,
                    position=(position := position + 1),
                )
            )
    for person in people:
        if person.pk not in have_people:
            point = personal.get(person.pk)
            rows.append(
                Recipient(
                    letter=letter,
                    person=person,
                    name=str(person),
                    contact_point=point,
                    channel=point.kind if point else Channel.EMAIL,
                    position=(position := position + 1),
                )
            )
    Recipient.objects.bulk_create(rows)
    return len(rows)


@action(permission="letters.change_letter")
def remove(*, recipient: Recipient, by: Actor) -> None:
    """Take one recipient off the list."""
    letter = recipient.letter
    _check_open(letter)
    recipient.delete()
    settle(letter, by=by)
    record("letters.recipient_removed", by=by, on=[letter], letter=str(letter), name=recipient.name)


@action(permission="letters.change_letter")
def address(*, recipient: Recipient, channel: str, point: ContactPoint | None, by: Actor) -> None:
    """Choose by what way and at what address; it leaves the approval as it is."""
    if recipient.letter.state in OUT:
        raise Refused(_("This letter was sent. Use “Resend” to send it to another address."))
    open_to_change(recipient.letter)
    if point is not None and point.kind != channel:
        raise Refused(_("This address is not for %(channel)s.") % {"channel": Channel(channel).label})
    if (recipient.channel, recipient.contact_point) == (channel, point):
        return
    recipient.channel, recipient.contact_point = channel, point
    recipient.save(update_fields=["channel", "contact_point"])
    record(
        "letters.address_chosen",
        by=by,
        on=[recipient.letter],
        name=recipient.name,
        address=str(point or Channel(channel).label),
    )


@action(permission="letters.change_letter")
def mend(*, recipient: Recipient, by: Actor, **values: str) -> ContactPoint:
    """Add an address to the recipient's record and use it here. ``values`` as for a contact point."""
    if recipient.letter.state in OUT:
        raise Refused(_("This letter was sent. Use “Resend” to send it to another address."))
    open_to_change(recipient.letter)
    point = drafted_address(recipient=recipient, **values)
    if point.pk is None:
        contact_point_actions.keep(point=point, by=by)
    recipient.contact_point, recipient.channel = point, point.kind
    recipient.save(update_fields=["contact_point", "channel"])
    return point


def drafted_address(*, recipient: Recipient, **values: str) -> ContactPoint:
    """An address for the record behind a recipient: one not kept yet, or the one that stands there and still holds.

    Raises Invalid for what is no address, AlreadyThere for one that stands there and no longer holds.
    """
    point = contact_point_actions.draft(
        organisation=None if recipient.person else recipient.organisation, person=recipient.person, **values
    )
    existing = contact_point_actions.same(point)
    if existing is None:
        return point
    if not existing.is_usable:
        raise contact_point_actions.there_already(existing)
    return existing


@action(permission="letters.change_letter")
def set_words(*, recipient: Recipient, salutation: str, own_paragraph: str, by: Actor) -> None:
    """Override the salutation and write the paragraph that only this recipient gets; empty goes back to the rules."""
    letter = recipient.letter
    _check_open(letter)
    words = (" ".join(salutation.split()).rstrip(","), own_paragraph.strip())
    if (recipient.salutation, recipient.own_paragraph) == words:
        return
    recipient.salutation, recipient.own_paragraph = words
    recipient.save(update_fields=["salutation", "own_paragraph"])
    settle(letter, by=by)
    record("letters.own_words", by=by, on=[letter], name=recipient.name)


@action(permission="letters.change_letter")
def lock(*, letter: Letter, by: Actor) -> None:
    """Fix the list as a dated snapshot."""
    open_to_change(letter)
    letter.recipients_locked_at = timezone.now()
    letter.save(update_fields=["recipients_locked_at"])
    record(
        "letters.recipients_locked", by=by, on=[letter], letter=str(letter), count=letter.recipients.count()
    )


@action(permission="letters.change_letter")
def unlock(*, letter: Letter, by: Actor) -> None:
    """Open the list again."""
    open_to_change(letter)
    letter.recipients_locked_at = None
    letter.save(update_fields=["recipients_locked_at"])
    record("letters.recipients_unlocked", by=by, on=[letter], letter=str(letter))
