"""Letterheads: who writes, where to answer, what the page looks like."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Window(models.TextChoices):
    """Where the window of the envelope is."""

    LEFT = "left", _("left")
    RIGHT = "right", _("right")


class Letterhead(models.Model):
    """One row per letterhead."""

    name = models.CharField(_("name of this letterhead"), max_length=100, unique=True)
    sender_name = models.CharField(_("sender"), max_length=200)
    sender_lines = models.TextField(_("address of the sender"), blank=True, help_text=_("One line each."))
    reply_address = models.EmailField(
        _("e-mail address for answers"), blank=True, help_text=_("Answers to letters arrive here.")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    place = models.CharField(_("place in the date line"), max_length=80, blank=True)
    closing = models.CharField(_("closing"), max_length=120, default="Met vriendelijke groet")
    sign_off = models.CharField(_("signed in the name of"), max_length=200, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    window = models.CharField(
        _("window of the envelope"), max_length=5, choices=Window.choices, default=Window.LEFT
    )
    prints_qr = models.BooleanField(
        _("a QR code beside the reference"),
        default=False,
        help_text=_(
            "For an answer on paper: whoever scans the code with a phone files it in the right place."
        ),
    )
    accent_colour = models.CharField(_("colour"), max_length=7, default="#9a3412")

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
