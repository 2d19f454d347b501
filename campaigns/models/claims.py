"""Claims (uitspraken): what a party said about an ask, each with its quote and source."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.models import Organisation

from .asks import Ask


class Position(models.TextChoices):
    """Where they stand. That we know nothing is computed, and never a position."""

    FOR = "for", pgettext_lazy("position", "for")
    PARTLY = "partly", pgettext_lazy("position", "partly for")
    MENTIONS = "mentions", pgettext_lazy("position", "mentions it, does not choose")
    AGAINST = "against", pgettext_lazy("position", "against")


class Voice(models.TextChoices):
    """How they said it. What a programme, a vote or a coalition agreement says are other voices."""

    WROTE = "wrote", _("wrote it to us")
    SAID = "said", _("said it to us: in a meeting or on the telephone")
    MINUTES = "minutes", _("stands in minutes or a report")


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Questions to the claims."""

    def newest_first(self) -> ClaimQuerySet:
        """What was said last, and of one day what was entered last."""
        return self.order_by("-said_on", "-pk")


class Claim(models.Model):
    """One row per thing that a party, faction or list said about an ask. Rows are added and never changed: a newer one
    supersedes, and one that was entered by mistake is withdrawn with a reason.

    ``source_type`` and ``source_id`` name a record of a higher room, worded by ``campaigns.registries.sources``;
    ``source_words`` says the source in words, so that it stays when that record goes.

    Personal data: who entered and confirmed it, and whoever is named in the quote. Kept as long as the organisation.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("party"), on_delete=models.PROTECT, related_name="claims"
    )
    ask = models.ForeignKey(Ask, verbose_name=_("ask"), on_delete=models.PROTECT, related_name="claims")
    position = models.CharField(_("position"), max_length=10, choices=Position.choices)
    quote = models.TextField(_("in their own words"))
    said_on = models.DateField(_("said on"))
    voice = models.CharField(_("how they said it"), max_length=10, choices=Voice.choices)
    source_type = models.ForeignKey(
        ContentType, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    source_id = models.BigIntegerField(null=True, blank=True, editable=False)
    source_words = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("web page of the source"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    entered_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(_("why it is withdrawn"), max_length=300, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        default_permissions = ("add", "change", "view")
        permissions = [("confirm_claim", _("Can confirm what a party said"))]
        ordering = ["-said_on", "-pk"]
        indexes = [models.Index(fields=["ask", "organisation", "-said_on", "-id"], name="claim_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("entered_by"))
                | Q(confirmed_by__isnull=True)
                | Q(entered_by__isnull=True),
                name="claim_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                name="claim_confirmed_some_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="claim_withdrawn_because",
            ),
            models.CheckConstraint(condition=~Q(quote=""), name="claim_has_a_quote"),
            models.CheckConstraint(condition=~Q(source_words=""), name="claim_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_position_display()}"

    def get_absolute_url(self) -> str:
        """Where it can be read, confirmed and withdrawn."""
        return reverse("campaigns:claim", args=[self.pk])

    @property
    def is_confirmed(self) -> bool:
        """Whether a second person looked."""
        return self.confirmed_at is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was entered by mistake."""
        return self.withdrawn_at is not None
