"""What something is about, and on which level of government."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The level of government something plays on."""

    CITY = "city", _("city")
    REGION = "region", _("region")
    COUNTRY = "country", _("country")


class Theme(models.Model):
    """One row per subject that organisations, letters and asks can share, such as vergrijzing or wonen."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """One row per label that the committee uses in its own way."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
