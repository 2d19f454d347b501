"""What left: one frozen PDF per recipient and channel, and where it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from crm.models import Channel, FrozenFile, OutgoingMessage

from .letters import Letter
from .recipients import Recipient


class PostState(models.TextChoices):
    """Where a letter by post is; a person says that it was posted, a download is no dispatch. ``DROPPED``: it went to
    another address instead."""

    GENERATED = "generated", _("to print")
    PRINTED = "printed", _("in the stack to print")
    POSTED = "posted", _("posted")
    RETURNED = "returned", _("came back")
    DROPPED = "dropped", _("not posted")


P = PostState

TO_POST = {P.GENERATED, P.PRINTED}
# What left us, also when it came back: as with e-mail that bounced.
LEFT = {P.POSTED, P.RETURNED}

TRANSITIONS: dict[PostState, set[PostState]] = {
    P.GENERATED: {P.PRINTED, P.POSTED, P.DROPPED},
    P.PRINTED: {P.POSTED, P.DROPPED},
    P.POSTED: {P.RETURNED, P.PRINTED},
    P.RETURNED: set(),
    P.DROPPED: set(),
}


class Dispatch(models.Model):
    """One row per letter, channel and address where it went or goes. E-mail has the state of its outgoing message.

    Personal data: address as used, frozen letter; kept as proof as long as the letter.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="dispatches")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="dispatches")
    number = models.PositiveSmallIntegerField(help_text="The number on the envelope list.")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    address = models.TextField(help_text="As used: the e-mail address, or the lines on the envelope.")
    pdf = models.ForeignKey(FrozenFile, on_delete=models.PROTECT, related_name="+")
    outgoing = models.OneToOneField(
        OutgoingMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="dispatch"
    )
    post_state = models.CharField(max_length=10, choices=PostState.choices, blank=True, default="")
    posted_on = models.DateField(null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    returned_on = models.DateField(null=True, blank=True)
    resend_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="resends"
    )
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        default_permissions = ()
        ordering = ["number", "pk"]
        # Whose letter a sender got.
        indexes = [models.Index(Lower("address"), name="dispatch_by_address")]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "channel", "address"],
                condition=~models.Q(post_state="dropped"),
                name="one_letter_per_address",
            ),
            models.CheckConstraint(
                condition=models.Q(channel="email", outgoing__isnull=False, post_state="")
                | (models.Q(channel="post", outgoing__isnull=True) & ~models.Q(post_state="")),
                name="dispatch_by_email_or_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.recipient}"


class PrintBatch(models.Model):
    """One row per stack of letters made ready to print."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="print_batches")
    file = models.ForeignKey(FrozenFile, on_delete=models.PROTECT, related_name="+")
    dispatches = models.ManyToManyField(Dispatch, related_name="print_batches")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("print batch")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.letter} {self.made_at:%Y-%m-%d}"
