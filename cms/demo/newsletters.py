"""The newsletter of the demo: its invented readers, an issue that was sent, and one with something to mend."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from campaigns.actions import audience, issues, mailings, results, sending, subscribers
from campaigns.models import Mailing, NewsletterGroup, Subscriber
from campaigns.pages import NewsletterPage
from campaigns.pages.composing import made
from campaigns.standin.server import StandIn
from campaigns.standin.store import Store
from crm.models import Channel, ConsentEntry, Decision, Network, WritingPurpose

from .fixtures import Row, read
from .world import World

READERS: Final = 1200


def load(world: World) -> None:
    """Readers, an issue that left through the stand-in for Mailchimp, and a draft; what is there stays as it is."""
    if NewsletterPage.objects.exists() or not settings.MAILCHIMP_IS_LOCAL:
        return
    rows = read("newsletters")
    network = Network.load()
    network.postal_address = network.postal_address or rows["postal_address"].strip()
    network.save()
    _readers(rows)
    settings.MAILCHIMP_STANDIN.parent.mkdir(parents=True, exist_ok=True)
    store = Store(settings.MAILCHIMP_STANDIN)
    store.furnish(settings.MAILCHIMP["audience"])
    with StandIn(store, port=settings.MAILCHIMP_STANDIN_PORT).running():
        _bring_there(world)
        _send(rows["sent"], world)
        _plan(rows, world)
    store.close()
    _issue(rows["draft"], world)


def _readers(rows: Any) -> None:
    """Many at once: what the actions do for one, without a line for each on a timeline."""
    NewsletterGroup.objects.bulk_create(NewsletterGroup(name=name) for name in rows["groups"])
    groups = list(NewsletterGroup.objects.all())
    names = rows["first_names"]
    since = timezone.now() - datetime.timedelta(days=400)
    Subscriber.objects.bulk_create(
        Subscriber(address=f"lezer{number:04}@lezers.example", first_name=names[number % len(names)])
        for number in range(READERS)
    )
    readers = list(Subscriber.objects.order_by("pk"))
    through = Subscriber.groups.through
    through.objects.bulk_create(
        through(subscriber_id=one.pk, newslettergroup_id=groups[number % len(groups)].pk)
        for number, one in enumerate(readers)
        if number % 2
    )
    ConsentEntry.objects.bulk_create(
        ConsentEntry(
            address=one.address,
            purpose=WritingPurpose.NEWSLETTER,
            channel=Channel.EMAIL,
            decision=Decision.GRANTED,
            wording=rows["wording"],
            source=rows["source"],
            decided_at=since,
        )
        for one in readers
    )


def _bring_there(world: World) -> None:
    """The same readers at the stand-in, as the background work brings them."""
    audience.start(by=world.author)
    audience.work()


def _plan(rows: Any, world: World) -> None:
    """Three more came since, and somebody had a look at what differs: that plan waits."""
    for address in rows["newcomers"]:
        subscribers.add(address=address, wording=rows["wording"], source=rows["source"], by=world.author)
    audience.start(look=True, by=world.author)
    audience.work()


def _send(row: Row, world: World) -> None:
    """From asking to what readers did, as people would do it."""
    by, other = world.users[row["by"]], world.users[row["approved_by"]]
    page = _issue(row, world)
    now = made(page)[0]
    mailing = mailings.ask(page=page, made=now, authors=[by], blocking=0, by=by)
    mailings.approve(mailing=mailing, content_hash=now.content_hash, by=other)
    mailings.send(mailing=mailing, content_hash=now.content_hash, by=by)
    sending.run(mailing.pk)
    results.fetch(Mailing.objects.get(pk=mailing.pk))


def _issue(row: Row, world: World) -> Any:
    by = world.users[row["by"]]
    page = issues.start(by=by)
    page.title, page.subject, page.preheader = row["title"], row["subject"], row["preheader"]
    page.body = [(one["type"], _value(one)) for one in row["body"]]
    page.save()
    page.save_revision(user=by)
    page.refresh_from_db()
    return page


def _value(row: Row) -> Any:
    if "value" in row:
        return row["value"]
    link = {"words": row.get("words", ""), "page": None, "url": row.get("url", "")}
    match row["type"]:
        case "story":
            return {"title": row["title"], "text": row["text"], "image": None, "alt": "", "link": link}
        case "quote":
            return {"words": row["words"], "who": row["who"]}
        case _:
            return link
