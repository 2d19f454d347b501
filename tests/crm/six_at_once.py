"""Six people who add the same thing at the same moment, in threads of their own; needs Django set up."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.files.storage import storages
from django.db import connections
from django.utils import translation

from campaigns.actions import facts, publications
from campaigns.models import Fact, Publication
from crm.actions import (
    consents,
    contact_points,
    elections,
    lineage,
    mandates,
    organisations,
    people,
    segments,
    themes,
)
from crm.actions.changing import AlreadyThere
from crm.models import (
    ConsentEntry,
    ContactPoint,
    Election,
    Lineage,
    Mandate,
    Organisation,
    OrganisationName,
    Person,
    SeatCount,
    Segment,
    Tag,
    Term,
    Theme,
    User,
)

PEOPLE, ROUNDS = 6, 3
DAY = datetime.date(2025, 7, 1)
Verb = Callable[[User, int], object]


def verbs() -> dict[str, tuple[Verb, Callable[[int], int]]]:
    """Name of the noun, how a person adds one in a round, and how many there are of that round."""
    body = Organisation.objects.create(kind="municipality", name="De gemeente")
    party = Organisation.objects.create(kind="party", name="De Brug")
    faction = Organisation.objects.create(kind="faction", name="Fractie De Brug")
    person = Person.objects.create(given_name="Anna", family_name="Vries")
    themed = [Organisation.objects.create(kind="partner", name=f"Partner {n}") for n in range(ROUNDS)]
    others = [Organisation.objects.create(kind="party", name=f"Partij {n}") for n in range(ROUNDS)]
    wrong = [Theme.objects.create(name=f"Fout {n}") for n in range(PEOPLE * ROUNDS)]
    taken: list[int] = []

    def day(number: int) -> datetime.date:
        return DAY + datetime.timedelta(days=number)

    def tag(by: User, number: int) -> object:
        return organisations.add(kind="other", name=f"{by} {number}", tags=[f"Label {number}"], by=by)

    def rename(by: User, number: int) -> object:
        taken.append(number)
        return themes.rename(theme=wrong[len(taken) - 1], name=f"wonen {number}", by=by)

    return {
        "organisation": (
            lambda by, n: organisations.add(kind="partner", name=f"Nieuw {n}", by=by),
            lambda n: Organisation.objects.filter(name=f"Nieuw {n}").count(),
        ),
        "earlier name": (
            lambda by, n: organisations.add_earlier_name(
                organisation=party, name="Oud", until_on=day(n), by=by
            ),
            lambda n: OrganisationName.objects.filter(until_on=day(n)).count(),
        ),
        "person": (
            lambda by, n: people.add(given_name="Els", family_name=f"Jansen{n}", by=by),
            lambda n: Person.objects.filter(family_name=f"Jansen{n}").count(),
        ),
        "contact point": (
            lambda by, n: contact_points.add(
                organisation=party, kind="email", value=f"a{n}@brug.example", by=by
            ),
            lambda n: ContactPoint.objects.filter(value=f"a{n}@brug.example").count(),
        ),
        "mandate": (
            lambda by, n: mandates.add(
                person=person, organisation=themed[n], post="chair", from_on=DAY, by=by
            ),
            lambda n: Mandate.objects.filter(organisation=themed[n]).count(),
        ),
        "election": (
            lambda by, n: elections.add_election(body=body, name="Raad", held_on=day(n), by=by),
            lambda n: Election.objects.filter(held_on=day(n)).count(),
        ),
        "term": (
            lambda by, n: elections.add_term(
                body=body, name="Raad", from_on=day(n), until_on=day(n + 1), seats_total=45, by=by
            ),
            lambda n: Term.objects.filter(from_on=day(n)).count(),
        ),
        "seats": (
            lambda by, n: elections.set_seats(faction=faction, seats=3, from_on=day(n), by=by),
            lambda n: SeatCount.objects.filter(from_on=day(n)).count(),
        ),
        "lineage": (
            lambda by, n: lineage.link(predecessor=party, successor=others[n], kind="merger", by=by),
            lambda n: Lineage.objects.filter(successor=others[n]).count(),
        ),
        "consent": (
            lambda by, n: consents.withdraw(
                address=f"a{n}@brug.example", purpose="newsletter", channel="email", source="telefoon", by=by
            ),
            lambda n: ConsentEntry.objects.filter(address=f"a{n}@brug.example").count(),
        ),
        "segment": (
            lambda by, n: segments.save(
                name=f"Groep {n}", subject="organisations", criteria={"kind": [by.last_name]}, by=by
            ),
            lambda n: Segment.objects.filter(name=f"Groep {n}").count(),
        ),
        "tag": (tag, lambda n: Tag.objects.filter(name=f"Label {n}").count()),
        "theme": (rename, lambda n: Theme.objects.filter(name=f"wonen {n}").count()),
        "fact": (
            lambda by, n: facts.add(
                fact=Fact(words=f"ruim {n + 2} honderd leden", as_of_on=DAY, source="Jaarverslag"), by=by
            ),
            lambda n: Fact.objects.filter(words=f"ruim {n + 2} honderd leden").count(),
        ),
        "publication": (
            lambda by, n: publications.add(publication=Publication(title=f"Verslag {n}"), by=by),
            lambda n: Publication.objects.filter(title=f"Verslag {n}").count(),
        ),
    }


def at_once(verb: Verb, number: int, everyone: list[User]) -> list[str]:
    """What came of it for each: "made", or the class of the refusal, or the error in words."""
    start = Barrier(len(everyone))

    def one(by: User) -> str:
        try:
            by.has_perm("crm.add_organisation")
            start.wait()
            with translation.override("nl"):
                verb(by, number)
        except AlreadyThere:
            return "there already"
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()
        return "made"

    with ThreadPoolExecutor(len(everyone)) as pool:
        return sorted(pool.map(one, everyone))


def run() -> None:
    """Print per noun what came of each round, and how many there are, as JSON."""
    storages["private"]
    kinds = ["party", "faction", "partner", "municipality", "initiative", "other"]
    everyone = [
        User.objects.create_superuser(f"mens{number}", last_name=kinds[number]) for number in range(PEOPLE)
    ]
    found: dict[str, list[Any]] = {}
    for name, (verb, count) in verbs().items():
        for number in range(ROUNDS):
            outcome = at_once(verb, number, everyone)
            found.setdefault(name, []).append([outcome, count(number)])
    sys.stdout.write(json.dumps(found) + "\n")
