"""Public copies of what came in: the text without the passages that are nobody else's business."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models import FrozenFile

from .incoming import IncomingMessage


class PublicCopy(models.Model):
    """One row per public copy of a message. The words that were blacked out stand in no row and no byte of it.

    Personal data: what was left to read of a message; kept as long as the message, which itself stays as it came.
    """

    message = models.ForeignKey(IncomingMessage, on_delete=models.CASCADE, related_name="public_copies")
    pdf = models.ForeignKey(FrozenFile, on_delete=models.PROTECT, related_name="+")
    blacked_out = models.PositiveIntegerField(help_text="In how many places.")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("public copy")
        verbose_name_plural = _("public copies")
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "pdf"], name="public_copy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.made_at:%Y-%m-%d}"
