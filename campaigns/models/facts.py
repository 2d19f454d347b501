"""The fact cabinet: figures we use in letters, each with a source and a date."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fact(models.Model):
    """One row per figure. ``words`` is how it reads in a letter: "ruim 15.000 Amsterdammers"."""

    key = models.SlugField(_("short code"), max_length=60, unique=True)
    words = models.CharField(
        _("in words"), max_length=200, help_text=_("As it should read: “ruim 15.000 Amsterdammers”.")
    )
    as_of_on = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("web page of the source"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words
