"""An audience at the stand-in, the real client in front of it, and readers beside it."""

import datetime

import pytest

from campaigns.actions import audience
from campaigns.clients.mailchimp import Mailchimp, member_id
from campaigns.models import AudienceLink
from campaigns.standin.server import StandIn
from campaigns.standin.store import Store
from crm.actions.action import SYSTEM
from crm.registries import background

AUDIENCE = "a1b2c3d4e5"


class There:
    """The audience at the stand-in, and our runs against it."""

    def __init__(self, server):
        self.server = server
        self.door = Mailchimp("proef", host=server.url, pause=lambda _seconds: None)

    def status(self, address):
        found = self.server.store.member(AUDIENCE, member_id(address))
        return found["status"] if found else ""

    def member(self, address):
        return self.server.store.member(AUDIENCE, member_id(address))

    def put(self, address, status, **values):
        """A reader, or somebody at Mailchimp, did this: before now, and after what we did there ourselves."""
        ours = self.server.store.now
        self.server.store.now = lambda: ours() + self.later
        before = self.member(address) or {"merge_fields": {}, "interests": {}}
        self.server.store.keep_members(
            AUDIENCE, [{**before, "email_address": address, "status": status, **values}]
        )
        self.server.store.now = ours

    def statuses(self):
        rows, _total = self.server.store.members(AUDIENCE, count=1000)
        return {row["email_address"]: row["status"] for row in rows}

    def ago(self, **since):
        """From now on what happens there happened a while ago."""
        since = datetime.timedelta(**since)
        self.server.store.now = lambda: datetime.datetime.now(datetime.UTC) - since
        self.later = since * 0.98

    def sync(self, **how):
        audience.start(**how, by=SYSTEM)
        return audience.work(mailchimp=self.door)

    @property
    def asked(self):
        """The requests so far, but those that only made the connection."""
        return [f"{one.method} {one.path.removeprefix(f'/lists/{AUDIENCE}')}" for one in self.server.seen]


@pytest.fixture
def there(db, settings, monkeypatch):
    settings.MAILCHIMP = {"key": "proef", "host": "", "audience": AUDIENCE}
    for name in ("sync_audience", "look_at_mailchimp", "listen_to_mailchimp"):
        monkeypatch.setitem(background.WAKERS, f"campaigns.{name}", lambda **given: None)
    store = Store(":memory:")
    store.furnish(AUDIENCE)
    with StandIn(store, remembers=True).running() as server:
        found = There(server)
        found.ago(hours=1)
        AudienceLink.objects.create(audience=AUDIENCE)
        audience.look_at_mailchimp(mailchimp=found.door)
        server.seen.clear()
        yield found
    store.close()
