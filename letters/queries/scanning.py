"""The address behind the QR code of a letter: scanned with a phone, it opens the page that files an answer on paper."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from letters.models import Letter, Recipient


def address(letter: Letter, recipient: Recipient | None = None) -> str:
    """Where the code leads: short, so that it is printed coarse and reads from a bad photo. It stands on paper that is
    kept for years, so what it leads to stays where it is. Says nothing to who is not signed in."""
    if recipient is None:
        return settings.BASE_URL + reverse("letters_public:scan", args=[letter.pk])
    return settings.BASE_URL + reverse("letters_public:scan_thread", args=[letter.pk, recipient.pk])
