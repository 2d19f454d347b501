"""Signed one-shot links: a person may do one thing once, without signing in."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .users import User


def digest_of(token: str) -> str:
    """What is stored of a token: its SHA-256, so that a look into the database gives no working link."""
    return hashlib.sha256(token.encode()).hexdigest()


class SignedLinkManager(models.Manager["SignedLink"]):
    """Making and finding links."""

    def issue(
        self, *, purpose: str, user: User, subject: models.Model, valid_for: datetime.timedelta
    ) -> tuple[SignedLink, str]:
        """A new link and its token; the token exists only in the returned value."""
        token = secrets.token_urlsafe(24)
        link = self.create(
            token_sha256=digest_of(token),
            purpose=purpose,
            user=user,
            subject_type=ContentType.objects.get_for_model(subject),
            subject_id=subject.pk,
            expires_at=timezone.now() + valid_for,
        )
        return link, token

    def find(self, token: str, *, purpose: str) -> SignedLink | None:
        """The link of a token, used and expired ones included, or None for a token that was never issued."""
        return self.select_related("user").filter(token_sha256=digest_of(token), purpose=purpose).first()


class SignedLink(models.Model):
    """One row per link that was sent to a person; valid once and until ``expires_at``."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    issued_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignedLinkManager()

    class Meta:
        verbose_name = _("signed link")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.purpose} → {self.user}"

    @property
    def is_valid(self) -> bool:
        """Whether it can still be used."""
        return self.used_at is None and timezone.now() < self.expires_at
