"""The cast of what we ask for: Alida is on the committee, Ida manages, Loes reads, Otto has no role."""

import pytest
from django.contrib.auth.models import Group

from tests.crm.factories import UserFactory


def _with_role(username, *roles):
    user = UserFactory(username=username, first_name=username.title())
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


@pytest.fixture
def alida(db):
    return _with_role("alida", "Commissie")


@pytest.fixture
def ida(db):
    return _with_role("ida", "Beheer")


@pytest.fixture
def loes(db):
    return _with_role("loes", "Lezer")


@pytest.fixture
def otto(db):
    return _with_role("otto")
