"""A member and a reader at the screens, in English so that the catalogue does not matter; and Alida in Dutch."""

import pytest
from wagtail.users.models import UserProfile

from crm.registries import panels


def _signed_in(client, user, language="en"):
    UserProfile.objects.create(user=user, preferred_language=language)
    client.force_login(user)
    return client


@pytest.fixture
def member(client, alida):
    """Alida, signed in."""
    return _signed_in(client, alida)


@pytest.fixture
def dutch(client, alida):
    """Alida, signed in, as she reads it."""
    return _signed_in(client, alida, "nl")


@pytest.fixture
def reader(client, loes):
    """Loes, signed in."""
    return _signed_in(client, loes)


@pytest.fixture
def without_panels(monkeypatch):
    """The pages without what higher rooms add to them."""
    monkeypatch.setattr(panels, "PANELS", {})
