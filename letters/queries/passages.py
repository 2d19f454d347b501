"""Messages that came in as a source of what parties said: what they are, and the words in them."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Voice
from campaigns.registries.sources import Source
from crm.dutch.dates import long_date
from letters.inbound import html

from . import openly


def source() -> Source:
    """The kind of source that a message that came in is."""
    return Source(
        name="bericht",
        model="letters.IncomingMessage",
        permission="letters.view_incomingmessage",
        voice=Voice.WROTE,
        words=_words,
        url=_url,
        said_on=_said_on,
        texts=texts,
    )


def _words(message: Any) -> str:
    """Which message it is; who wrote it stays out, as these words are kept when the message goes."""
    return _("e-mail of %(day)s: %(subject)s") % {"day": long_date(_said_on(message)), "subject": message}


def _url(message: Any) -> str:
    return reverse("letters:incoming_message", args=[message.pk])


def _said_on(message: Any) -> datetime.date:
    return timezone.localdate(message.moment)


def texts(message: Any) -> tuple[str, ...]:
    """As plain text, and as the screen shows it; nothing when its bytes are away or damaged."""
    try:
        read = openly.read(message)
    except (OSError, ValueError):
        return ()
    return tuple(text for text in (read.text, html.plain(read.html) if read.html else "") if text)
