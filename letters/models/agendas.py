"""The paper for a meeting of the committee, and what came of each of its numbers."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

# A sentence, or the note below it.
LONGEST = 400


class AgendaSection(models.TextChoices):
    """The headings of the paper, in their order."""

    DECISIONS = "decisions", _("Decisions asked for")
    CAME_IN = "came_in", _("Came in")
    OUR_TURN = "our_turn", _("It is our turn")
    PROMISES = "promises", _("Promises")
    FOLLOW_UPS = "follow_ups", _("Action list")


class Agenda(models.Model):
    """One row per paper for a meeting. ``since``: what came in after that moment stands in it; None for all."""

    held_on = models.DateField(_("day of the meeting"), unique=True)
    since = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("paper for a meeting")
        verbose_name_plural = _("papers for meetings")
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return _("Meeting of %(day)s") % {"day": date_format(self.held_on, "j F Y")}


class AgendaItem(models.Model):
    """One row per number of a paper, in the words of that day, with what was decided about it.

    Personal data: what is said of somebody, and what was decided; kept as long as the paper.
    """

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=10, choices=AgendaSection.choices)
    words = models.CharField(max_length=LONGEST)
    note = models.CharField(max_length=LONGEST, blank=True)
    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", editable=False)
    subject_id = models.BigIntegerField(editable=False)
    subject = GenericForeignKey("subject_type", "subject_id")
    result = models.TextField(_("what was decided"), blank=True)
    result_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    result_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("item of a meeting")
        verbose_name_plural = _("items of a meeting")
        default_permissions = ()
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agenda", "number"], name="agenda_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"
