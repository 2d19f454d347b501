"""A stand-in that listens, with one audience, and the real client in front of it."""

import pytest

from campaigns.clients.mailchimp import Mailchimp
from campaigns.standin.server import StandIn
from campaigns.standin.store import Store

from . import description

KEY = "0123456789abcdef-us21"
AUDIENCE = "a1b2c3d4e5"


@pytest.fixture
def standin():
    store = Store(":memory:")
    store.furnish(AUDIENCE)
    store.put("domain", {"domain": "netwerk.example", "authenticated": True})
    with StandIn(store, key=KEY, remembers=True).running() as server:
        yield server
    for exchange in server.seen:
        description.check(exchange)
    store.close()


@pytest.fixture
def mailchimp(standin):
    return Mailchimp(KEY, host=standin.url, pause=lambda _seconds: None)
