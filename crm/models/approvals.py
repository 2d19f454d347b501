"""Approval of anything, bound to the hash of what was read: any change voids it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """Where a round of approval is."""

    OPEN = "open", _("asked")
    APPROVED = "approved", _("approved")
    VOIDED = "voided", _("lapsed")


class ApprovalRound(models.Model):
    """One row per time that something was put before the committee, with the hash of what it then was.

    ``void_reason`` is a code of the room that it is from; in rounds of before, words.
    """

    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    content_hash = models.CharField(max_length=64)
    quorum = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        help_text="Those who wrote it: they cannot approve it alone.",
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("round of approval")
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], condition=Q(state="open"), name="one_open_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_state_display()}"


class Verdict(models.TextChoices):
    """What an approver said."""

    APPROVED = "approved", _("approved")
    REMARK = "remark", _("remark")


class Approval(models.Model):
    """One row per decision of one person in one round; a later decision of the same person replaces the earlier."""

    round = models.ForeignKey(ApprovalRound, on_delete=models.CASCADE, related_name="approvals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals")
    in_place_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    remark = models.TextField(blank=True)
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    by_link = models.BooleanField(default=False)
    decided_at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("approval")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user"], condition=Q(is_current=True), name="one_current_decision_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_verdict_display()}"
