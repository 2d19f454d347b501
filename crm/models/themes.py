"""What something is about, and on which level of government."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """The level of government something plays on."""

    CITY = "city", pgettext_lazy("level", "city")
    REGION = "region", pgettext_lazy("level", "region")
    COUNTRY = "country", pgettext_lazy("level", "country")


class Theme(models.Model):
    """One row per subject that organisations, letters and asks can share, such as vergrijzing or wonen."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_theme_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """One row per label that the committee uses in its own way."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = pgettext_lazy("address book", "tag")
        verbose_name_plural = pgettext_lazy("address book", "tags")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_tag_of_a_name")]

    def __str__(self) -> str:
        return self.name
