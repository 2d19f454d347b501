"""The audience at Mailchimp: how many requests a comparison takes, and the plan over 100,000 readers."""

from __future__ import annotations

import datetime
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.scratch import scratch_database

MANY = 100_000
FIRST = 15_000
CHANGED = 200
MOST_SECONDS, MOST_MIB = 10, 200


def rows() -> list[dict[str, Any]]:
    """The requests, counted at the stand-in, and the plan, measured in a process of its own."""
    return [*_asked(), *_planned()]


def _ask(part: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.bench.audience", part],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _asked() -> list[dict[str, Any]]:
    goals = {
        f"first load of {FIRST:,}": (31, FIRST),
        "nothing changed": (1, None),
        f"{CHANGED} changes": (2, CHANGED),
    }
    found = _ask("requests")
    return [
        _row(f"requests, {name}", found[name], "requests", naive, goal, found[name] <= goal)
        for name, (goal, naive) in goals.items()
    ]


def _planned() -> list[dict[str, Any]]:
    found = _ask("plan")
    return [
        _row(f"plan over {MANY:,} readers", found["seconds"], "s", None, MOST_SECONDS,
             found["seconds"] < MOST_SECONDS),
        _row(f"peak memory of that plan, {MANY:,} readers", found["mib"], "MiB", found["before"], MOST_MIB,
             found["mib"] < MOST_MIB),
    ]  # fmt: skip


def _row(
    name: str, figure: float, unit: str, baseline: float | None, goal: float, holds: bool
) -> dict[str, Any]:
    ratio = figure / baseline if baseline else None
    return {
        "name": name, "figure": figure, "unit": unit, "baseline": baseline, "ratio": ratio, "goal": f"< {goal}"
        if unit != "requests" else f"{goal}", "holds": holds,
    }  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _readers(count: int) -> None:
    from campaigns.models import Subscriber
    from crm.models import ConsentEntry

    for start in range(0, count, 5_000):
        addresses = [f"lezer{number}@lezers.example" for number in range(start, min(start + 5_000, count))]
        Subscriber.objects.bulk_create([Subscriber(address=one, first_name="Anna") for one in addresses])
        ConsentEntry.objects.bulk_create(
            [
                ConsentEntry(
                    address=one, purpose="newsletter", channel="email", decision="granted", wording="Ja",
                    source="lijst",
                )
                for one in addresses
            ]
        )  # fmt: skip


def _plan() -> dict[str, float]:
    """Half of them is there as it should be, a quarter has another name there, a quarter is new."""
    from campaigns.models import AudienceLink, AudienceMember, Subscriber
    from campaigns.models.audience import digest
    from campaigns.queries import audience

    _readers(MANY)
    link = AudienceLink.objects.create(audience="proeflijst", marker_id="m")
    for start in range(0, MANY * 3 // 4, 5_000):
        AudienceMember.objects.bulk_create(
            AudienceMember(
                link=link, address=one.address, subscriber=one, status="subscribed", interests=["m"],
                first_name="Anna" if start < MANY // 2 else "Bo",
                digest=digest("Anna" if start < MANY // 2 else "Bo", ["m"]),
            )
            for one in Subscriber.objects.order_by("pk")[start : start + 5_000]
        )  # fmt: skip
    before = _peak()
    began = time.perf_counter()
    plan = audience.plan(link)
    seconds = time.perf_counter() - began
    assert (plan["new"], plan["changed"]) == (MANY // 4, MANY // 4), plan
    return {"seconds": seconds, "mib": _peak(), "before": before}


def _requests() -> dict[str, float]:
    from django.conf import settings

    from campaigns.actions import audience
    from campaigns.clients.mailchimp import Mailchimp
    from campaigns.models import Subscriber
    from campaigns.standin.server import StandIn
    from campaigns.standin.store import Store
    from crm.actions.action import SYSTEM

    _readers(FIRST)
    store = Store(":memory:", now=lambda: datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1))
    store.furnish(settings.MAILCHIMP["audience"])
    found: dict[str, float] = {}
    with StandIn(store, remembers=True).running() as server:
        door = Mailchimp("proef", host=server.url)
        audience.look_at_mailchimp(mailchimp=door)

        def count(name: str) -> None:
            server.seen.clear()
            audience.start(by=SYSTEM)
            run = audience.work(mailchimp=door)
            assert run is not None
            assert run.state == "done"
            found[name] = len(server.seen)

        count(f"first load of {FIRST:,}")
        assert store.counted(settings.MAILCHIMP["audience"]) == {"subscribed": FIRST}
        count("nothing changed")
        some = Subscriber.objects.order_by("pk").values("pk")[:CHANGED]
        Subscriber.objects.filter(pk__in=list(some.values_list("pk", flat=True))).update(first_name="Bo")
        count(f"{CHANGED} changes")
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, scratch_database("sqlite", Path(folder)):
        print(json.dumps({"plan": _plan, "requests": _requests}[sys.argv[1]]()))
