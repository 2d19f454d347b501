"""The way in: the whole demo world, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Publication
from crm.actions.action import Refused
from crm.models import Organisation, Segment, User
from letters.models import Letter, Letterhead

from . import history, letter, network, organisations, people, politics, publications, segments
from .shelf import Shelf


@dataclass(frozen=True, slots=True)
class World:
    """What the demo goes on with. ``users`` by username; ``author`` wrote the letter, the committee approves it."""

    users: Mapping[str, User]
    author: User
    committee: tuple[User, ...]
    letterhead: Letterhead
    segment: Segment
    annual_report: Publication
    planned_report: Publication
    past_letter: Letter
    letter: Letter


def load() -> World:
    """Fill an empty installation; a second time nothing changes, also not what somebody changed by hand.

    Raises Refused when there is an address book in use that is not the demo's.
    """
    with transaction.atomic():
        users = people.load_users()
    _load_address_book(users)
    with transaction.atomic():
        letterhead = network.load_supplies(network.logo_bytes())
        segment = segments.load(by=users["alida"])
    # Outside of any transaction: these set a PDF the first time.
    annual_report = publications.annual_report()
    past_letter = history.past_letter(letterhead=letterhead, by=users["bram"])
    author = users["alida"]
    return World(
        users=users,
        author=author,
        committee=tuple(user for user in users.values() if user.groups.filter(name="Commissie").exists()),
        letterhead=letterhead,
        segment=segment,
        annual_report=annual_report,
        planned_report=publications.planned_report(),
        past_letter=past_letter,
        letter=letter.seed_letter(letterhead=letterhead, by=author),
    )


@transaction.atomic
def _load_address_book(users: dict[str, User]) -> None:
    """All of it or nothing, so that one invented organisation tells that all is there, whatever was renamed since."""
    if Organisation.objects.filter(invented=True).exists():
        return
    if Organisation.objects.exists():
        raise Refused(_("There is an address book here already. The demo needs an empty installation."))
    themes, tags = network.load_words()
    shelf = Shelf(users=users, themes=themes, tags=tags)
    organisations.load(shelf)
    politics.load(shelf)
    people.load(shelf)
    history.load(shelf)
