"""Texts that return in letters, such as "Wat is een stadsdorp?"."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StandardText(models.Model):
    """One row per reusable text, as rich text."""

    title = models.CharField(_("title"), max_length=150, unique=True)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("standard text")
        verbose_name_plural = _("standard texts")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
