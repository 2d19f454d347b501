"""Who we are: the network's own name, colours, addresses and words."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def check_colour(value: str) -> None:
    """Raises ValidationError unless the value is a colour as #rrggbb."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValidationError(_("Write a colour as # and six digits, such as #9a3412."))


@register_setting(icon="home")
class Network(BaseGenericSetting):
    """One row in all: the network that uses this installation."""

    name = models.CharField(_("name"), max_length=200, default="Spreekbuis")
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    committee = models.CharField(
        _("committee"), max_length=200, blank=True, help_text=_("How the committee signs its letters.")
    )
    place = models.CharField(
        _("place"), max_length=80, blank=True, help_text=_("The town in the date line of letters.")
    )
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    postal_address = models.TextField(
        _("postal address"), blank=True, help_text=_("Stands below every newsletter: the law asks for it.")
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accent_colour = models.CharField(
        _("accent colour"), max_length=7, default="#9a3412", validators=[check_colour]
    )
    second_colour = models.CharField(
        _("second colour"), max_length=7, default="#14532d", validators=[check_colour]
    )
    own_words = models.TextField(
        _("our own words"),
        blank=True,
        help_text=_(
            "One per line: names and words that are yours. The last look warns when one is nearly written."
        ),
    )
    reminder_weeks = models.PositiveSmallIntegerField(_("weeks before a reminder is proposed"), default=4)
    second_person_confirms = models.BooleanField(
        _("a second person confirms what a party said"),
        default=True,
        help_text=_(
            "Switched on, a position counts once somebody else than who entered it has looked at the quote."
        ),
    )

    class Meta:
        verbose_name = _("our network")

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> tuple[str, ...]:
        """The network's own words, in the order they were written down."""
        return tuple(line.strip() for line in self.own_words.splitlines() if line.strip())
