"""Elections, terms of a council, and the seats in it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Election(models.Model):
    """One row per election of one body."""

    name = models.CharField(_("name"), max_length=200)
    body = models.ForeignKey(
        "crm.Organisation", verbose_name=_("for"), on_delete=models.PROTECT, related_name="elections"
    )
    held_on = models.DateField(_("election day"))
    lists_final_on = models.DateField(_("candidate lists final on"), null=True, blank=True)

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["-held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "held_on"],
                name="one_election_a_day",
                violation_error_message=_("There is an election on that day already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """One row per council term (zittingsperiode) of one body."""

    name = models.CharField(_("name"), max_length=200)
    body = models.ForeignKey(
        "crm.Organisation", verbose_name=_("of"), on_delete=models.PROTECT, related_name="terms"
    )
    election = models.OneToOneField(
        Election,
        verbose_name=_("elected on"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="term",
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    seats_total = models.PositiveSmallIntegerField(_("seats in all"))

    class Meta:
        verbose_name = _("council term")
        verbose_name_plural = _("council terms")
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="term_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["body", "from_on"],
                name="one_term_from_a_day",
                violation_error_message=_("There is a term from that day already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatCount(models.Model):
    """One row per number of seats a faction held in a period."""

    faction = models.ForeignKey(
        "crm.Organisation", verbose_name=_("faction"), on_delete=models.CASCADE, related_name="seat_counts"
    )
    seats = models.PositiveSmallIntegerField(_("seats"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("seats")
        verbose_name_plural = _("seats")
        ordering = ["-from_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["faction", "from_on"], name="seats_once_a_day")]

    def __str__(self) -> str:
        return str(self.seats)
