"""Addresses and numbers: adding, changing, checking, and putting them out of use."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.addresses import at_home, check_email, normalise_postcode
from crm.models import Channel, ContactPoint, ContactStatus, Organisation, Person, Purpose
from crm.typesetting.errors import UnknownGlyph
from crm.typesetting.fonts import missing_glyphs

from . import telling
from .action import Actor, action, record
from .changing import AlreadyThere, Invalid, check, check_unchanged, fill, take_turns

_POSTAL = ("street", "postcode", "town", "country")
# What stands on the envelope.
_PRINTED = ("attention", *_POSTAL)


@action(permission="crm.add_contactpoint")
def add(
    *, organisation: Organisation | None = None, person: Person | None = None, by: Actor, **values: Any
) -> ContactPoint:
    """A new way to reach one organisation or one person. ``values`` are fields of ContactPoint, ``kind`` among them.

    Raises AlreadyThere when the holder has this address, Invalid for what is no address.
    """
    return keep(point=draft(organisation=organisation, person=person, **values), by=by)


def draft(
    *, organisation: Organisation | None = None, person: Person | None = None, **values: Any
) -> ContactPoint:
    """A new address that is not kept yet, for what may still be refused. Raises Invalid for what is no address."""
    point = ContactPoint(organisation=organisation, person=person)
    fill(point, values)
    _check(point)
    return point


@action(permission="crm.add_contactpoint")
def keep(*, point: ContactPoint, by: Actor) -> ContactPoint:
    """Keep an address that was drafted. Raises AlreadyThere when the holder has it."""
    take_turns(ContactPoint, point.organisation_id, point.person_id)
    if existing := same(point):
        raise there_already(existing)
    point.save()
    _tell("crm.contact_point_added", point, by=by, purpose=telling.choice(point, "purpose"))
    return point


@action(permission="crm.change_contactpoint")
def change(*, point: ContactPoint, by: Actor, seen: str = "", **values: Any) -> ContactPoint:
    """Mend an address. A new value counts as not checked, unless the status is given too.

    Raises Overtaken when somebody changed it after the version ``seen``, AlreadyThere when another one of the holder
    has this address, Invalid for what is no address.
    """
    take_turns(ContactPoint, point.organisation_id, point.person_id)
    current = ContactPoint.objects.select_for_update().get(pk=point.pk)
    check_unchanged(current, seen)
    old = str(current)
    changes = fill(current, values)
    _check(current)
    if str(current) != old and (existing := same(current)):
        raise there_already(existing)
    if str(current) != old and "status" not in values:
        current.status, current.checked_on = ContactStatus.UNCHECKED, None
    if changes:
        current.save()
        _tell("crm.contact_point_changed", current, by=by, changes=changes)
    return current


@action(permission="crm.change_contactpoint")
def confirm(*, point: ContactPoint, by: Actor, on: datetime.date | None = None) -> ContactPoint:
    """Somebody checked that it still holds, today by default."""
    checked_on = on or timezone.localdate()
    if checked_on > timezone.localdate():
        raise Invalid({"checked_on": _("That day is still to come.")})
    if (point.status, point.checked_on) != (ContactStatus.CONFIRMED, checked_on):
        point.status, point.checked_on = ContactStatus.CONFIRMED, checked_on
        point.save(update_fields=["status", "checked_on"])
        _tell("crm.contact_point_confirmed", point, by=by, day=telling.day(checked_on))
    return point


@action(permission="crm.change_contactpoint")
def mark_failing(*, point: ContactPoint, by: Actor, because: str = "") -> ContactPoint:
    """What we send there comes back; nothing more is sent there until somebody mends it."""
    return _put_out_of_use(point, ContactStatus.FAILING, "crm.contact_point_failing", by=by, because=because)


@action(permission="crm.change_contactpoint")
def withdraw(*, point: ContactPoint, by: Actor, because: str = "") -> ContactPoint:
    """It is no longer in use; it stays to be seen, since letters went there."""
    return _put_out_of_use(
        point, ContactStatus.WITHDRAWN, "crm.contact_point_withdrawn", by=by, because=because
    )


def _put_out_of_use(
    point: ContactPoint, status: ContactStatus, code: str, *, by: Actor, because: str
) -> ContactPoint:
    fill(point, {"note": because} if because.strip() else {})
    check(point)
    if point.status != status:
        point.status = status
        point.save(update_fields=["status", "note"])
        _tell(code, point, by=by, because=f" ({point.note})" if because.strip() else "")
    return point


def same(point: ContactPoint) -> ContactPoint | None:
    """Another one of the same holder with this address that is in use."""
    theirs = ContactPoint.objects.filter(
        organisation=point.organisation, person=point.person, kind=point.kind
    ).exclude(status=ContactStatus.WITHDRAWN)
    same = theirs.filter(value__iexact=point.value, street__iexact=point.street, postcode=point.postcode)
    return same.exclude(pk=point.pk).first()


def there_already(existing: ContactPoint) -> AlreadyThere:
    """The refusal of an address that its holder has."""
    words = _("%(address)s stands here already (%(purpose)s). Change that one, or fill in another.")
    return AlreadyThere(existing, words % {"address": existing, "purpose": existing.get_purpose_display()})


def _check(point: ContactPoint) -> None:
    """Tidies the address, and raises Invalid for what is none."""
    errors: dict[str, str] = {}
    if point.kind == Channel.POST:
        point.value = ""
        errors |= _postal_errors(point)
    else:
        for name in _POSTAL:
            setattr(point, name, "")
        errors |= _email_errors(point) if point.kind == Channel.EMAIL else _phone_errors(point)
    for name in _PRINTED:
        if unknown := missing_glyphs(getattr(point, name)):
            errors.setdefault(name, str(UnknownGlyph(unknown)))
    if point.organisation_id and point.purpose == Purpose.PERSONAL:
        errors["purpose"] = _("An organisation has no personal address. Put it with the person.")
    if point.published_for_contact and not point.source_url:
        errors["source_url"] = _("Give the web page on which they published it.")
    if point.checked_on is not None and point.checked_on > timezone.localdate():
        errors["checked_on"] = _("That day is still to come.")
    check(point, errors)


def _email_errors(point: ContactPoint) -> dict[str, str]:
    try:
        point.value = check_email(point.value)
    except ValueError as error:
        return {"value": str(error)}
    return {}


def _phone_errors(point: ContactPoint) -> dict[str, str]:
    digits = re.sub(r"\D", "", point.value)
    if not re.fullmatch(r"[+0-9 ().\-/]*", point.value) or not 3 <= len(digits) <= 15:
        return {"value": _("This is no telephone number. Write it like this: 020 123 45 67.")}
    return {}


def _postal_errors(point: ContactPoint) -> dict[str, str]:
    errors = {}
    if not point.street:
        errors["street"] = _("Fill in the street and number, or the PO box.")
    if not point.town:
        errors["town"] = _("Fill in the town.")
    if at_home(point.country):
        point.country = ""
        if not point.postcode:
            return errors | {"postcode": _("Fill in the postcode, such as 1012 AB.")}
        try:
            point.postcode = normalise_postcode(point.postcode)
        except ValueError as error:
            errors["postcode"] = f"{error} " + _("Is it outside the Netherlands? Then fill in the country.")
    return errors


def _tell(code: str, point: ContactPoint, *, by: Actor, **words: Any) -> None:
    holder = point.holder
    record(code, by=by, on=[holder], holder=telling.named(holder), address=str(point), **words)
