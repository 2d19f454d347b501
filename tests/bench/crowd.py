"""A crowd of organisations and people, and how long it takes to look at them; needs a database."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client, override_settings

from crm.models import (
    Channel,
    ContactPoint,
    Mandate,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    TimelineEntry,
    User,
)
from crm.queries import paging

BATCH = 5_000
_GIVEN = [
    "Anna", "Bram", "Cor", "Dirk", "Els", "Fatima", "Greet", "Henk", "Ina", "Jan", "Karin", "Leo", "Mieke", "Nico",
    "Olga", "Piet", "Riet", "Sjoerd", "Truus", "Wim",
]  # fmt: skip
_PREFIXES = ["", "", "", "de", "van", "van der", "van den"]
_SYLLABLES = [
    "ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ra", "se", "ti", "vu", "wo", "za", "bru", "kla", "sten",
    "mol", "var",
]  # fmt: skip
_PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_luck = random.Random(1)


def _word(syllables: int) -> str:
    return "".join(_luck.choices(_SYLLABLES, k=syllables)).title()


def fill(count: int) -> None:
    """Add organisations and people until there are ``count`` of each, with an address, a role and a past."""
    kinds = list(OrganisationKind)
    for start in range(Organisation.objects.count(), count, BATCH):
        organisations = [
            Organisation(kind=_luck.choice(kinds), name=f"{_word(3)} {_word(4)}", short_name=_word(2))
            for _ in range(min(BATCH, count - start))
        ]
        people = [
            Person(given_name=_luck.choice(_GIVEN), name_prefix=_luck.choice(_PREFIXES), family_name=_word(4))
            for _ in organisations
        ]
        _write(organisations)
        _write(people)
        _hang_on(organisations, people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(rows: list[Any]) -> None:
    for row in rows:
        row.fill_keys()
    type(rows[0]).objects.bulk_create(rows, batch_size=500)


def _hang_on(organisations: list[Organisation], people: list[Person]) -> None:
    points = [
        ContactPoint(kind=Channel.EMAIL, value=f"post@{holder.pk}.example", **{field: holder})
        for field, holders in (("organisation", organisations), ("person", people))
        for holder in holders
    ]
    ContactPoint.objects.bulk_create(points, batch_size=500)
    Mandate.objects.bulk_create(
        [
            Mandate(person=person, organisation=organisation, post=Post.CHAIR)
            for person, organisation in zip(people, organisations, strict=True)
        ],
        batch_size=500,
    )
    entries = [
        TimelineEntry.row(subject=record, code="crm.interaction_logged")
        for record in islice([*organisations, *people], 0, None, 5)
    ]
    TimelineEntry.objects.bulk_create(entries, batch_size=500)


class Visitor:
    """A member of the committee who looks at lists. ``addresses`` gives the address and the query of every look."""

    def __init__(self) -> None:
        self.client = Client()
        member = User.objects.create(username="bench")
        member.groups.add(Group.objects.get(name="Commissie"))
        self.client.force_login(member)
        self.addresses = {
            f"{subject}, {look},": (address, query)
            for subject, address, model in (
                ("organisations", "/beheer/organisaties/", Organisation),
                ("people", "/beheer/personen/", Person),
            )
            for look, query in _queries(model).items()
        }

    def take(self, name: str) -> tuple[float, int]:
        """The seconds and the queries of a whole page."""
        address, query = self.addresses[name]
        ran: list[str] = []

        def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
            ran.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            began = time.perf_counter()
            answer = self.client.get(address, query)
            seconds = time.perf_counter() - began
        assert answer.status_code == 200
        assert b"<tbody>" in answer.content
        return seconds, len(ran)


@contextmanager
def visitor() -> Iterator[Visitor]:
    """Somebody to look at the lists, who has seen every page once so that nothing is loaded for the first time."""
    with override_settings(STORAGES=_PLAIN_FILES, ALLOWED_HOSTS=["*"]):
        made = Visitor()
        for name in made.addresses:
            made.take(name)
        yield made


def _queries(model: type[Organisation] | type[Person]) -> dict[str, dict[str, str]]:
    far = model.objects.count() * 9 // 10
    named = model.objects.order_by("sort_name", "pk")[far]
    changed = model.objects.order_by("-changed_at", "-pk")[far]
    looks: dict[str, dict[str, str]] = {
        "first page": {},
        "page nine tenths in": {"na": paging.starting_at(named.sort_name, str(named.pk))},
        "the same by last change": {
            "volgorde": "gewijzigd",
            "na": paging.starting_at(changed.changed_at.isoformat(), str(changed.pk)),
        },
        # On every list this finds more than a page.
        "with a name in it": {"q": "klabru"},
    }
    if model is Organisation:
        looks["only the factions, nine tenths in"] = {**looks["page nine tenths in"], "kind": "faction"}
    return looks
