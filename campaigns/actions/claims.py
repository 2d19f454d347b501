"""Entering what a party said, confirming it as a second person, and withdrawing what was entered by mistake."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Ask, Campaign, Claim
from campaigns.registries import sources
from crm.actions import telling
from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import AlreadyThere, Invalid, check, fill, take_turns
from crm.models import Organisation, User
from crm.models.organisations import POLITICAL

PERMISSION: Final = "campaigns.add_claim"
CONFIRM: Final = "campaigns.confirm_claim"
WITHDRAW: Final = "campaigns.change_claim"
_EARLIEST_YEAR: Final = 1900


@action(permission=PERMISSION)
def enter(*, organisation: Organisation, ask: Ask, source: str = "", by: Actor, **values: Any) -> Claim:
    """Keep what a party, faction or list said about an ask; what it said before stays, superseded.

    ``values`` are ``position``, ``quote`` and ``said_on``, and without ``source`` also ``voice``, ``source_words`` and
    ``source_url``. ``source`` is the token of a record of ``campaigns.registries.sources``: the quote must stand in it.
    Raises Invalid with a sentence per field, and AlreadyThere when the same was entered before.
    """
    claim = Claim(organisation=organisation, ask=ask, entered_by=by if isinstance(by, User) else None)
    # A quote that was selected on a screen may have breaks in it where a browser draws the next line.
    fill(claim, values)
    errors = _errors(claim)
    if source:
        errors |= _take_from(claim, source, by)
    elif not claim.source_words:
        errors["source_words"] = _(
            "Say where this comes from, for example “meeting of 3 September, report by Bram”."
        )
    check(claim, errors)
    take_turns(Claim, organisation.pk, ask.pk)
    same = Claim.objects.filter(
        organisation=organisation, ask=ask, position=claim.position, quote=claim.quote, said_on=claim.said_on,
        withdrawn_at=None,
    ).first()  # fmt: skip
    if same is not None:
        raise AlreadyThere(same, _("This statement was entered before. Nothing was added."))
    claim.save()
    _tell("campaigns.claim_entered", claim, by)
    return claim


@action(permission=CONFIRM)
def confirm(*, claim: Claim, by: Actor) -> Claim:
    """Say as a second person that the quote and the position are right. Raises Refused for who entered it."""
    current = _locked(claim)
    if current.is_withdrawn:
        raise Refused(_("This statement was withdrawn. There is nothing to confirm any more."))
    if current.is_confirmed:
        raise Refused(_("This statement was confirmed already. You need not do anything."))
    if current.entered_by_id is not None and isinstance(by, User) and by.pk == current.entered_by_id:
        raise Refused(_("You entered this yourself. Ask somebody else of the committee to look at it."))
    current.confirmed_by = by if isinstance(by, User) else None
    current.confirmed_at = timezone.now()
    current.save()
    _tell("campaigns.claim_confirmed", current, by)
    return current


@action(permission=WITHDRAW)
def withdraw(*, claim: Claim, because: str, by: Actor) -> Claim:
    """Say that it was entered by mistake: it no longer counts, and can still be read.

    Raises Invalid without a reason.
    """
    current = _locked(claim)
    if current.is_withdrawn:
        raise Refused(_("This statement was withdrawn already."))
    fill(current, {"withdrawn_because": because})
    current.withdrawn_by = by if isinstance(by, User) else None
    current.withdrawn_at = timezone.now()
    if not current.withdrawn_because:
        raise Invalid(
            {
                "withdrawn_because": _(
                    "Say in a few words what is wrong with it. Whoever reads this later wants to know."
                )
            }
        )
    check(current)
    current.save()
    _tell("campaigns.claim_withdrawn", current, by)
    return current


def _locked(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(of=("self",)).select_related(
        "ask__campaign", "organisation__party"
    )
    return rows.get(pk=claim.pk)


def _errors(claim: Claim) -> dict[str, str]:
    """What the fields themselves do not say, or not in words that help."""
    errors = {}
    if claim.organisation.kind not in POLITICAL:
        errors["organisation"] = _(
            "Only a party, a faction or a candidate list has a position. Choose one of those."
        )
    if not claim.position:
        errors["position"] = _("Choose where they stand.")
    if not claim.quote:
        errors["quote"] = _("Put down what they said, in their own words.")
    day = claim.said_on
    if not isinstance(day, datetime.date):
        errors["said_on"] = _("Fill in on which day they said this.")
    elif day > timezone.localdate():
        errors["said_on"] = _("This day is still to come. Fill in the day on which they said it.")
    elif day.year < _EARLIEST_YEAR:
        errors["said_on"] = _("Look at the year: is %(year)d right?") % {"year": day.year}
    return errors


def _take_from(claim: Claim, token: str, by: Actor) -> dict[str, str]:
    """Fill in the record that it comes from; what is wrong with that, by field."""
    found = sources.named(token, user=by)
    if found is None:
        return {
            "__all__": _(
                "The message that this comes from is not there, or you may not see it. "
                "Say yourself where it comes from."
            )
        }
    fill(claim, {"source_words": found.words[:300], "voice": found.source.voice, "source_url": ""})
    claim.source_type = ContentType.objects.get_for_model(found.record)
    claim.source_id = found.record.pk
    texts = found.source.texts(found.record)
    if not texts:
        return {
            "quote": _(
                "The message cannot be read now, so the quote cannot be looked up in it. Try again later."
            )
        }
    if claim.quote and not sources.says(texts, claim.quote):
        return {
            "quote": _(
                "These words do not stand like this in the message. Copy them from it; put […] where you leave "
                "something out."
            )
        }
    return {}


def _tell(code: str, claim: Claim, by: Actor) -> None:
    """On the timelines of who said it, of their party, and of the campaign. The quote stays out: it may
    name anybody."""
    campaign: Campaign = claim.ask.campaign
    about: list[models.Model] = [claim.organisation, campaign]
    if claim.organisation.party is not None:
        about.append(claim.organisation.party)
    record(
        code,
        by=by,
        on=about,
        name=telling.named(claim.organisation),
        ask=claim.ask.title,
        position=telling.choice(claim, "position"),
        because=claim.withdrawn_because,
    )
