"""Opening a message that came in: what everybody may read of it."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.urls import reverse

from letters.inbound import personal, reading
from letters.inbound.incoming import Incoming
from letters.inbound.personal import PERSONAL
from letters.models import IncomingMessage


def read(message: IncomingMessage) -> Incoming:
    """The message; of mail to one of us that came back only what its writer put above it. Raises OSError or ValueError
    when its bytes are away or damaged."""
    found = reading.read(message.raw.read())
    places = personal_places()
    if PERSONAL in message.problems or personal.holds(found, places):
        return personal.own_words(found, places)
    return found


@cache
def _paths() -> tuple[str, str, str]:
    """Where the links lead that work without signing in: to agree, to settle what is due, to choose a password."""
    decide = reverse("letters_public:decide", args=["x"]).removesuffix("x/")
    due = reverse("crm_public:due", args=["x", "y"]).removesuffix("x/y/")
    choose = reverse("wagtailadmin_password_reset_confirm", args=["x", "y"]).removesuffix("x/y/")
    return decide, due, choose


def personal_places() -> tuple[str, ...]:
    """How the addresses of personal links begin, in lower case and without https."""
    host = settings.BASE_URL.partition("://")[2].lower().rstrip("/")
    decide, due, choose = _paths()
    # The words of the first two stand in the addresses of others too; a password can be asked for at any of our names.
    return f"{host}{decide}", f"{host}{due}", choose
