"""Handing over all that somebody minds, in one go: a volunteer leaves, or takes over."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from crm.models import FollowUp, Organisation, Person, User
from crm.queries import portfolios
from crm.registries.portfolios import Part

from .action import Actor, NotAllowed, Refused, action, record
from .changing import Invalid
from .follow_ups import CHANGE


class Changed(Refused):
    """What somebody minds is no longer what was shown; nothing was handed over."""


@action(permission=CHANGE)
def hand_over(*, giver: User, to: User, seen: str, by: Actor) -> portfolios.Portfolio:
    """Everything that ``giver`` minds is minded by ``to`` from now on; what that was.

    ``seen`` is the fingerprint of what was looked at before. Everybody hands over her own; for a colleague only who
    may change users. Raises NotAllowed, Changed, Refused when there is nothing, and Invalid for somebody who is away
    or cannot go on with it.
    """
    if isinstance(by, User) and giver.pk != by.pk and not by.has_perm("crm.change_user"):
        raise NotAllowed(_("You can only hand over what you mind yourself."))
    # Both of them, in one order, so that two who hand over to each other at once do not wait for each other.
    pair = {
        user.pk: user
        for user in User.objects.select_for_update().filter(pk__in=[giver.pk, to.pk]).order_by("pk")
    }
    _check_taker(giver, pair[to.pk])
    portfolio = portfolios.of(giver)
    if not portfolio.held:
        raise Refused(_("%(who)s minds nothing that can be handed over.") % {"who": giver})
    if portfolio.seen != seen:
        raise Changed(_("Something changed in the meantime. Look once more at what is handed over."))
    if unable := portfolios.unable(portfolio, to):
        what = get_text_list([one.words for one in unable], _("and"))
        raise Invalid(
            {"to": _("%(who)s cannot go on with %(what)s. Choose somebody else.") % {"who": to, "what": what}}
        )
    about: dict[tuple[str, Any], Model] = {}
    for one in portfolio.held:
        for row in one.part.move(list(one.pks), to):
            about[row._meta.label_lower, row.pk] = row
    people = [user for user in (giver, to) if (user._meta.label_lower, user.pk) not in about]
    record(
        "crm.portfolio_left" if by == giver else "crm.portfolio_handed_over",
        by=by,
        on=[*people, *about.values()],
        who=str(giver),
        to=str(to),
        what={"portfolio": portfolio.counts},
    )
    return portfolio


def _check_taker(giver: User, to: User) -> None:
    if to not in portfolios.takers(giver):
        raise Invalid({"to": _("Choose somebody else who works with the action list.")})
    if to.is_absent():
        assert to.absent_until_on is not None
        day = date_format(to.absent_until_on, "j F")
        words = _("%(who)s is away until %(day)s. Choose somebody who is there, or wait until then.")
        raise Invalid({"to": words % {"who": to, "day": day}})


def _move_follow_ups(pks: list[int], to: User) -> list[Model]:
    FollowUp.objects.filter(pk__in=pks).update(owner=to)
    return list(FollowUp.objects.filter(pk__in=pks))


def _move_organisations(pks: list[int], to: User) -> list[Model]:
    Organisation.objects.filter(pk__in=pks).update(our_contact=to)
    return list(Organisation.objects.filter(pk__in=pks))


def _move_people(pks: list[int], to: User) -> list[Model]:
    Person.objects.filter(pk__in=pks).update(our_contact=to)
    return list(Person.objects.filter(pk__in=pks))


PARTS = (
    Part(
        name="crm.follow_ups",
        order=10,
        permission=CHANGE,
        counted=portfolios.follow_ups_counted,
        held=portfolios.open_follow_ups,
        label=str,
        move=_move_follow_ups,
    ),
    Part(
        name="crm.organisations",
        order=20,
        permission="crm.view_organisation",
        counted=portfolios.organisations_counted,
        held=portfolios.organisations,
        label=str,
        move=_move_organisations,
    ),
    Part(
        name="crm.people",
        order=30,
        permission="crm.view_person",
        counted=portfolios.people_counted,
        held=portfolios.people,
        label=str,
        move=_move_people,
    ),
)
