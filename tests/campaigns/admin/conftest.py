"""Alida and Loes at the screens, in Dutch, as they read them."""

import pytest


@pytest.fixture
def member(client, alida):
    """Alida, signed in."""
    client.force_login(alida)
    return client


@pytest.fixture
def reader(client, loes):
    """Loes, signed in."""
    client.force_login(loes)
    return client
