"""A member and a reader at the screens, in English so that the catalogue does not matter."""

import pytest
from wagtail.users.models import UserProfile

from crm.registries import panels


def _signed_in(client, user):
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


@pytest.fixture
def member(client, alida):
    """Alida, signed in."""
    return _signed_in(client, alida)


@pytest.fixture
def reader(client, loes):
    """Loes, signed in."""
    return _signed_in(client, loes)


@pytest.fixture
def without_panels(monkeypatch):
    """The pages without what higher rooms add to them."""
    monkeypatch.setattr(panels, "PANELS", {})
