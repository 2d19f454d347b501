"""How many must agree, per kind of letter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .letters import LetterKind


class ApprovalRule(models.Model):
    """One row per kind of letter; a kind without a row needs nobody."""

    kind = models.CharField(_("kind of letter"), max_length=10, choices=LetterKind.choices, unique=True)
    quorum = models.PositiveSmallIntegerField(_("how many must agree"), default=2)
    most_recipients = models.PositiveSmallIntegerField(
        _("to how many recipients at most"), null=True, blank=True, help_text=_("Empty: no limit.")
    )

    class Meta:
        verbose_name = _("rule for approval")
        verbose_name_plural = _("rules for approval")
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.quorum}"
