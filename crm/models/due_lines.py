"""Lines of what is due that are no follow-ups, as they stood in somebody's Monday mail, and what she did with each."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .users import User


class Settled(models.TextChoices):
    """What somebody did with a line."""

    DONE = "done", _("done")
    LATER = "later", _("put off")
    HANDED_OVER = "handed_over", _("handed over")
    NOT_NEEDED = "not_needed", _("not needed")


class DueLineQuerySet(models.QuerySet["DueLine"]):
    """Lines of one person."""

    def settled(self, user: User, on: datetime.date) -> DueLineQuerySet:
        """What she settled and what is therefore not due for her on a day; the newest first."""
        still = Q(until_on=None) | Q(until_on__gt=on)
        return self.filter(still, user=user).exclude(settled="").order_by("-settled_at", "-pk")


class DueLine(models.Model):
    """One row per person and line. What a line says is computed: one that says so anew, because it began to wait later
    or became more urgent, is another line. Personal data: who did what, and what ``words`` says about others."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=300)
    since = models.DateField()
    urgency = models.PositiveSmallIntegerField()
    words = models.TextField()
    note = models.TextField(blank=True)
    subject_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    subject_id = models.BigIntegerField(null=True, blank=True, editable=False)
    subject = GenericForeignKey("subject_type", "subject_id")
    settled = models.CharField(max_length=12, choices=Settled.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # With LATER: the first day on which it is due again.
    until_on = models.DateField(null=True, blank=True)
    # With HANDED_OVER: nobody is all of us.
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    because = models.CharField(_("why it is not needed"), max_length=300, blank=True)

    objects = DueLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of what is due")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "url", "since", "urgency"], name="due_line_once_per_user"
            ),
            models.CheckConstraint(
                condition=Q(settled="", settled_at=None) | (~Q(settled="") & Q(settled_at__isnull=False)),
                name="due_line_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.words
