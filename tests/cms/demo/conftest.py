"""The demo world, loaded fresh for a test."""

import pytest

from cms.demo import world as demo
from cms.demo.world import World


@pytest.fixture
def world(db) -> World:
    return demo.load()
