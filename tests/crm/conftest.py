"""The cast of the address book: Alida is on the committee, Loes reads, Otto signs in and has no role."""

import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from crm.models import User
from crm.registries import outgoing as outgoing_registry

from .factories import UserFactory


def _with_role(username: str, role: str) -> User:
    user = UserFactory(username=username, first_name=username.title())
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def alida(db):
    return _with_role("alida", "Commissie")


@pytest.fixture
def loes(db):
    return _with_role("loes", "Lezer")


@pytest.fixture
def otto(db):
    return _with_role("otto", "")


@pytest.fixture
def english():
    """The source strings, whatever the catalogue makes of them."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_room_above_listens(monkeypatch):
    """What letters do with the result of a message is no concern of the outbox itself."""
    monkeypatch.setattr(outgoing_registry, "SUBSCRIBERS", {})
