"""Lists on paper on which people wrote that they want the newsletter."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.dutch.dates import long_date
from crm.models import FrozenFile, User

from .subscribers import NewsletterGroup, Subscriber


class SignUpList(models.Model):
    """One row per list on paper, kept as a scan: the proof that its readers said yes.

    Personal data: names, addresses and signatures on the scan; kept as long as the consent ledger leans on it.
    """

    place = models.CharField(
        _("where it lay"), max_length=200, help_text=_("For example: market on the square.")
    )
    signed_on = models.DateField(_("on which day it was signed"))
    wording = models.CharField(_("what stands above the list"), max_length=300)
    groups = models.ManyToManyField(NewsletterGroup, verbose_name=_("groups"), blank=True, related_name="+")
    file = models.ForeignKey(FrozenFile, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField()
    readers = models.ManyToManyField(
        Subscriber, verbose_name=_("readers"), blank=True, related_name="sign_up_lists"
    )
    filed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    filed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sign-up list")
        verbose_name_plural = _("sign-up lists")
        # Who may see and add readers may see and add these.
        default_permissions = ()
        ordering = ["-signed_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["file"], name="a_sign_up_list_is_filed_once")]

    def __str__(self) -> str:
        return f"{self.place}, {long_date(self.signed_on)}"

    def get_absolute_url(self) -> str:
        """Its page in the back office."""
        return reverse("readers:list", args=[self.pk])
