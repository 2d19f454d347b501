"""What the tests of the newsletter's public pages share: pressing buttons, and reading the mail that leaves."""

import re
from email import message_from_bytes, policy
from urllib.parse import urlsplit

from django.urls import reverse

from crm.models import OutgoingMessage

SIGN_UP = "/nieuwsbrief/aanmelden/"
LINK = "/nieuwsbrief/link/"


def ask(client, capture, address="anna@lezers.example", **more):
    """Fill in the form, and let the background do its work; the page that comes of it."""
    with capture(execute=True):
        return client.post(SIGN_UP, {"address": address, **more}, follow=True)


def mails():
    """Every mail that leaves, oldest first."""
    rows = OutgoingMessage.objects.order_by("pk")
    return [message_from_bytes(row.raw.read(), policy=policy.default) for row in rows]


def text(mail):
    return mail.get_body(("plain",)).get_content()


def link_in(mail, name):
    """The path of the link to one of our pages."""
    front = reverse(f"newsletter:{name}", args=["x"]).removesuffix("x/")
    [found] = re.findall(rf"https?://\S+{front}\S+", text(mail))
    return urlsplit(found).path
