"""Bytes that never change again: what was sent and what came in, found by their SHA-256."""

from __future__ import annotations

import datetime
import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Whoever asks for bytes that are there already has this long to point to them before they count as unused.
_STILL_FRESH = datetime.timedelta(days=1)


def private_storage() -> Storage:
    """The storage that no address leads to."""
    return storages["private"]


class FrozenFileManager(models.Manager["FrozenFile"]):
    """The way in: bytes are written before the row that vouches for them."""

    def keep(self, data: bytes, *, media_type: str) -> FrozenFile:
        """The row for these bytes, writing them when they are new.

        Safe to repeat: the place follows from the content. Raises OSError when the disk is full, leaving no row.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        now = timezone.now()
        # Waits for a clean-up that has this row in hand, and finds it gone afterwards.
        self.filter(sha256=sha256, wanted_at__lt=now - _STILL_FRESH).update(wanted_at=now)
        kept = self.filter(sha256=sha256).first()
        storage = private_storage()
        place = f"frozen/{sha256[:2]}/{sha256}"
        if kept is not None and storage.exists(kept.place):
            return kept
        if not storage.exists(place) or storage.size(place) != len(data):
            storage.save(place, ContentFile(data))
        row, _created = self.get_or_create(
            sha256=sha256, defaults={"size_bytes": len(data), "media_type": media_type, "place": place}
        )
        return row


class FrozenFile(models.Model):
    """One row per distinct content. May hold personal data (letters); kept as long as something points to it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    place = models.CharField(max_length=120)
    frozen_at = models.DateTimeField(auto_now_add=True)
    wanted_at = models.DateTimeField(
        default=timezone.now, help_text="When somebody last asked to keep these bytes."
    )

    objects = FrozenFileManager()

    class Meta:
        verbose_name = _("frozen file")
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256

    def read(self) -> bytes:
        """The bytes. Raises ValueError when they are no longer what was frozen, OSError when they are gone."""
        with private_storage().open(self.place) as file:
            data: bytes = file.read()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise ValueError(f"The frozen file {self.sha256} has been changed on disk.")
        return data
