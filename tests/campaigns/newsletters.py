"""Issues of the newsletter for tests: a page with a few words in it, and its readers."""

from campaigns.actions import issues, mailings
from campaigns.pages.composing import made
from crm.models import Network
from tests.campaigns.factories import SubscriberFactory

LINK = {"words": "Lees het hele verslag", "page": None, "url": "https://netwerk.example/verslag"}


def furnish():
    """The network, as its newsletter shows it."""
    network = Network.load()
    network.name, network.email = "Netwerk", "info@netwerk.example"
    network.postal_address = "Dorpsstraat 1\n1000 AA Amsterdam"
    network.save()


def issue(by, **values):
    """An issue that could be sent."""
    furnish()
    page = issues.start(by=by)
    page.subject = values.get("subject", "Drie nieuwe ruimtes")
    page.preheader = values.get("preheader", "In Noord, Oost en West")
    page.body = values.get("body") or [
        ("intro", "<p>Beste buren, er is nieuws.</p>"),
        (
            "story",
            {"title": "Noord", "text": "<p>Vanaf mei open.</p>", "image": None, "alt": "", "link": LINK},
        ),
    ]
    page.save()
    page.save_revision(user=by)
    page.refresh_from_db()
    return page


def readers(count):
    return SubscriberFactory.create_batch(count)


def approved(page, author, approver):
    """A mailing that may be sent."""
    now = made(page)[0]
    mailing = mailings.ask(page=page, made=now, authors=[author], blocking=0, by=author)
    return mailings.approve(mailing=mailing, content_hash=now.content_hash, by=approver)
