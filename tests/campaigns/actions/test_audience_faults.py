"""Whatever breaks between us and Mailchimp, and wherever: nobody comes back who left, no goodbye is lost, nothing is
done twice. Each kind of fault strikes at each step of runs in an audience in which things keep happening."""

import datetime

import pytest
from django.utils import timezone

from campaigns.actions import audience, subscribers
from campaigns.models import Subscriber, SyncRun
from campaigns.standin.server import Fault
from crm.actions.action import SYSTEM, Refused
from crm.models import ConsentEntry
from tests.campaigns.factories import SubscriberFactory

pytestmark = pytest.mark.django_db
HTML = b"<html><body>502 Bad Gateway</body></html>"


class Killed(BaseException):
    """The process is gone: nobody writes anything down any more."""


FAULTS = {
    "429 without a body": Fault(429),
    "403 without a body": Fault(403),
    "502 in HTML": Fault(502, HTML),
    "502 in HTML, and it was done": Fault(502, HTML, is_done=True),
    "the connection drops": Fault(),
    "no answer, and it was done": Fault(is_done=True),
    "killed before it was asked": Killed,
    "killed before the answer": Killed,
}
ROUNDS = 12
# Once and it goes well at the next try; or for so long that the run breaks off.
LENGTHS = (1, 4, 4)


class World:
    """Readers who come, leave here and there, change their name and move; and what must hold of them."""

    def __init__(self, there):
        self.there = there
        self.left_here, self.left_there, self.moved = [], [], []
        self.struck = 0

    def go_on(self, number):
        """Something of everything happens."""
        readers = [SubscriberFactory(address=f"lezer{number}.{one}@lezers.example") for one in range(5)]
        ConsentEntry.objects.update(decided_at=timezone.now() - datetime.timedelta(days=30))
        self.there.put(readers[0].address, "subscribed")
        known = [
            one for one in Subscriber.objects.reachable() if self.there.status(one.address) == "subscribed"
        ]
        if len(known) < 5:
            return
        subscribers.leave(subscriber=known[0], source="mail", by=SYSTEM)
        self.left_here.append(known[0].address)
        self.there.put(known[1].address, "unsubscribed")
        self.left_there.append(known[1].address)
        subscribers.change(subscriber=known[2], first_name=f"Naam {number}", groups=[], by=SYSTEM)
        self.moved.append(known[3].address)
        subscribers.move(
            subscriber=known[3], address=f"nieuw{number}@lezers.example", source="mail", by=SYSTEM
        )

    def run(self, kind, at, length):
        """One run; from its request number ``at`` so many go wrong."""
        asked = 0

        def strike(_method, _path):
            nonlocal asked
            asked += 1
            if not at <= asked - 1 < at + length:
                return None
            self.struck += 1
            return FAULTS[kind]

        try:
            audience.start(by=SYSTEM)
        except Refused:
            # One was killed: its silence lasts until somebody else goes on with it.
            SyncRun.objects.update(seen_at=timezone.now() - datetime.timedelta(hours=1))
        if FAULTS[kind] is Killed:
            self._kill(kind, at)
        else:
            self.there.server.fault = strike
            audience.work(mailchimp=self.there.door)
            self.there.server.fault = lambda _method, _path: None

    def _kill(self, kind, at):
        transport = self.there.door._client.api_client.request
        asked = 0

        def request(*args, **kwargs):
            nonlocal asked
            asked += 1
            if asked - 1 != at:
                return transport(*args, **kwargs)
            self.struck += 1
            if kind.endswith("answer"):
                transport(*args, **kwargs)
            raise Killed

        self.there.door._client.api_client.request = request
        try:
            audience.work(mailchimp=self.there.door)
        except Killed:
            pass
        finally:
            self.there.door._client.api_client.request = transport

    def check(self):
        """What holds at any moment, however it went."""
        for address in self.left_there:
            assert self.there.status(address) == "unsubscribed", address

    def check_end(self):
        """What holds once all went well again."""
        self.check()
        readers = {one.address for one in Subscriber.objects.reachable()}
        there = self.there.statuses()
        assert {address for address in there if there[address] == "subscribed"} == readers
        for address in self.left_here:
            assert there[address] == "unsubscribed", address
        assert {address for address in there if there[address] == "unsubscribed"} == {
            *self.left_here, *self.left_there,
        }  # fmt: skip
        said = ConsentEntry.objects.filter(decision="withdrawn").values_list("address", flat=True)
        assert sorted(said) == sorted([*self.left_here, *self.left_there, *self.moved])
        names = {one.address: one.first_name for one in Subscriber.objects.reachable()}
        assert {address: self.there.member(address)["merge_fields"]["FNAME"] for address in readers} == names


@pytest.mark.parametrize("kind", FAULTS)
def test_nobody_is_brought_back_no_goodbye_is_lost_nothing_is_doubled(there, kind):
    # What was done without our knowing shows only when it is asked about.
    there.ago(hours=0)
    there.sync()
    world = World(there)
    for number in range(ROUNDS):
        world.go_on(number)
        # At the question, the goodbyes, the move, those who are new, those who changed.
        for at in range(5):
            world.run(kind, at, LENGTHS[(number + at) % len(LENGTHS)])
            world.check()
    for _time in range(3):
        world.run(kind, 10_000, 0)
    assert SyncRun.objects.first().state == "done"
    world.check_end()
    assert world.struck >= 32
